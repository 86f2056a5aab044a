// SPDX-License-Identifier: Apache-2.0

/// What is kept of an article to find others that share wording with it, without holding the texts against each
/// other: winnowed shingles (Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting",
/// SIGMOD 2003).
///
/// A shingle is a run of `shingle` folded words. Of every `window` neighbouring shingles the one of least hash is kept,
/// the last of equals, so that two texts keep the same one of a stretch they share. The paper's guarantee: whatever
/// run of `window + shingle - 1` words two articles share, they share a fingerprint of it. That sum is the shortest
/// passage (`Overlap.shortest`), so no passage escapes; some two fifths of the shingles are kept.
package struct ArticleFingerprint: Sendable, Hashable {
    package static let shingle = 5
    package static let window = Overlap.shortest - shingle + 1

    /// Ascending, each once.
    package let hashes: [UInt32]

    /// As it was kept.
    package init(hashes: [UInt32]) {
        self.hashes = Set(hashes).sorted()
    }

    /// - Parameters:
    ///   - paragraphs: all of the article's, raw.
    ///   - ignored: numbers of paragraphs that are no text of its own (captions, links, repeated titles).
    package init(_ paragraphs: [some StringProtocol], ignoring ignored: Set<Int> = []) {
        self.init(FoldedWords(paragraphs), ignoring: ignored)
    }

    init(_ words: FoldedWords, ignoring ignored: Set<Int> = []) {
        var kept = Set<UInt32>()
        var paragraph: [UInt64] = []
        var number = 0
        for word in words.words {
            if word.span.paragraph != number {
                Self.winnow(paragraph, into: &kept)
                paragraph.removeAll(keepingCapacity: true)
                number = word.span.paragraph
            }
            if ignored.contains(number) { continue }
            var hash = StableHash()
            hash.combine(folding: word.text)
            paragraph.append(hash.value)
        }
        Self.winnow(paragraph, into: &kept)
        hashes = kept.sorted()
    }

    /// - Parameter words: the hashes of one paragraph's words.
    private static func winnow(_ words: [UInt64], into kept: inout Set<UInt32>) {
        guard words.count >= Overlap.shortest else { return }
        let shingles = (0...words.count - shingle).map { start in
            var hash = StableHash()
            for word in words[start..<start + shingle] { hash.combine(word) }
            return hash.folded
        }
        var least = -1
        for start in 0...shingles.count - window {
            if least >= start {
                // The window moved on by one and still holds the least: only the newcomer can take its place.
                let newcomer = start + window - 1
                if shingles[newcomer] <= shingles[least] { least = newcomer }
            } else {
                least = start
                for place in start + 1..<start + window where shingles[place] <= shingles[least] { least = place }
            }
            kept.insert(shingles[least])
        }
    }
}
