// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// What reading a text found, in numbers.
package struct Findings: Sendable, Equatable {
    /// Other articles with which it has passages in common.
    package var overlaps = 0

    package init() {}
}

/// Keeps the text of an article in the writer's transaction, and all that follows from it.
struct TextKeeper {
    /// With so many articles, those that share most, a text is held side by side.
    private static let neighbours = 64

    private let recorder: Recorder
    private var connection: Connection { recorder.connection }

    init(_ recorder: Recorder) {
        self.recorder = recorder
    }

    /// The article must be on record, with the text's edition.
    func keep(_ draft: ArticleDraft, of id: String) throws -> Findings {
        try ParagraphStore.store(draft.paragraphs, of: id, on: connection)
        var findings = Findings()
        findings.overlaps = try measureOverlaps(draft.paragraphs, of: id)
        return findings
    }

    // MARK: Overlap

    /// - Returns: with how many other articles it has passages in common.
    private func measureOverlaps(_ texts: [String], of id: String) throws -> Int {
        try forgetMeasured(of: id)
        let hashes = ArticleFingerprint(texts).hashes
        let store = FingerprintStore(connection)
        try store.replace(of: id, with: hashes)
        var count = 0
        for other in try store.candidates(for: hashes, except: id, limit: Self.neighbours) {
            let others = try ParagraphStore.texts(of: other, on: connection)
            // Always seen from the same side, so that it does not matter which text came first.
            let overlap = id < other ? Overlap(texts, others) : Overlap(others, texts).turned
            if overlap.passages.isEmpty { continue }
            try StoredOverlap(id, other, overlap).write(to: connection)
            count += 1
        }
        return count
    }

    /// What was measured on another edition; what seeds say of articles whose texts are not here stays.
    private func forgetMeasured(of id: String) throws {
        for table in ["passages", "overlaps"] {
            for (own, other) in [("a_id", "b_id"), ("b_id", "a_id")] {
                try connection.run(
                    """
                    DELETE FROM \(table) WHERE \(own) = ? AND \(other) IN (
                        SELECT p.article_id FROM paragraphs AS p WHERE p.article_id = \(table).\(other)
                        AND p.text IS NOT NULL)
                    """, .text(id))
            }
        }
    }
}
