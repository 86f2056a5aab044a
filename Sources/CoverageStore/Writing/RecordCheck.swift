// SPDX-License-Identifier: Apache-2.0

internal import Coverage
package import JSON
internal import SQLite

/// A record that is to be written, with its place in the document that it was read from.
package struct Placed<Record: ReadableFact>: Sendable {
    package let record: Record
    package let pointer: JSONPointer
}

/// Holds records that are to be written against each other and the database: every reference leads somewhere, every
/// citation names a paragraph there is, no tree bites its tail. What could not be read for a fault is passed over, and all else
/// beside it is checked.
struct RecordCheck {
    struct Fault {
        let type: FactType
        let pointer: JSONPointer
        let message: String
    }

    private let reader: Reader
    /// What is known to be wrong already.
    private let known: FaultList
    private var arriving: [FactType: Set<String>] = [:]
    private var leaving: [FactType: Set<String>] = [:]
    private var paragraphs: [String: Int?] = [:]
    /// Of articles whose text comes with them.
    private var texts: [String: [String]] = [:]
    /// What was said of records that are not there.
    private var missing: [Reference: String] = [:]
    private(set) var faults: [Fault] = []

    /// For so many missing records it is looked for what may have been meant: the writer has better to do.
    private static let lookUps = 5

    /// - Parameter known: what was found when the records were read.
    init(over reader: Reader, besides known: FaultList = FaultList()) {
        self.reader = reader
        self.known = known
    }

    // MARK: What will be there

    mutating func expect<Record: ReadableFact>(_ records: [Placed<Record>]) {
        arriving[Record.type, default: []].formUnion(records.lazy.map { $0.record.id })
        for placed in records {
            guard let article = placed.record as? Article else { continue }
            // How many a faulty one would have cannot be told.
            paragraphs[article.id] = known.hasFault(at: placed.pointer) ? .max : article.digests.count
        }
    }

    /// The paragraphs of the text that an article comes with.
    mutating func expect(_ paragraphs: [String], of article: String) {
        texts[article] = paragraphs
    }

    mutating func expectNoMore(_ type: FactType, _ id: String) {
        leaving[type, default: []].insert(id)
    }

    private func isThere(_ reference: Reference) throws -> Bool {
        if arriving[reference.type]?.contains(reference.id) == true { return true }
        if leaving[reference.type]?.contains(reference.id) == true { return false }
        return try reader.has(reference.id, of: reference.type)
    }

    /// How many paragraphs an article will have; nil when there will be no such article.
    mutating func paragraphCount(of article: Reference) throws -> Int? {
        if let known = paragraphs[article.id] { return known }
        var count: Int?
        if try isThere(article) {
            let row = try reader.connection.prepare("SELECT count(*) FROM paragraphs WHERE article_id = ?")
            try row.bind(1, article.id)
            count = try row.step() ? row.int(0) : nil
        }
        paragraphs[article.id] = .some(count)
        return count
    }

    // MARK: Records

    private mutating func refuse(_ type: FactType, _ pointer: JSONPointer, _ message: String) {
        if known.hasFault(at: pointer) { return }
        faults.append(Fault(type: type, pointer: pointer, message: message))
    }

    /// Checks what records point at. All that are to be written must be expected by then.
    mutating func check<Record: ReadableFact>(_ records: [Placed<Record>]) throws {
        for placed in records {
            for (path, reference) in placed.record.references where try !reference.id.isEmpty && !isThere(reference) {
                let pointer = placed.pointer.appending(path: path)
                refuse(Record.type, pointer, try missing(reference))
            }
            try check(placed.record.evidence, of: Record.type, at: placed.pointer.appending(member: "evidence"))
            for (part, citations) in placed.record.partEvidence {
                try check(citations, of: Record.type, at: placed.pointer.appending(path: "/\(part)/evidence"))
            }
        }
    }

    /// Checks that there will be a record to stand for one that goes.
    mutating func checkSuccessor(_ successor: Reference, at pointer: JSONPointer) throws {
        if try isThere(successor) { return }
        refuse(successor.type, pointer, "cannot stand for it: \(try missing(successor))")
    }

    private mutating func missing(_ reference: Reference) throws -> String {
        if let known = missing[reference] { return known }
        var message = "there is no \(reference.type) '\(reference.id)'"
        if missing.count < Self.lookUps {
            let known = try reader.ids(near: reference.id, of: reference.type)
            let arriving = arriving[reference.type, default: []].sorted()
            if let near = nearest(to: reference.id, among: known + arriving) { message += "; did you mean '\(near)'?" }
        }
        missing[reference] = message
        return message
    }

    private mutating func check(_ citations: [Citation], of type: FactType, at pointer: JSONPointer) throws {
        for (index, citation) in citations.enumerated() where !citation.article.id.isEmpty {
            let place = pointer.appending(index: index)
            guard let count = try paragraphCount(of: citation.article) else {
                refuse(type, place.appending(member: "article"), try missing(citation.article))
                continue
            }
            if citation.paragraph > count {
                refuse(
                    type, place.appending(member: "paragraph"),
                    "'\(citation.article.id)' has \(count) \(count == 1 ? "paragraph" : "paragraphs"), not \(citation.paragraph)"
                )
            }
        }
    }

