// SPDX-License-Identifier: Apache-2.0

/// Removes the chunked transfer coding (RFC 9112, section 7.1), bytes by bytes as they come. Extensions are checked and
/// passed over, trailers checked and dropped; both are bounded. One decoder reads one body.
package struct ChunkedDecoder: Sendable {
    /// All extensions of one body together, semicolons included.
    package static let extensionLimit = 4096
    /// The whole trailer section, line ends included, without the last empty line.
    package static let trailerLimit = 8192
    /// So many hexadecimal digits a size may have, leading zeros included.
    private static let sizeDigits = 16

    private enum State {
        case sizeStart, size, extensions, sizeLineFeed
        case data, dataReturn, dataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, lastLineFeed
        case complete
    }

    private var state = State.sizeStart
    private var size: UInt64 = 0
    private var digits = 0
    /// What is left of the current chunk's data.
    private var remaining = 0
    private var extensions = ChunkExtensions()
    private var extensionBytes = 0
    private var trailerBytes = 0

    package init() {}

    /// Takes what it can.
    /// - Parameters:
    ///   - bytes: What follows the bytes consumed before.
    ///   - body: The content so far; data are appended.
    ///   - limit: The most bytes `body` may come to hold.
    /// - Returns: How many bytes were taken, and whether the body is whole. All bytes are taken unless it is; those
    ///   beyond belong to the next request.
    package mutating func decode(
        _ bytes: Span<UInt8>, into body: inout [UInt8], limit: Int
    ) throws(WireError) -> (consumed: Int, isComplete: Bool) {
        var index = 0
        while index < bytes.count, state != .complete {
            if state == .data {
                index += takeData(bytes, from: index, into: &body)
            } else {
                try step(bytes[index], held: body.count, limit: limit)
                index += 1
            }
        }
        return (index, state == .complete)
    }

    private mutating func takeData(_ bytes: Span<UInt8>, from index: Int, into body: inout [UInt8]) -> Int {
        let length = min(remaining, bytes.count - index)
        // Unsafe: lent for the copy only.
        unsafe bytes.extracting(index..<(index + length)).withUnsafeBufferPointer { data in
            unsafe body.append(contentsOf: data)
        }
        remaining -= length
        if remaining == 0 { state = .dataReturn }
        return length
    }

    private mutating func step(_ byte: UInt8, held: Int, limit: Int) throws(WireError) {
        switch state {
        case .sizeStart, .size, .extensions, .sizeLineFeed:
            try stepInSize(byte, held: held, limit: limit)
        case .dataReturn:
            guard byte == .carriageReturn else { throw .unterminatedChunk }
            state = .dataLineFeed
        case .dataLineFeed:
            guard byte == .lineFeed else { throw .unterminatedChunk }
            state = .sizeStart
        case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed, .lastLineFeed:
            try stepInTrailers(byte)
        case .data, .complete:
            // `decode` handles both before it comes here.
            break
        }
    }

    /// `chunk-size [ chunk-ext ] CRLF`. Whitespace before an extension, once tolerated, is refused.
    private mutating func stepInSize(_ byte: UInt8, held: Int, limit: Int) throws(WireError) {
        switch state {
        case .sizeStart:
            guard let digit = byte.hexadecimalValue else { throw .invalidChunkSize }
            size = UInt64(digit)
            digits = 1
            state = .size
        case .size:
            if let digit = byte.hexadecimalValue {
                // Sixteen digits fill the 64 bits and no more.
                guard digits < Self.sizeDigits else { throw .invalidChunkSize }
                size = size << 4 | UInt64(digit)
                digits += 1
            } else if byte == .carriageReturn {
                state = .sizeLineFeed
            } else if byte == UInt8(ascii: ";") {
                try countExtensionByte()
                extensions = ChunkExtensions()
                state = .extensions
            } else {
                throw byte == .lineFeed ? .bareLineFeed : .invalidChunkSize
            }
        case .extensions:
            if byte == .carriageReturn, extensions.mayEnd {
                state = .sizeLineFeed
            } else {
                guard extensions.take(byte) else { throw byte == .lineFeed ? .bareLineFeed : .invalidChunkExtension }
                try countExtensionByte()
            }
        default:
            guard byte == .lineFeed else { throw .bareCarriageReturn }
            try beginData(held: held, limit: limit)
        }
    }

    private mutating func countExtensionByte() throws(WireError) {
        extensionBytes += 1
        guard extensionBytes <= Self.extensionLimit else {
            throw .chunkExtensionsTooLong(limit: Self.extensionLimit)
        }
    }

    private mutating func beginData(held: Int, limit: Int) throws(WireError) {
        guard size > 0 else {
            state = .trailerStart
            return
        }
        guard size <= UInt64(max(0, limit - held)), let length = Int(exactly: size) else {
            throw .contentTooLarge(limit: limit)
        }
        remaining = length
        state = .data
    }

    /// `*( field-line CRLF ) CRLF` (RFC 9112, section 7.1.2).
    private mutating func stepInTrailers(_ byte: UInt8) throws(WireError) {
        if state == .lastLineFeed {
            guard byte == .lineFeed else { throw .bareCarriageReturn }
            state = .complete
            return
        }
        if state == .trailerStart, byte == .carriageReturn {
            state = .lastLineFeed
            return
        }
        trailerBytes += 1
        guard trailerBytes <= Self.trailerLimit else { throw .trailersTooLarge(limit: Self.trailerLimit) }
        switch state {
        case .trailerStart, .trailerName:
            if ByteSet.token.contains(byte) {
                state = .trailerName
            } else if state == .trailerName, byte == UInt8(ascii: ":") {
                state = .trailerValue
            } else {
                throw byte == .lineFeed ? .bareLineFeed : .invalidTrailer
            }
        case .trailerValue:
            if byte == .carriageReturn {
                state = .trailerLineFeed
            } else if !byte.isFieldText {
                throw byte == .lineFeed ? .bareLineFeed : .invalidTrailer
            }
        default:
            guard byte == .lineFeed else { throw .bareCarriageReturn }
            state = .trailerStart
        }
    }
}

extension UInt8 {
    /// What a field value may hold (RFC 9110, section 5.5): visible characters, spaces, tabs, bytes above ASCII.
    var isFieldText: Bool { (self >= .space && self != 0x7F) || self == .tab }
}
