// SPDX-License-Identifier: Apache-2.0

/// A path and where its segments stand, percent-decoded each by itself (RFC 3986, section 2.4).
struct SplitPath {
    /// The path as it came where nothing in it is encoded, as in most.
    let text: String
    /// Offsets of bytes. None for `/`.
    let segments: [Range<Int>]

    /// Nil for what does not begin with a slash.
    /// - Throws: a 400 for a segment that does not decode.
    init?(_ path: String) throws(Problem) {
        let bytes = path.utf8Span.span
        guard !bytes.isEmpty, bytes[0] == UInt8(ascii: "/") else { return nil }
        var segments: [Range<Int>] = []
        if bytes.count == 1 {
            (text, self.segments) = (path, [])
            return
        }
        segments.reserveCapacity(6)
        var start = 1
        var isPlain = true
        // By hand: `split` takes several times as long, and every request comes by here.
        for end in 1...bytes.count {
            if end == bytes.count || bytes[end] == UInt8(ascii: "/") {
                segments.append(start..<end)
                start = end + 1
            } else if bytes[end] == UInt8(ascii: "%") || bytes[end] == 0 {
                isPlain = false
            }
        }
        (text, self.segments) = isPlain ? (path, segments) : try Self.decoded(path, segments)
    }

    /// One of the segments.
    func segment(_ index: Int) -> String {
        text.utf8Span.span.string(in: ByteRange(segments[index].lowerBound, segments[index].upperBound))
    }

    private static func decoded(
        _ path: String, _ encoded: [Range<Int>]
    ) throws(Problem) -> (text: String, segments: [Range<Int>]) {
        var text = ""
        var segments: [Range<Int>] = []
        for range in encoded {
            let piece = path[path.utf8Range(range)]
            do throws(PercentCodingError) {
                let start = text.utf8.count
                text += try PercentCoding.decode(piece)
                segments.append(start..<text.utf8.count)
            } catch {
                throw Problem(.malformedRequest, "The path segment \"\(piece)\" \(error.detail).")
            }
        }
        return (text, segments)
    }
}

extension String {
    /// Where these bytes of it stand.
    fileprivate func utf8Range(_ offsets: Range<Int>) -> Range<Index> {
        let start = utf8.index(startIndex, offsetBy: offsets.lowerBound)
        return start..<utf8.index(start, offsetBy: offsets.count)
    }
}
