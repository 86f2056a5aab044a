// SPDX-License-Identifier: Apache-2.0

/// An IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), formatted once and written often:
/// make a new one when the second has changed.
package struct HTTPDate: Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z, within the four-digit years 0000 to 9999.
    package let unixTime: Int64
    package let bytes: InlineArray<29, UInt8>

    /// - Parameter unixTime: Seconds since 1970-01-01T00:00:00Z; what is outside the years 0000 to 9999 becomes their
    ///   first or last second.
    package init(unixTime: Int64) {
        let seconds = min(max(unixTime, -62_167_219_200), 253_402_300_799)
        self.unixTime = seconds
        // Days count from 0000-03-01, so that the leap day ends a year and a cycle of 400 years repeats exactly.
        let (daysSince1970, secondOfDay) = seconds.flooredQuotientAndRemainder(86_400)
        let (cycle, dayOfCycle) = (daysSince1970 + 719_468).flooredQuotientAndRemainder(146_097)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        // 1970-01-01 was a Thursday.
        let weekday = (daysSince1970 + 4).flooredQuotientAndRemainder(7).remainder

        var text = FixedText()
        text.put("SunMonTueWedThuFriSat", 3, at: weekday)
        text.put(", ", 2)
        text.put(day, digits: 2)
        text.put(" ", 1)
        text.put("JanFebMarAprMayJunJulAugSepOctNovDec", 3, at: month - 1)
        text.put(" ", 1)
        text.put(year, digits: 4)
        text.put(" ", 1)
        text.put(secondOfDay / 3600, digits: 2)
        text.put(":", 1)
        text.put(secondOfDay / 60 % 60, digits: 2)
        text.put(":", 1)
        text.put(secondOfDay % 60, digits: 2)
        text.put(" GMT", 4)
        bytes = text.bytes
    }

    package var description: String {
        var text = ""
        for index in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        return text
    }
}

/// The 29 characters while they are being filled in, left to right.
private struct FixedText {
    var bytes = InlineArray<29, UInt8>(repeating: UInt8(ascii: " "))
    var count = 0

    /// The `index`-th piece of `length` characters.
    mutating func put(_ pieces: StaticString, _ length: Int, at index: Int64 = 0) {
        for offset in 0..<length {
            // Unsafe: literal, and as long as its callers say.
            bytes[count] = unsafe pieces.utf8Start[Int(index) * length + offset]
            count += 1
        }
    }

    mutating func put(_ number: Int64, digits: Int) {
        var rest = number
        for offset in (0..<digits).reversed() {
            bytes[count + offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += digits
    }
}

extension Int64 {
    /// Division that rounds down, with a remainder of the divisor's sign.
    fileprivate func flooredQuotientAndRemainder(_ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