    /// Holds citations against the paragraphs whose text is at hand, where an anchor that is not there would be told of by every
    /// check. What a record cites, or has cited, may have become stale with another edition: that is not what is being said now.
    mutating func checkAnchors<Record: ReadableFact>(_ records: [Placed<Record>]) throws {
        for placed in records {
            for (part, citations) in [("", placed.record.evidence)] + placed.record.partEvidence {
                for (index, citation) in citations.enumerated() {
                    guard let text = try text(of: citation) else { continue }
                    let missing = citation.anchors.indices.filter { !containsWord(citation.anchors[$0], in: text) }
                    if try missing.isEmpty || isOnRecord(citation, of: placed.record.reference) { continue }
                    let place = placed.pointer.appending(path: "\(part)/evidence").appending(index: index)
                    for anchor in missing {
                        refuse(
                            Record.type, place.appending(member: "anchors").appending(index: anchor),
                            """
                            '\(citation.anchors[anchor])' does not stand in paragraph \(citation.paragraph) of \
                            '\(citation.article.id)': give a word exactly as it is written there, or cite another paragraph
                            """)
                    }
                }
            }
        }
    }

    /// Nil where it is not at hand.
    private func text(of citation: Citation) throws -> String? {
        if let paragraphs = texts[citation.article.id] {
            return citation.paragraph <= paragraphs.count ? paragraphs[citation.paragraph - 1] : nil
        }
        let row = try reader.connection.prepare("SELECT text FROM paragraphs WHERE article_id = ? AND number = ?")
        try row.bind(1, citation.article.id)
        try row.bind(2, citation.paragraph)
        return try row.step() ? row.optionalText(0) : nil
    }

    /// In any state that the record was in, so that each can be restored.
    private func isOnRecord(_ citation: Citation, of reference: Reference) throws -> Bool {
        let row = try reader.connection.prepare(
            """
            SELECT 1 FROM revisions AS r, json_tree(r.content) AS cited
            WHERE r.type = ? AND r.id = ? AND cited.key = 'anchors' AND cited.value = ?
            AND json_extract(r.content, cited.path || '.article.id') = ?
            AND json_extract(r.content, cited.path || '.paragraph') = ?
            """)
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        try row.bind(3, jsonArray(citation.anchors))
        try row.bind(4, citation.article.id)
        try row.bind(5, citation.paragraph)
        return try row.step()
    }

    /// A file belongs to one article, whose text is found by it, and so does a text, byte for byte.
    mutating func checkSources(_ articles: [Placed<Article>]) throws {
        var owners: [String: String] = [:]
        var texts: [String: String] = [:]
        for placed in articles where !known.hasFault(at: placed.pointer) {
            let (article, place) = (placed.record, placed.pointer.appending(member: "source"))
            let row = try reader.connection.prepare("SELECT id FROM articles WHERE source = ? AND id <> ?")
            try row.bind(1, article.source)
            try row.bind(2, article.id)
            let owner = try owners[article.source] ?? (row.step() ? row.text(0) : nil)
            if let owner, owner != article.id {
                refuse(.article, place, "'\(article.source)' is the file of the article '\(owner)'")
            }
            owners[article.source] = article.id
            let known = try reader.connection.prepare(
                "SELECT id FROM articles WHERE sha256 = ? ORDER BY id = ? DESC LIMIT 1")
            try known.bind(1, article.sha256)
            try known.bind(2, article.id)
            let first = try texts[article.sha256] ?? (known.step() ? known.text(0) : nil)
            if let first, first != article.id {
                refuse(.article, placed.pointer, "has the text of the article '\(first)', byte for byte")
            }
            texts[article.sha256] = article.id
        }
    }

    /// - Parameter column: has the parents of those records of the database that are not to be written.
    mutating func checkTree<Record: ReadableFact>(
        _ records: [Placed<Record>], member: String, column: String, parent: (Record) -> Reference?
    ) throws {
        let above = Dictionary(
            records.map { ($0.record.id, parent($0.record)?.id) }, uniquingKeysWith: { first, _ in first })
        func next(_ id: String) throws -> String? {
            if let arriving = above[id] { return arriving }
            let row = try reader.connection.prepare("SELECT \(column) FROM \(Record.table) WHERE id = ?")
            try row.bind(1, id)
            return try row.step() ? row.optionalText(0) : nil
        }
        for placed in records {
            var seen: Set<String> = []
            var id: String? = placed.record.id
            while let current = id, seen.insert(current).inserted { id = try next(current) }
            // Only the members of the circle themselves are at fault, not what hangs below it.
            if id == placed.record.id {
                refuse(
                    Record.type, placed.pointer.appending(member: member), "leads back to '\(placed.record.id)' itself")
            }
        }
    }
}

extension JSONPointer {
    /// - Parameter path: steps, each after a slash, that need no escaping.
    func appending(path: String) -> JSONPointer {
        path.split(separator: "/").reduce(self) { $0.appending(member: String($1)) }
    }
}
