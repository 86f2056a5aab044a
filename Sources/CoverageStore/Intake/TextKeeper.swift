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

    /// - Returns: with how many other articles it has passages in common.
    private func measureOverlaps(_ texts: [String], of id: String) throws -> Int {
        var count = 0
        for other in try ParagraphStore.articlesWithText(connection) where other != id {
            let others = try ParagraphStore.texts(of: other, on: connection)
            // Always seen from the same side, so that it does not matter which text came first.
            let overlap = id < other ? Overlap(texts, others) : Overlap(others, texts).turned
            try StoredOverlap(id, other, overlap).write(to: connection)
            if !overlap.passages.isEmpty { count += 1 }
        }
        return count
    }
}
