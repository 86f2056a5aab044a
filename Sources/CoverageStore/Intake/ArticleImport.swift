// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
package import JSON
internal import SQLite

/// What became of one imported text.
package struct ImportReport: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// A known article's text, stored now.
        case stored
        /// The text was there already.
        case unchanged
        /// An article nobody knew.
        case created
        /// A known article's new edition, stored because replacing was asked for.
        case replaced
        /// A known article's file with other bytes: nothing was stored.
        case differs
        /// The text of an article that was deleted: nothing was stored.
        case deleted

        /// Nothing was stored, although there was something to store.
        package var isRefusal: Bool { self == .differs || self == .deleted }
    }

    package let source: String
    package let article: String
    package let outcome: Outcome
    /// What was found in the text; nil when it was not read, since it had been before.
    package let findings: Findings?
    /// The citations of this article by what they are now.
    package let verified: Int
    package let stale: Int
    package let textAbsent: Int

    /// The same under the name that the file had this time.
    fileprivate func naming(_ source: String?) -> ImportReport {
        ImportReport(
            source: source ?? self.source, article: article, outcome: outcome, findings: findings, verified: verified,
            stale: stale, textAbsent: textAbsent)
    }
}

/// Brings articles into the database, where their texts stay.
package struct ArticleImport {
    private let recorder: Recorder
    private let reader: Reader

    package init(with recorder: Recorder) {
        self.recorder = recorder
        reader = Reader(recorder.connection)
    }

    /// Takes an article in, and checks every citation of it again.
    /// - Parameters:
    ///   - content: the article as it is written, with its `text`. A text that is there already, byte for byte, makes no
    ///     second article, and what else is said of it changes nothing; that of an article that was deleted makes none.
    ///   - replace: whether a known `source` with other bytes becomes a new edition, and a text that is there is read again.
    /// - Throws: `EditRefusal`.
    package func take(_ content: JSONValue, replace: Bool) throws -> ImportReport {
        guard case .object(var object) = content, case .string(let text)? = object["text"] else {
            return try create(content)
        }
        let source: String? = if case .string(let source)? = object["source"] { source } else { nil }
        // What was read ahead has been found to be a text.
        if recorder.ahead == nil { try refuse(text) }
        let draft = recorder.ahead?.draft ?? ArticleDraft(text)
        if let id = try reader.articleID("sha256", draft.sha256) {
            return try keep(draft, of: id, isReadAgain: replace).naming(source)
        }
        if let id = try reader.deletedArticle(of: draft) {
            return ImportReport(
                source: source ?? draft.source, article: id, outcome: .deleted, findings: nil, verified: 0, stale: 0,
                textAbsent: 0)
        }
        if let source, let id = try reader.articleID("source", source) {
            return replace ? try self.replace(id, by: draft, object) : try report(id, .differs)
        }
        object["source"] = .string(try source ?? freeSource(for: draft))
        if let ahead = recorder.ahead, object["credit"] == nil {
            object["credit"] = ahead.credit.map(JSONValue.string) ?? .null
        }
        return try create(.object(object))
    }

    /// Reads the text of an article again, with the names that are known now.
    /// - Returns: nil where its text is not here.
    func readAgain(_ id: String) throws -> Findings? {
        guard try reader.textSize(of: id) > 0 else { return nil }
        return try TextKeeper(recorder).read(ArticleDraft(reader.text(of: id)), of: id)
    }

    /// Tells what is wrong with a text before anything is made of it.
    private func refuse(_ text: String) throws {
        do throws(UnusableArticle) { _ = try ArticleBytes.text(of: Array(text.utf8)) } catch {
            throw EditRefusal.faulty([
                FaultList.Fault(pointer: JSONPointer().appending(member: "text"), message: error.description)
            ])
        }
    }

    private func create(_ content: JSONValue) throws -> ImportReport {
        let editor = Editor(recorder)
        guard let outcome = try editor.perform([Edit(.article, .create(content))]).first else {
            throw Self.vanished("article")
        }
        let id = outcome.reference.id
        return try report(id, .created, findings: editor.findings[id])
    }

    /// The text of a known article, which may have been there or not.
    private func keep(_ draft: ArticleDraft, of id: String, isReadAgain: Bool) throws -> ImportReport {
        // Also where a text was there and has been tampered with.
        let isNew = try ParagraphStore.texts(of: id, on: recorder.connection) != draft.paragraphs
        guard isNew || isReadAgain else { return try report(id, .unchanged) }
        let findings = try TextKeeper(recorder).keep(draft, of: id)
        if isNew { try recorder.touch(Reference(.article, id), in: Article.table) }
        try recorder.finish()
        return try report(id, isNew ? .stored : .unchanged, findings: findings)
    }

    private func replace(_ id: String, by draft: ArticleDraft, _ object: JSONObject) throws -> ImportReport {
        guard let known = try reader.record(id, of: Article.self) else { throw Self.vanished(id) }
        _ = try recorder.record(
            known.value.edition(words: draft.words, sha256: draft.sha256, digests: draft.digests))
        var rest = object
        for name in ["text", "id", "source"] + Article.textMembers { rest[name] = nil }
        if !rest.isEmpty {
            _ = try Editor(recorder).perform([Edit(.article, .patch(id: id, with: .object(rest), if: .present))])
        }
        let findings = try TextKeeper(recorder).keep(draft, of: id)
        try recorder.finish()
        return try report(id, .replaced, findings: findings)
    }

    // MARK: Names

    private static func vanished(_ id: String) -> UnreadableRecord {
        UnreadableRecord(description: "the article '\(id)' vanished while it was read")
    }

    /// A name for a text that came without a file; that of another article's file would say that it is that article.
    private func freeSource(for draft: ArticleDraft) throws -> String {
        guard try reader.articleID("source", draft.source) != nil else { return draft.source }
        return "\(draft.source.dropLast(".txt".count))-\(draft.sha256.prefix(12)).txt"
    }

    private func report(
        _ id: String, _ outcome: ImportReport.Outcome, findings: Findings? = nil
    ) throws -> ImportReport {
        guard let article = try reader.record(id, of: Article.self) else { throw Self.vanished(id) }
        var states: [Evidence.State: Int] = [:]
        try reader.forEachCitation(where: "c.article_id = ?", .text(id)) { _, evidence, _ in
            states[evidence.state, default: 0] += 1
        }
        return ImportReport(
            source: article.value.source, article: id, outcome: outcome,
            findings: findings, verified: states[.verified] ?? 0,
            stale: states[.stale] ?? 0, textAbsent: states[.textAbsent] ?? 0)
    }
}

extension Reader {
    /// The article that a text is, or whose file it comes in.
    func article(of draft: ArticleDraft, source: String?) throws -> Stored<Article>? {
        let id = try articleID("sha256", draft.sha256) ?? source.flatMap { try articleID("source", $0) }
        return try id.flatMap { try record($0, of: Article.self) }
    }

    /// The article that had this text once, and is no more.
    fileprivate func deletedArticle(of draft: ArticleDraft) throws -> String? {
        let row = try connection.prepare(
            """
            SELECT t.id FROM tombstones AS t JOIN revisions AS r ON r.type = t.type AND r.id = t.id
            WHERE t.type = 'article' AND r.content ->> '$.sha256' = ?
            """)
        try row.bind(1, draft.sha256)
        return try row.step() ? row.text(0) : nil
    }

    fileprivate func articleID(_ column: String, _ value: String) throws -> String? {
        let row = try connection.prepare("SELECT id FROM articles WHERE \(column) = ?")
        try row.bind(1, value)
        return try row.step() ? row.text(0) : nil
    }
}
