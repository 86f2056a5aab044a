// SPDX-License-Identifier: Apache-2.0

/// What the readers of this room ask of bytes. Every access is bounds-checked.
extension Span<UInt8> {
    /// The byte there, or nil past the end.
    @inline(__always)
    subscript(at index: Int) -> UInt8? {
        index < count ? self[index] : nil
    }

    /// The first byte from `start` that is neither visible, space, tab nor above ASCII: where a field value ends or
    /// goes wrong (RFC 9110, section 5.5). `end` when there is none.
    func endOfText(from start: Int, to end: Int) -> Int {
        var index = start
        while true {
            while index + 8 <= end {
                // Unsafe: bounds-checked; any eight bytes are a valid UInt64.
                let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                let found = Self.controls(in: UInt64(littleEndian: word))
                if found != 0 {
                    index += found.trailingZeroBitCount >> 3
                    break
                }
                index += 8
            }
            while index < end, self[index] >= .space, self[index] != 0x7F { index += 1 }
            guard index < end, self[index] == .tab else { return index }
            index += 1
        }
    }

    /// Sets the top bit of each byte below 0x20 or equal to 0x7F. A borrow can set bits wrongly, but only above the
    /// lowest right one, and only that one is used.
    @inline(__always)
    private static func controls(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let below = (word &- ones &* 0x20) & ~word & tops
        let deletes = word ^ (ones &* 0x7F)
        return below | ((deletes &- ones) & ~deletes & tops)
    }

    /// `start..<end` without the spaces and tabs at both ends.
    func trimmed(_ start: Int, _ end: Int) -> ByteRange {
        var first = start
        var last = end
        while first < last, self[first].isBlank { first += 1 }
        while last > first, self[last - 1].isBlank { last -= 1 }
        return ByteRange(first, last)
    }

    /// Compares with ASCII text in lower case. Right for text of letters, digits and hyphens when the bytes are tokens.
    func equals(_ text: StaticString, ignoringCaseIn range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count {
            // Unsafe: within `text`, by the comparison above.
            let wanted = unsafe text.utf8Start[offset]
            guard self[range.lowerBound + offset].lowercased == wanted else { return false }
        }
        return true
    }

    /// Whether ASCII text, given in lower case, stands at the beginning, in whatever case.
    package func begins(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && equals(text, ignoringCaseIn: 0..<text.utf8CodeUnitCount)
    }

    /// The same at the end.
    package func ends(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && equals(text, ignoringCaseIn: (count - text.utf8CodeUnitCount)..<count)
    }

    /// Compares byte by byte.
    package func equals(_ text: StaticString, in range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count {
            // Unsafe: within `text`, by the comparison above.
            let wanted = unsafe text.utf8Start[offset]
            guard self[range.lowerBound + offset] == wanted else { return false }
        }
        return true
    }

    /// Whether both are the same bytes.
    package func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index + 8 <= count {
            // Unsafe: bounds-checked; any eight bytes are a valid UInt64.
            let one = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let two = unsafe other.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if one != two { return false }
            index += 8
        }
        while index < count, self[index] == other[index] { index += 1 }
        return index == count
    }

    /// The decimal number the range holds: digits only, at least one, no larger than `Int.max`.
    func decimal(in range: Range<Int>) -> DecimalOutcome {
        guard !range.isEmpty else { return .malformed }
        var value = 0
        var overflows = false
        for index in range {
            guard self[index].isDigit else { return .malformed }
            let (tens, tooMany) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooLarge) = tens.addingReportingOverflow(Int(self[index] & 0x0F))
            overflows = overflows || tooMany || tooLarge
            value = overflows ? 0 : sum
        }
        return overflows ? .tooLarge : .value(value)
    }

    /// `qvalue` (RFC 9110, section 12.4.2) in thousandths: 0 to 1, with up to three decimals. Nil when it is something else.
    func weight(in range: Range<Int>) -> Int? {
        guard 1...5 ~= range.count else { return nil }
        var (weight, place) = (0, 1000)
        for index in range {
            if index == range.lowerBound + 1 {
                guard self[index] == UInt8(ascii: ".") else { return nil }
            } else {
                guard self[index].isDigit else { return nil }
                weight += place * Int(self[index] & 0x0F)
                place /= 10
            }
        }
        return weight <= 1000 ? weight : nil
    }

    /// Visits the elements of a comma-separated list (RFC 9110, section 5.6.1), trimmed; empty ones are passed over.
    /// For lists whose elements hold no quoted strings.
    func forEachListElement(in list: ByteRange, _ body: (Range<Int>) -> Void) {
        var start = list.range.lowerBound
        let end = list.range.upperBound
        while start < end {
            var stop = start
            while stop < end, self[stop] != UInt8(ascii: ",") { stop += 1 }
            let element = trimmed(start, stop).range
            if !element.isEmpty { body(element) }
            start = stop + 1
        }
    }

    /// Whether the list, such as the value of `Vary`, has this name, given in lower case.
    package func listContains(_ name: StaticString) -> Bool {
        var isThere = false
        forEachListElement(in: ByteRange(0, count)) { if equals(name, ignoringCaseIn: $0) { isThere = true } }
        return isThere
    }

    package func array(in range: ByteRange) -> [UInt8] {
        // Unsafe: lent for the copy only.
        unsafe extracting(range.range).withUnsafeBufferPointer { unsafe Array($0) }
    }

    func isASCII(in range: ByteRange) -> Bool {
        for index in range.range where self[index] >= 0x80 { return false }
        return true
    }

    /// What is not UTF-8 is repaired.
    func string(in range: ByteRange) -> String {
        // Unsafe: lent for the copy only.
        unsafe extracting(range.range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    func method(in range: Range<Int>) -> RequestHead.Method {
        switch range.count {
        case 3: equals("GET", in: range) ? .get : equals("PUT", in: range) ? .put : .other
        case 4: equals("HEAD", in: range) ? .head : equals("POST", in: range) ? .post : .other
        case 5: equals("PATCH", in: range) ? .patch : .other
        case 6: equals("DELETE", in: range) ? .delete : .other
        case 7: equals("OPTIONS", in: range) ? .options : .other
        default: .other
        }
    }
}

enum DecimalOutcome {
    case value(Int)
    case tooLarge
    case malformed
}

extension UInt8 {
    var isBlank: Bool { self == .space || self == .tab }
    /// ASCII letters in lower case, all else as it is.
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
