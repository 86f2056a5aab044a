// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// Makes proposals of what reading one article suggests: in our own words, names and pointers, never its sentences.
struct ProposalMaker {
    /// The one that was read.
    let article: AnalysedArticle
    /// Those that may tell the same: by them it is seen what is told differently.
    let neighbours: [AnalysedArticle]
    let records: KnownRecords
    /// Open proposals of events by other articles, which the article may tell of too. They stand among the records as events
    /// with the ids of proposals.
    let waiting: [StoredProposal]
    let reader: Reader
    let digests: ParagraphDigests

    /// All that the reading proposes.
    func drafts() throws -> [ProposalDraft] {
        let own = Candidates([article], records)
        var drafts = try own.events.compactMap(event)
        drafts += try own.statements.compactMap(statement)
        drafts += try variants()
        let together = Candidates([article] + neighbours, records)
        drafts += try together.discrepancies.compactMap(discrepancy)
        return drafts
    }

    // MARK: Parts of proposals

    /// A citation as it is written, with words that stand in the paragraph.
    func citation(_ citation: Citation, statuses: Bool = false) -> JSONValue? {
        guard let paragraph = paragraph(of: citation) else { return nil }
        let own = citation.anchors.filter { containsWord($0, in: paragraph) }
        let anchors = own.isEmpty ? Self.longestWord(of: paragraph) : own
        guard !anchors.isEmpty else { return nil }
        var object: JSONObject = [
            "article": ["id": .string(citation.article.id)], "paragraph": .integer(Int64(citation.paragraph)),
            "anchors": .array(anchors.prefix(3).map { .string($0) }),
        ]
        if statuses { object["status"] = citation.status.map { .string($0.rawValue) } ?? .null }
        return .object(object)
    }

    private func paragraph(of citation: Citation) -> String? {
        let source = ([article] + neighbours).first { $0.reference == citation.article }
        return source?.text[number: citation.paragraph].map { String($0.raw) }
    }

    /// None where it has no words.
    private static func longestWord(of paragraph: String) -> [String] {
        let words = paragraph.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return words.filter { containsWord($0, in: paragraph) }.max { $0.count < $1.count }.map { [$0] } ?? []
    }

    func ground(_ citation: Citation, _ range: Range<Int>? = nil) throws -> Ground? {
        guard let digest = try digests[citation.article.id, citation.paragraph] else { return nil }
        return Ground(article: citation.article, paragraph: citation.paragraph, range: range, digest: digest)
    }

    func ground(_ span: TextSpan, of article: Reference) throws -> Ground? {
        try ground(
            Citation(article: article, paragraph: span.paragraph, anchors: []), span.start..<max(span.start, span.end))
    }

    static func references(_ references: [Reference]) -> JSONValue {
        .array(references.map { ["id": .string($0.id)] })
    }

    static func date(_ date: DateStatement?) -> JSONValue {
        guard let date else { return .null }
        return [
            "edtf": .string(date.edtf.description), "basis": .string(date.basis.rawValue),
            "note": date.note.map { .string($0) } ?? .null,
        ]
    }
}

/// The digests of paragraphs, of each article read once.
final class ParagraphDigests {
    private let reader: Reader
    private var known: [String: [String]] = [:]

    init(_ reader: Reader) {
        self.reader = reader
    }

    /// Nil where there is no such paragraph.
    subscript(article: String, paragraph: Int) -> String? {
        get throws {
            let digests = try known[article] ?? read(article)
            return digests.indices.contains(paragraph - 1) ? digests[paragraph - 1] : nil
        }
    }

    private func read(_ article: String) throws -> [String] {
        let rows = try reader.connection.prepare(
            "SELECT digest FROM paragraphs WHERE article_id = ? ORDER BY number")
        try rows.bind(1, article)
        var digests: [String] = []
        while try rows.step() { digests.append(rows.text(0)) }
        known[article] = digests
        return digests
    }
}
