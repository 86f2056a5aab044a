// SPDX-License-Identifier: Apache-2.0

/// One pass over the bytes of a request head, left to right. It stops at the first fault, so that more bytes never turn
/// one fault into another.
struct HeadReader {
    let limits: Limits

    /// - Returns: false when the bytes end before the head does.
    func read(_ bytes: Span<UInt8>, into head: inout RequestHead) throws(WireError) -> Bool {
        head.clear()
        guard let start = try skipEmptyLine(bytes),
            let fields = try readRequestLine(bytes, from: start, into: &head)
        else { return false }
        return try readFields(bytes, from: fields, into: &head)
    }

    /// RFC 9112, section 2.2: one empty line before the request line is let pass.
    private func skipEmptyLine(_ bytes: Span<UInt8>) throws(WireError) -> Int? {
        guard let first = bytes[at: 0] else { return nil }
        guard first == .carriageReturn else { return 0 }
        guard let second = bytes[at: 1] else { return nil }
        guard second == .lineFeed else { throw .bareCarriageReturn }
        guard let third = bytes[at: 2] else { return nil }
        guard third != .carriageReturn else { throw .repeatedEmptyLine }
        return 2
    }

    // MARK: The request line (RFC 9112, section 3)

    private func readRequestLine(
        _ bytes: Span<UInt8>, from start: Int, into head: inout RequestHead
    ) throws(WireError) -> Int? {
        let stop = min(bytes.count, start + limits.requestLine)
        var index = start
        while index < stop, ByteSet.token.contains(bytes[index]) { index += 1 }
        guard index < stop else { return try lineIsOver(bytes, at: index) }
        guard index > start, bytes[index] == .space else {
            throw faultInMethod(bytes[index], isFirst: index == start)
        }
        head.methodRange = ByteRange(start, index)

        index += 1
        let target = index
        while index < stop, ByteSet.target.contains(bytes[index]) { index += 1 }
        guard index < stop else { return try lineIsOver(bytes, at: index) }
        guard index > target, bytes[index] == .space else {
            throw faultInTarget(bytes[index], isFirst: index == target)
        }
        head.target = ByteRange(target, index)

        guard let lineEnd = try readVersion(bytes, from: index + 1, stop: stop, into: &head) else { return nil }
        head.method = bytes.method(in: head.methodRange.range)
        try RequestTarget.resolve(bytes, into: &head)
        return lineEnd
    }

    private func lineIsOver(_ bytes: Span<UInt8>, at index: Int) throws(WireError) -> Int? {
        guard index < bytes.count else { return nil }
        throw .requestLineTooLong(limit: limits.requestLine)
    }

    /// - Returns: where the line after the request line begins.
    private func readVersion(
        _ bytes: Span<UInt8>, from start: Int, stop: Int, into head: inout RequestHead
    ) throws(WireError) -> Int? {
        let shape: StaticString = "HTTP/0.0"
        for offset in 0..<shape.utf8CodeUnitCount {
            let index = start + offset
            guard index < stop else { return try lineIsOver(bytes, at: index) }
            let byte = bytes[index]
            // Unsafe: within `shape`, by the loop's range.
            let wanted = unsafe shape.utf8Start[offset]
            guard byte == wanted || (wanted == UInt8(ascii: "0") && byte.isDigit) else {
                throw faultInVersion(byte, isFirst: offset == 0)
            }
        }
        guard bytes[start + 5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        head.minorVersion = bytes[start + 7] - UInt8(ascii: "0")

        let end = start + shape.utf8CodeUnitCount
        guard let first = bytes[at: end] else { return nil }
        guard first == .carriageReturn else { throw faultInVersion(first, isFirst: false) }
        guard let second = bytes[at: end + 1] else { return nil }
        guard second == .lineFeed else { throw .bareCarriageReturn }
        return end + 2
    }

    private func faultInMethod(_ byte: UInt8, isFirst: Bool) -> WireError {
        switch byte {
        // The content type "handshake" of a TLS record (RFC 8446, section 5.1).
        case 0x16 where isFirst: .tlsHandshake
        case .lineFeed: .bareLineFeed
        case .carriageReturn: .missingTarget
        case .space, .tab: .requestLineWhitespace
        default: .invalidMethod
        }
    }

    private func faultInTarget(_ byte: UInt8, isFirst: Bool) -> WireError {
        switch byte {
        case .lineFeed: .bareLineFeed
        case .carriageReturn: isFirst ? .missingTarget : .missingVersion
        case .space, .tab: .requestLineWhitespace
        default: .invalidTarget
        }
    }

    private func faultInVersion(_ byte: UInt8, isFirst: Bool) -> WireError {
        switch byte {
        case .lineFeed: .bareLineFeed
        case .carriageReturn where isFirst: .missingVersion
        case .space, .tab: .requestLineWhitespace
        default: .invalidVersion
        }
    }

    // MARK: The fields (RFC 9112, section 5)

    private func readFields(
        _ bytes: Span<UInt8>, from start: Int, into head: inout RequestHead
    ) throws(WireError) -> Bool {
        var meaning = FieldMeaning(limits: limits)
        let stop = min(bytes.count, start + limits.headerSection)
        var index = start
        while true {
            guard let first = bytes[at: index] else { return false }
            if first == .carriageReturn {
                guard let second = bytes[at: index + 1] else { return false }
                guard second == .lineFeed else { throw .bareCarriageReturn }
                try meaning.conclude(&head)
                head.byteCount = index + 2
                return true
            }
            guard head.fields.count < limits.fieldCount else { throw .tooManyFields(limit: limits.fieldCount) }
            guard let next = try readField(bytes, from: index, stop: stop, meaning: &meaning, into: &head) else {
                guard stop < bytes.count else { return false }
                throw .headerSectionTooLarge(limit: limits.headerSection)
            }
            index = next
        }
    }

    /// - Returns: where the next line begins, or nil when `stop` came first.
    private func readField(
        _ bytes: Span<UInt8>, from start: Int, stop: Int, meaning: inout FieldMeaning, into head: inout RequestHead
    ) throws(WireError) -> Int? {
        var index = start
        while index < stop, ByteSet.token.contains(bytes[index]) { index += 1 }
        guard index < stop else { return nil }
        guard index > start, bytes[index] == UInt8(ascii: ":") else {
            throw faultInName(bytes[index], isFirst: index == start)
        }
        let colon = index

        index = bytes.endOfText(from: colon + 1, to: stop)
        guard index < stop else { return nil }
        guard bytes[index] == .carriageReturn else {
            throw bytes[index] == .lineFeed ? .bareLineFeed : .invalidFieldValue
        }
        guard index + 1 < stop else { return nil }
        guard bytes[index + 1] == .lineFeed else { throw .bareCarriageReturn }

        let field = RequestHead.FieldSpan(name: ByteRange(start, colon), value: bytes.trimmed(colon + 1, index))
        head.fields.append(field)
        try meaning.take(field, of: bytes, into: &head)
        return index + 2
    }

    private func faultInName(_ byte: UInt8, isFirst: Bool) -> WireError {
        switch byte {
        case .lineFeed: .bareLineFeed
        case .space, .tab: isFirst ? .obsoleteFolding : .whitespaceBeforeColon
        case UInt8(ascii: ":"): .emptyFieldName
        default: .invalidFieldName
        }
    }
}
