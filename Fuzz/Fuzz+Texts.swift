// SPDX-License-Identifier: Apache-2.0

import Coverage
import HTTP
import JSON

/// Texts that are read whole.
extension Fuzz {
    @Sendable static func query(_ bytes: [UInt8]) {
        guard let items = try? Query.parse(String(decoding: bytes, as: UTF8.self)) else { return }
        let again = try? Query.parse(Query.format(items))
        precondition(again.map { $0.elementsEqual(items, by: ==) } ?? false, "what it writes it reads otherwise")
    }

    @Sendable static func edtf(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let days: [String?]? = EDTF.days(in: bytes.span).map { days in
            [days.first, days.last].map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        guard let date = try? EDTF(text) else { return precondition(days == nil, "days that are no date") }
        precondition(days == nil || days == [date.earliest?.description, date.latest?.description])
        precondition(days == nil || date.precision == .day)
        precondition(date.description == text)
        precondition(date.lowerBound <= date.upperBound, "it ends before it begins")
        precondition(!date.isPlain || (date.isCertain && date.precision == date.startPrecision))
    }

    @Sendable static func json(_ bytes: [UInt8]) {
        guard let value = try? JSONReader.read(bytes) else { return }
        var writer = JSONWriter()
        writer.write(value)
        let written = writer.finish()
        precondition((try? JSONReader.read(written)) == value, "what it writes it reads otherwise")
    }
}
