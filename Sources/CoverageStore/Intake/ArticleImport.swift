// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import JSON
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

    /// The file's name as it was given, else as it is on record.
    package fileprivate(set) var source: String
    package let article: String
    package let outcome: Outcome
    /// What was found in the text; nil when it was not read, since it had been before.
    package let findings: Findings?
    /// The citations of this article by what they are now.
    package let verified: Int
    package let stale: Int
    package let textAbsent: Int
    /// The members in which what was said beside a known text is not what is on record, where it stays as it is.
    package fileprivate(set) var differences: [String] = []
}

/// Brings articles into the database, where their texts stay.
struct ArticleImport {
    private let recorder: Recorder
    private let reader: Reader

    init(with recorder: Recorder) {
        self.recorder = recorder
        reader = Reader(recorder.connection)
    }

    /// Takes an article in, and checks every citation of it again.
    /// - Parameters:
    ///   - content: the article as it is written, with its `text`. A text that is there already, byte for byte, makes no
    ///     second article: what else is said of it is held against the record, and changes nothing. That of an article that
    ///     was deleted makes none.
    ///   - text: what is made of that; nil where there is none, or one at fault.
    ///   - replace: whether a known `source` with other bytes becomes a new edition, and a text that is there is read again.
    /// - Throws: `EditRefusal`.
    func take(_ content: JSONValue, _ text: IncomingText?, replace: Bool) throws -> ImportReport {
        guard let text, case .object(var object) = content else { return try create(content, nil) }
        let source: String? = if case .string(let source)? = object["source"] { source } else { nil }
        let draft = text.draft
        if let id = try reader.articleID("sha256", draft.sha256) {
            return try keep(text, of: id, saying: object, isReadAgain: replace)
        }
        if let id = try reader.deletedArticle(of: draft) {
            return ImportReport(
                source: source ?? draft.source, article: id, outcome: .deleted, findings: nil, verified: 0, stale: 0,
                textAbsent: 0)
        }
        if let source, let id = try reader.articleID("source", source) {
            return replace ? try self.replace(id, by: text, object) : try report(id, .differs)
        }
        if (object["source"] ?? .null) == .null { object["source"] = .string(try freeSource(for: draft)) }
        return try create(.object(object), text)
    }

    /// Reads the text of an article again, with the names that are known now.
    /// - Parameter text: as it was before the writer was waited for.
    /// - Returns: nil where its text is not here.
    func readAgain(_ id: String, _ text: IncomingText?) throws -> Findings? {
        guard try reader.textSize(of: id) > 0 else { return nil }
        let paragraphs = try ParagraphStore.texts(of: id, on: recorder.connection)
        if let text, text.draft.paragraphs == paragraphs { return try TextKeeper(recorder, text).read(of: id) }
        return try TextKeeper(recorder, IncomingText(ArticleDraft(reader.text(of: id)))).read(of: id)
    }

    private func create(_ content: JSONValue, _ text: IncomingText?) throws -> ImportReport {
        let editor = Editor(recorder)
        var edit = Edit(.article, .create(content))
        edit.text = text
        guard let outcome = try editor.perform([edit]).first else {
            throw Self.vanished("article")
        }
        let id = outcome.reference.id
        return try report(id, .created, findings: editor.findings[id])
    }

    /// The text of a known article, which may have been there or not.
    private func keep(
        _ text: IncomingText, of id: String, saying given: JSONObject, isReadAgain: Bool
    ) throws -> ImportReport {
        let differences = try differences(given, from: id)
        // Also where a text was there and has been tampered with.
        let isNew = try ParagraphStore.texts(of: id, on: recorder.connection) != text.draft.paragraphs
        var findings: Findings?
        if isNew || isReadAgain {
            findings = try TextKeeper(recorder, text).keep(of: id)
            if isNew { try recorder.touch(Reference(.article, id), in: Article.table) }
            try recorder.finish()
        }
        var report = try report(id, isNew ? .stored : .unchanged, findings: findings)
        if case .string(let source)? = given["source"] { report.source = source }
        report.differences = differences
        return report
    }

    /// Holds what is said beside the text of a known article against what is on record.
    /// - Returns: the members that say something else.
    /// - Throws: `EditRefusal` for what could be said of no article.
    private func differences(_ given: JSONObject, from id: String) throws -> [String] {
        guard let known = try reader.record(id, of: Article.self)?.value, case .object(let own) = known.content else {
            throw Self.vanished(id)
        }
        var given = given
        // The text decides about those.
        for name in ["text"] + Article.editionMembers { given[name] = nil }
        for name in ["id", "source"] where given[name] == .null { given[name] = nil }
        if case .object? = own["published"] { given["published"] = given["published"].map(Intake.undated) }
        let faults = FaultList()
        let article = TypeEdits<Article>(reader, faults)
            .record(known.content.merged(with: .object(given)), from: known)
        if !faults.faults.isEmpty { throw EditRefusal.faulty(faults.faults) }
        guard case .object(let said) = article.content else { return [] }
        return Article.members.filter { given[$0] != nil && said[$0] != own[$0] }
    }

    private func replace(_ id: String, by text: IncomingText, _ object: JSONObject) throws -> ImportReport {
        guard let known = try reader.record(id, of: Article.self) else { throw Self.vanished(id) }
        let draft = text.draft
        _ = try recorder.record(
            known.value.edition(words: draft.words, sha256: draft.sha256, digests: draft.digests))
        var rest = object
        for name in ["text", "id", "source"] + Article.textMembers { rest[name] = nil }
        if !rest.isEmpty {
            _ = try Editor(recorder).perform([Edit(.article, .patch(id: id, with: .object(rest), if: .present))])
        }
        let findings = try TextKeeper(recorder, text).keep(of: id)
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
