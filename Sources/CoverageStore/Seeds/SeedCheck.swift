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
        for type in FactType.allCases { known[type] = Set(try reader.ids(of: type)) }
        note(seeds.articles)
        note(seeds.organizations)
        note(seeds.places)
        note(seeds.people)
        note(seeds.issues)
        note(seeds.events)
        let counts = try reader.connection.prepare("SELECT article_id, count(*) FROM paragraphs GROUP BY article_id")
        while try counts.step() { paragraphs[counts.text(0)] = counts.int(1) }
        for article in seeds.articles { paragraphs[article.id] = article.digests.count }

        check(seeds.organizations)
        check(seeds.places)
        check(seeds.people)
        check(seeds.issues)
        check(seeds.events)
        checkTree(seeds.places, member: "within", parent: \.within)
        checkTree(seeds.issues, member: "broader", parent: \.broader)
        checkTree(seeds.events, member: "partOf", parent: \.partOf)
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

    private mutating func checkTree<Record: StoredFact>(
        _ records: [Record], member: String, parent: (Record) -> Reference?
    ) {
        let above = Dictionary(records.compactMap { r in parent(r).map { (r.id, $0.id) } }, uniquingKeysWith: { a, _ in a })
        for (index, record) in records.enumerated() {
            var seen: Set<String> = []
            var id: String? = record.id
            while let current = id, seen.insert(current).inserted { id = above[current] }
            // Only the members of the circle themselves are at fault, not what hangs below it.
            if id == record.id { refuse(Record.type, "/\(index)/\(member)", "leads back to '\(record.id)' itself") }
        }
    }
}
