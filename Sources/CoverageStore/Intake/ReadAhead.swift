// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// A text that is read before the writer is waited for, and held against those it shares most with: what takes long is done
/// while others write. The writer takes of it what still fits what it finds, and does the rest anew.
package struct ReadAhead: Sendable {
    /// Another article, as it was then.
    private struct Neighbour: Sendable {
        let sha256: String
        let reading: AnalysedArticle?
        /// Seen from the text, which was taken for the first of the two where `isBehind` is false.
        let overlap: Overlap
        let isBehind: Bool
    }

    let draft: ArticleDraft
    /// By which the text is found.
    let keys: [Int]
    /// Whom its credit lines name as its source.
    let credit: String?
    private let reading: AnalysedArticle
    private let namesVersion: Int
    private let neighbours: [String: Neighbour]

    /// Nil where there is nothing to be read: no text, one that is none, or one that is there and is not to be read again.
    /// - Parameter content: an article as it is written.
    init?(_ content: JSONValue, isReadAgain: Bool, names: NameCache, _ reader: Reader) throws {
        guard case .object(let object) = content, case .string(let raw)? = object["text"],
            (try? ArticleBytes.text(of: Array(raw.utf8))) != nil
        else { return nil }
        let draft = ArticleDraft(raw)
        let source: String? = if case .string(let source)? = object["source"] { source } else { nil }
        let present = try reader.article(of: draft, source: source)
        if let present, !isReadAgain, present.value.sha256 == draft.sha256,
            try ParagraphStore.texts(of: present.value.id, on: reader.connection) == draft.paragraphs
        {
            return nil
        }
        // The name that a new article would have; if it gets another, what hangs on that is done anew.
        let id = present?.value.id ?? draft.headline.flatMap(Slug.make)?.description ?? ""
        let published = present.map { $0.value.published?.edtf } ?? Self.date(object)
        try self.init(draft, of: id, published: published, names: names, reader)
    }

    /// The text of an article that is there. Nil where its text is not.
    init?(again article: String, names: NameCache, _ reader: Reader) throws {
        guard let present = try reader.record(article, of: Article.self), try reader.textSize(of: article) > 0 else {
            return nil
        }
        let draft = try ArticleDraft(reader.text(of: article))
        try self.init(draft, of: article, published: present.value.published?.edtf, names: names, reader)
    }

    private init(_ draft: ArticleDraft, of id: String, published: EDTF?, names: NameCache, _ reader: Reader) throws {
        let known = try names.known(reader)
        let text = draft.text
        reading = AnalysedArticle(
            reference: Reference(.article, id), published: published, text: text,
            mentions: known.names.mentions(in: text))
        keys = FingerprintStore.keys(draft.paragraphs, reading)
        credit = text.credit
        namesVersion = known.version
        self.draft = draft
        var neighbours: [String: Neighbour] = [:]
        let near = try Neighbourhood(reader).nearest(to: keys, except: id)
        for other in near {
            guard let article = try reader.record(other.id, of: Article.self) else { continue }
            let theirs = try ParagraphStore.texts(of: other.id, on: reader.connection)
            let isBehind = id >= other.id
            neighbours[other.id] = Neighbour(
                sha256: article.value.sha256,
                reading: other.isRead
                    ? reader.analysed(article, ArticleText(theirs.joined(separator: "\n")), names: known.names) : nil,
                overlap: isBehind ? Overlap(theirs, draft.paragraphs).turned : Overlap(draft.paragraphs, theirs),
                isBehind: isBehind)
        }
        self.neighbours = neighbours
    }

    private static func date(_ object: JSONObject) -> EDTF? {
        guard case .object(let date)? = object["published"], case .string(let edtf)? = date["edtf"] else { return nil }
        return try? EDTF(edtf)
    }

    // MARK: What still fits

    /// What was read, as that of an article.
    func reading(of article: Article, sha256: String, namesVersion: Int) -> AnalysedArticle? {
        guard draft.sha256 == sha256, self.namesVersion == namesVersion, reading.published == article.published?.edtf
        else { return nil }
        return reading.named(article.reference)
    }

    func reading(ofNeighbour article: Article, namesVersion: Int) -> AnalysedArticle? {
        guard self.namesVersion == namesVersion, let neighbour = neighbours[article.id],
            neighbour.sha256 == article.sha256, neighbour.reading?.published == article.published?.edtf
        else { return nil }
        return neighbour.reading
    }

    func overlap(of id: String, sha256: String, with other: String, otherSHA256: String) -> Overlap? {
        guard draft.sha256 == sha256, let neighbour = neighbours[other], neighbour.sha256 == otherSHA256,
            neighbour.isBehind == (id >= other)
        else { return nil }
        return neighbour.overlap
    }
}
