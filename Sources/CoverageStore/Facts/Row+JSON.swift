// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON
package import SQLite

/// What the columns of a row hold, written as JSON without a value made of it.
extension Row {
    package borrowing func isAbsent(_ column: Int32) -> Bool { isNull(column) }

    package borrowing func writeInteger(_ column: Int32, to json: inout JSONWriter) { json.integer(int(column)) }

    package borrowing func writeNumber(_ column: Int32, to json: inout JSONWriter) { json.number(double(column)) }

    package borrowing func writeText(_ column: Int32, to json: inout JSONWriter) {
        lendUTF8(column) { json.string(decoding: $0) }
    }

    /// The text behind another one, as one string.
    package borrowing func writeText(_ column: Int32, after beginning: String, to json: inout JSONWriter) {
        lendUTF8(column) { json.string(beginning, decoding: $0) }
    }

    /// A value of a closed set.
    /// - Throws: `UnreadableRecord` for any other text.
    package borrowing func writeClosed(_ column: Int32, _ set: Vocabulary, to json: inout JSONWriter) throws {
        try lendUTF8(column) { text in
            guard set.has(text) else { throw UnreadableRecord(self.text(column), noneOf: set.name) }
            json.string(decoding: text)
        }
    }

    /// The column's words, which stand in it with spaces between them, as an array.
    package borrowing func writeWords(_ column: Int32, to json: inout JSONWriter) {
        lendUTF8(column) { text in
            json.beginArray()
            var start = 0
            for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: " ") {
                if end > start { json.string(decoding: text.extracting(start..<end)) }
                start = end + 1
            }
            json.endArray()
        }
    }

    /// The members of a reference, whose name stands behind its id.
    /// - Parameters:
    ///   - type: the member that tells its type.
    ///   - collection: what a link to it begins with.
    package borrowing func writeReference(
        _ column: Int32, type: StaticString, collection: String, to json: inout JSONWriter
    ) {
        lendUTF8(column, column + 1) { id, name in
            json.member("id")
            json.string(decoding: id)
            json.members(type)
            json.member("name")
            json.string(decoding: name)
            json.member("href")
            json.string(collection, decoding: id)
        }
    }

    /// A date in three columns: EDTF, basis, note. Most are plain days, whose bounds are themselves.
    /// - Returns: false, having written nothing, for any other.
    package borrowing func writeDay(_ column: Int32, basis: Vocabulary, to json: inout JSONWriter) throws -> Bool {
        var isDay = false
        lendUTF8(column) { day in
            isDay = EDTF.isDay(day)
            guard isDay else { return }
            json.beginObject()
            json.member("edtf")
            json.string(decoding: day)
            json.member("earliest")
            json.string(decoding: day)
            json.member("latest")
            json.string(decoding: day)
        }
        guard isDay else { return false }
        json.members(#""precision":"day""#)
        json.member("basis")
        try writeClosed(column + 1, basis, to: &json)
        json.member("note")
        if isNull(column + 2) { json.null() } else { writeText(column + 2, to: &json) }
        json.endObject()
        return true
    }
}
