// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// A text on its way in, taken apart once. What takes long of taking it in, reading it and holding it against those it shares
/// most with, is done beside the writer, while others write: the writer uses of that what still fits what it finds, and does the
/// rest anew.
struct IncomingText: Sendable {
    /// Another article, as it was then.
    private struct Neighbour: Sendable {
        let sha256: String
        let reading: AnalysedArticle?
        /// Seen from the text, which was taken for the first of the two where `isBehind` is false.
        let overlap: Overlap
        let isBehind: Bool
    }

    private struct Reading: Sendable {
        let article: AnalysedArticle
        let keys: [Int]
        let namesVersion: Int
        let neighbours: [String: Neighbour]
        /// How much text stands behind it, in bytes.
        let size: Int
    }

    let draft: ArticleDraft
    private let reading: Reading?

    /// A text that the writer has to read itself.
    init(_ draft: ArticleDraft) {
        self.draft = draft
        reading = nil
    }

    /// Reads the text of an article, unless it is there already and is not to be read again. Nil where there is no text, or one
    /// that is none.
    /// - Parameter content: the article as it is written.
    init?(of content: JSONValue, isReadAgain: Bool, names: NameCache, _ reader: Reader) throws {
        guard let draft = ArticleDraft(of: content), case .object(let object) = content else { return nil }
        let source: String? = if case .string(let source)? = object["source"] { source } else { nil }
        let present = try reader.article(of: draft, source: source)
        if let present, !isReadAgain, present.value.sha256 == draft.sha256,
            try ParagraphStore.texts(of: present.value.id, on: reader.connection) == draft.paragraphs
        {
            self.init(draft)
            return
        }
        // The name that a new article would have; if it gets another, what hangs on that is done anew.
        let id = present?.value.id ?? draft.headline.flatMap(Slug.make)?.description ?? ""
        let published = present.map { $0.value.published?.edtf } ?? Self.date(object)
        try self.init(draft, of: id, published: published, names: names, reader)
    }

    /// Reads the text of an article that is there. Nil where its text is not.
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
        let article = AnalysedArticle(
            reference: Reference(.article, id), published: published, text: text,
            mentions: known.names.mentions(in: text))
        let keys = FingerprintStore.keys(draft.paragraphs, article)
        var neighbours: [String: Neighbour] = [:]
        var size = draft.size
        for other in try Neighbourhood(reader).nearest(to: keys, except: id) {
            guard let article = try reader.record(other.id, of: Article.self) else { continue }
            let theirs = try ParagraphStore.texts(of: other.id, on: reader.connection)
            let isBehind = id >= other.id
            if other.isRead { size += other.size }
            neighbours[other.id] = Neighbour(
                sha256: article.value.sha256,
                reading: other.isRead
                    ? reader.analysed(article, ArticleText(theirs.joined(separator: "\n")), names: known.names) : nil,
                overlap: isBehind ? Overlap(theirs, draft.paragraphs).turned : Overlap(draft.paragraphs, theirs),
                isBehind: isBehind)
        }
        self.draft = draft
        reading = Reading(
            article: article, keys: keys, namesVersion: known.version, neighbours: neighbours, size: size)
    }

    private static func date(_ object: JSONObject) -> EDTF? {
        guard case .object(let date)? = object["published"], case .string(let edtf)? = date["edtf"] else { return nil }
        return try? EDTF(edtf)
    }

    /// Whom its credit lines name as its source.
    var credit: String? { (reading?.article.text ?? draft.text).credit }

    /// How much text was read for it, in bytes: its own and that of its neighbours.
    var sizeRead: Int { reading?.size ?? 0 }

    // MARK: What still fits

    /// What was read, as that of an article, with that by which the text is found.
    func reading(of article: Article, namesVersion: Int) -> (article: AnalysedArticle, keys: [Int])? {
        guard let reading, reading.namesVersion == namesVersion, reading.article.published == article.published?.edtf
        else { return nil }
        return (reading.article.named(article.reference), reading.keys)
    }

    func reading(ofNeighbour article: Article, namesVersion: Int) -> AnalysedArticle? {
        guard let reading, reading.namesVersion == namesVersion, let neighbour = reading.neighbours[article.id],
            neighbour.sha256 == article.sha256, neighbour.reading?.published == article.published?.edtf
        else { return nil }
        return neighbour.reading
    }

    /// What it shares with another, as the article of an id.
    func overlap(as id: String, with other: Article) -> Overlap? {
        guard let neighbour = reading?.neighbours[other.id], neighbour.sha256 == other.sha256,
            neighbour.isBehind == (id >= other.id)
        else { return nil }
        return neighbour.overlap
    }
}

extension Edit {
    /// Whether it makes an article of a text, which takes long.
    package var bringsText: Bool {
        guard type == .article, case .object(let object)? = newContent, case .string? = object["text"] else {
            return false
        }
        return true
    }

    /// What a record is made of that there is not yet.
    var newContent: JSONValue? {
        switch action {
        case .create(let content), .replace(_, let content, .absent): content
        case .replace, .patch, .delete: nil
        }
    }

    /// The same with its text read.
    func readingText(names: NameCache, _ reader: Reader) throws -> Edit {
        guard bringsText, let content = newContent else { return self }
        var edit = self
        edit.text = try IncomingText(of: content, isReadAgain: false, names: names, reader)
        return edit
    }
}
