// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Holds a set of seeds against itself and the database: every reference leads somewhere, every citation names a
/// paragraph there is, no tree bites its tail.
struct SeedCheck {
    private let seeds: SeedSet
    private var known: [FactType: Set<String>] = [:]
    private var paragraphs: [String: Int] = [:]
    private(set) var faults: [FaultySeeds.Fault] = []

    init(_ seeds: SeedSet, over reader: Reader) throws {
        self.seeds = seeds
        for type in FactType.allCases { known[type] = try reader.allIDs(of: type) }
        note(seeds.articles)
        note(seeds.organizations)
        note(seeds.places)
        note(seeds.people)
        note(seeds.issues)
        note(seeds.events)
        note(seeds.statements)
        note(seeds.discrepancies)
        let counts = try reader.connection.prepare("SELECT article_id, count(*) FROM paragraphs GROUP BY article_id")
        while try counts.step() { paragraphs[counts.text(0)] = counts.int(1) }
        for article in seeds.articles { paragraphs[article.id] = article.digests.count }

        try checkSources(over: reader)
        check(seeds.organizations)
        check(seeds.places)
        check(seeds.people)
        check(seeds.issues)
        check(seeds.events)
        check(seeds.statements)
        check(seeds.discrepancies)
        check(seeds.overlaps)
        try checkTree(seeds.places, member: "within", column: "within_id", over: reader, parent: \.within)
        try checkTree(seeds.issues, member: "broader", column: "broader_id", over: reader, parent: \.broader)
        try checkTree(seeds.events, member: "partOf", column: "part_of_id", over: reader, parent: \.partOf)
    }

    private mutating func check(_ overlaps: [StoredOverlap]) {
        var pairs: Set<[String]> = []
        for (index, overlap) in overlaps.enumerated() {
            func refuse(_ message: String) {
                faults.append(FaultySeeds.Fault(file: SeedFiles.overlaps, pointer: "/\(index)", message: message))
            }
            if !pairs.insert([overlap.a, overlap.b]).inserted {
                refuse("the overlap of '\(overlap.a)' and '\(overlap.b)' stands here twice")
            }
            let passages = overlap.overlap.passages
            for (id, spans) in [(overlap.a, passages.map(\.a)), (overlap.b, passages.map(\.b))] {
                guard let count = paragraphs[id] else {
                    refuse("there is no article '\(id)'")
                    continue
                }
                if let beyond = spans.first(where: { $0.paragraph > count }) {
                    refuse("'\(id)' has \(count) paragraphs, not \(beyond.paragraph)")
                }
            }
        }
    }

    private mutating func note<Record: StoredFact>(_ records: [Record]) {
        known[Record.type, default: []].formUnion(records.map(\.id))
    }

    private mutating func refuse(_ type: FactType, _ pointer: String, _ message: String) {
        faults.append(FaultySeeds.Fault(file: SeedFiles.fileName(of: type), pointer: pointer, message: message))
    }

    private mutating func check<Record: StoredFact>(_ records: [Record]) {
        for (index, record) in records.enumerated() {
            for (pointer, reference) in record.references
            where known[reference.type]?.contains(reference.id) != true {
                let near = nearest(to: reference.id, among: (known[reference.type] ?? []).sorted())
                let hint = near.map { "; did you mean '\($0)'?" } ?? ""
                refuse(Record.type, "/\(index)\(pointer)", "there is no \(reference.type) '\(reference.id)'\(hint)")
            }
            check(record.evidence, of: Record.type, at: "/\(index)/evidence")
            for (part, citations) in record.partEvidence {
                check(citations, of: Record.type, at: "/\(index)/\(part)/evidence")
            }
        }
    }

    private mutating func check(_ citations: [Citation], of type: FactType, at pointer: String) {
        for (index, citation) in citations.enumerated() {
            guard let count = paragraphs[citation.article.id] else {
                refuse(type, "\(pointer)/\(index)/article", "there is no article '\(citation.article.id)'")
                continue
            }
            if citation.paragraph > count {
                refuse(
                    type, "\(pointer)/\(index)/paragraph",
                    "'\(citation.article.id)' has \(count) paragraphs, not \(citation.paragraph)")
            }
        }
    }

    /// A file belongs to one article, whose text is found by it.
    private mutating func checkSources(over reader: Reader) throws {
        var owners: [String: String] = [:]
        let rows = try reader.connection.prepare("SELECT source, id FROM articles")
        while try rows.step() { owners[rows.text(0)] = rows.text(1) }
        for (index, article) in seeds.articles.enumerated() {
            if let owner = owners[article.source], owner != article.id {
                refuse(.article, "/\(index)/source", "'\(article.source)' is the file of the article '\(owner)'")
            } else {
                owners[article.source] = article.id
            }
        }
    }

    /// - Parameter column: has the parents of those records of the database that the seeds do not replace.
    private mutating func checkTree<Record: StoredFact>(
        _ records: [Record], member: String, column: String, over reader: Reader, parent: (Record) -> Reference?
    ) throws {
        var above: [String: String] = [:]
        let rows = try reader.connection.prepare(
            "SELECT id, \(column) FROM \(Record.table) WHERE \(column) IS NOT NULL")
        while try rows.step() { above[rows.text(0)] = rows.text(1) }
        for record in records { above[record.id] = parent(record)?.id }
        for (index, record) in records.enumerated() {
            var seen: Set<String> = []
            var id: String? = record.id
            while let current = id, seen.insert(current).inserted { id = above[current] }
            // Only the members of the circle themselves are at fault, not what hangs below it.
            if id == record.id { refuse(Record.type, "/\(index)/\(member)", "leads back to '\(record.id)' itself") }
        }
    }
}
