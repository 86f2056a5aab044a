// SPDX-License-Identifier: Apache-2.0

/// Entity tags (RFC 9110, section 8.8.3) in the bytes of field values.
package enum EntityTag {
    /// `If-None-Match`: whether the list names the tag, by weak comparison, or is `*` (RFC 9110, section 13.1.2).
    /// - Parameters:
    ///   - list: A field value as received. What is not a list of entity tags names nothing from the fault on.
    ///   - tag: The tag of the answer, quotes and a possible `W/` included; empty when it has none.
    package static func matches(ifNoneMatch list: Span<UInt8>, _ tag: Span<UInt8>) -> Bool {
        names(list) { candidate in candidate.opaque(of: list, equalsThatOf: tag) }
    }

    /// `If-Match`: whether the list names the tag, by strong comparison, or is `*` (RFC 9110, section 13.1.1).
    package static func matches(ifMatch list: Span<UInt8>, _ tag: Span<UInt8>) -> Bool {
        names(list) { candidate in
            !candidate.isWeak && tag[at: 0] == UInt8(ascii: "\"") && candidate.opaque(of: list, equalsThatOf: tag)
        }
    }

    private static func names(_ list: Span<UInt8>, where isWanted: (Candidate) -> Bool) -> Bool {
        let value = list.trimmed(0, list.count).range
        if value.count == 1, list[value.lowerBound] == UInt8(ascii: "*") { return true }
        var isFound = false
        _ = forEachCandidate(in: list) { candidate in
            isFound = isWanted(candidate)
            return !isFound
        }
        return isFound
    }

    /// The tags of a list: whether each is weak, and what stands between its quotes. Nil for what is no such list.
    package static func all(in list: Span<UInt8>) -> [(isWeak: Bool, content: [UInt8])]? {
        var all: [(isWeak: Bool, content: [UInt8])] = []
        let isList = forEachCandidate(in: list) { candidate in
            all.append(
                (
                    candidate.isWeak,
                    list.array(in: ByteRange(candidate.content.lowerBound, candidate.content.upperBound))
                ))
            return true
        }
        return isList ? all : nil
    }

    /// Goes through a list (RFC 9110, section 5.6.1) for as long as the body wants.
    /// - Returns: false where something is no tag: what stands behind that is not looked at.
    private static func forEachCandidate(in list: Span<UInt8>, _ body: (Candidate) -> Bool) -> Bool {
        var index = 0
        while index < list.count {
            // Empty elements are passed over.
            if list[index].isBlank || list[index] == UInt8(ascii: ",") {
                index += 1
                continue
            }
            guard let candidate = Candidate(in: list, from: index) else { return false }
            if !body(candidate) { return true }
            index = candidate.end
            while index < list.count, list[index].isBlank { index += 1 }
            guard index == list.count || list[index] == UInt8(ascii: ",") else { return false }
        }
        return true
    }
}

/// One entity tag within a list.
private struct Candidate {
    let isWeak: Bool
    /// Between the quotes.
    let content: Range<Int>
    /// Past the closing quote.
    var end: Int { content.upperBound + 1 }

    init?(in list: Span<UInt8>, from start: Int) {
        var index = start
        isWeak = list[at: index] == UInt8(ascii: "W") && list[at: index + 1] == UInt8(ascii: "/")
        if isWeak { index += 2 }
        guard list[at: index] == UInt8(ascii: "\"") else { return nil }
        index += 1
        let first = index
        // etagc: visible characters but the quote, and bytes above ASCII.
        while index < list.count, list[index] > .space, list[index] != UInt8(ascii: "\""), list[index] != 0x7F {
            index += 1
        }
        guard list[at: index] == UInt8(ascii: "\"") else { return nil }
        content = first..<index
    }

    func opaque(of list: Span<UInt8>, equalsThatOf tag: Span<UInt8>) -> Bool {
        guard let other = Candidate(in: tag, from: 0), other.end == tag.count, other.content.count == content.count
        else {
            return false
        }
        for offset in 0..<content.count
        where list[content.lowerBound + offset] != tag[other.content.lowerBound + offset] { return false }
        return true
    }
}
