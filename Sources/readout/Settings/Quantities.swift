// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A number of bytes: `4096`, `8KiB`, `1MiB`.
struct ByteCount: ExpressibleByArgument, Sendable {
    let value: Int

    init(_ value: Int) { self.value = value }

    init?(argument: String) {
        let units = [("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024)]
        let unit = units.first { argument.hasSuffix($0.0) }
        let digits = unit == nil ? argument[...] : argument.dropLast(3)
        guard let number = naturalNumber(digits) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1)
        guard !overflow else { return nil }
        value = product
    }

    var defaultValueDescription: String {
        if value >= 1 << 30, value % (1 << 30) == 0 { return "\(value >> 30)GiB" }
        if value >= 1 << 20, value % (1 << 20) == 0 { return "\(value >> 20)MiB" }
        if value >= 1 << 10, value % (1 << 10) == 0 { return "\(value >> 10)KiB" }
        return "\(value)"
    }
}

/// A span of time: `10s`, `250ms`, `2m`. A number alone is seconds.
struct TimeSpan: ExpressibleByArgument, Sendable {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        let units: [(String, Int)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
        let unit = units.first { argument.hasSuffix($0.0) }
        guard let number = naturalNumber(argument.dropLast(unit?.0.count ?? 0)) else { return nil }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1000)
        guard !overflow, milliseconds > 0, milliseconds <= 86_400_000 else { return nil }
        duration = .milliseconds(milliseconds)
    }

    var defaultValueDescription: String {
        let (seconds, attoseconds) = duration.components
        return attoseconds == 0 ? "\(seconds)s" : "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
    }
}

/// Digits only: no sign, no space, no overflow.
private func naturalNumber(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
}
