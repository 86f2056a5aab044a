// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import Digests
internal import SQLite

/// How much of an article's text may leave the program.
package enum Excerpts: Sendable, Equatable {
    case none
    /// At most so many characters (Unicode scalars) of a paragraph.
    case characters(Int)
    case full

    /// What may leave of this text.
    package func excerpt(of text: String) -> String? {
        switch self {
        case .none: nil
        case .full: text
        case .characters(let limit):
            text.unicodeScalars.count <= limit
                ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
        }
    }
}

extension Reader {
    /// Every citation of one fact and of its parts, checked against the paragraphs as they are now.
    package func evidence(of reference: Reference, excerpts: Excerpts) throws -> [Evidence] {
        var all: [Evidence] = []
        try forEachCitation(where: "c.type = ? AND c.id = ?", .text(reference.type.rawValue), .text(reference.id)) {
            _, evidence, text in
            let citation = evidence.citation
            all.append(
                Evidence(
                    citation: Citation(
                        article: citation.article, paragraph: citation.paragraph, anchors: citation.anchors,
                        status: citation.status, text: text.flatMap(excerpts.excerpt)),
                    part: evidence.part, digest: evidence.digest, state: evidence.state))
        }
        return all
    }

    /// Goes through citations in the order of their facts.
    /// - Parameter body: gets the fact, the citation with its state, and the paragraph's text where it is at hand.
    func forEachCitation(
        where condition: String = "TRUE", _ values: Value..., body: (Reference, Evidence, String?) throws -> Void
    ) throws {
        let rows = try connection.prepare(
            """
            SELECT c.type, c.id, c.part, c.article_id, a.name, c.paragraph, c.anchors, c.status, c.digest, p.text,
                   p.digest
            FROM citations AS c JOIN articles AS a ON a.id = c.article_id
            LEFT JOIN paragraphs AS p ON p.article_id = c.article_id AND p.number = c.paragraph
            WHERE \(condition) ORDER BY c.type, c.id, c.part, c.position
            """)
        try rows.bind(all: values)
        while try rows.step() {
            guard let type = FactType(rawValue: rows.text(0)) else {
                throw UnreadableRecord(description: "the database holds a citation of the type '\(rows.text(0))'")
            }
            let citation = Citation(
                article: Reference(.article, rows.text(3), name: rows.text(4)), paragraph: rows.int(5),
                anchors: rows.anchors(6), status: rows.isNull(7) ? nil : try rows.closed(7))
            let text = rows.optionalText(9)
            let state = Self.state(
                cited: rows.text(8), current: rows.optionalText(10), text: text, anchors: citation.anchors)
            let evidence = Evidence(citation: citation, part: rows.text(2), digest: rows.text(8), state: state)
            try body(Reference(type, rows.text(1)), evidence, text)
        }
    }

    /// The text itself is digested again, so that a paragraph changed behind the program's back is found too.
    private static func state(cited: String, current: String?, text: String?, anchors: [String]) -> Evidence.State {
        guard current == cited else { return .stale }
        guard let text else { return .textAbsent }
        guard SHA256.hex(of: text) == cited else { return .stale }
        return anchors.allSatisfy { containsWord($0, in: text) } ? .verified : .stale
    }
}
