// SPDX-License-Identifier: Apache-2.0

/// How a client takes content, of the two ways there are here: as it is, or by gzip (RFC 9110, section 12.5.3).
package enum AcceptedCoding: UInt8, Sendable {
    /// Only as it is, or rather so.
    case identity
    /// By gzip, or as it is where that is not worth it.
    case gzip
    /// By gzip alone.
    case onlyGzip
    /// In neither way.
    case nothing

    /// Reads the request's `Accept-Encoding`. Without one anything would do, and as it is does best.
    /// - Parameter bytes: what the head was parsed from.
    package init(_ head: borrowing RequestHead, of bytes: Span<UInt8>) {
        guard let value = head.acceptEncoding else {
            self = .identity
            return
        }
        var weights = Weights()
        if head.hasRepeatedFields {
            for field in head.fields {
                guard bytes.equals("accept-encoding", ignoringCaseIn: field.name.range) else { continue }
                weights.take(field.value, of: bytes)
            }
        } else {
            weights.take(value, of: bytes)
        }
        self = weights.coding
    }

    /// In thousandths; nil for what is not named.
    private struct Weights {
        private var gzip: Int?
        private var identity: Int?
        private var others: Int?

        mutating func take(_ list: ByteRange, of bytes: Span<UInt8>) {
            bytes.forEachListElement(in: list) { element in
                var end = element.lowerBound
                while end < element.upperBound, bytes[end] != UInt8(ascii: ";") { end += 1 }
                guard let weight = Self.weight(of: bytes, in: end..<element.upperBound) else { return }
                let name = bytes.trimmed(element.lowerBound, end).range
                if bytes.equals("gzip", ignoringCaseIn: name) || bytes.equals("x-gzip", ignoringCaseIn: name) {
                    gzip = weight
                } else if bytes.equals("identity", ignoringCaseIn: name) {
                    identity = weight
                } else if bytes.equals("*", in: name) {
                    others = weight
                }
            }
        }

        var coding: AcceptedCoding {
            let gzip = gzip ?? others ?? 0
            // Acceptable unless it is excluded, by name or with all others; but what is named is wanted more.
            let excludesIdentity = (identity ?? others ?? 1) == 0
            if gzip > 0 { return excludesIdentity ? .onlyGzip : gzip >= identity ?? 0 ? .gzip : .identity }
            return excludesIdentity ? .nothing : .identity
        }

        /// `[ OWS ";" OWS "q=" qvalue ]` (RFC 9110, section 12.4.2); nil when it is something else.
        private static func weight(of bytes: Span<UInt8>, in range: Range<Int>) -> Int? {
            if range.isEmpty { return 1000 }
            let text = bytes.trimmed(range.lowerBound + 1, range.upperBound).range
            guard text.count > 2, bytes[text.lowerBound].lowercased == UInt8(ascii: "q"),
                bytes[text.lowerBound + 1] == UInt8(ascii: "=")
            else { return nil }
            return bytes.weight(in: (text.lowerBound + 2)..<text.upperBound)
        }
    }
}
