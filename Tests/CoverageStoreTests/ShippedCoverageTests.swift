// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

/// What the shipped seeds say of the articles' kinship, and whether that is what the texts give.
@Suite struct ShippedCoverageTests {
    private static let oneSource: Set = [
        "a-step-towards-communication-and-cooperation", "focusing-on-communication-and-military-relations",
        "a-bid-to-ease-tensions", "why-is-blinken-going-to-china",
    ]

    private let seeds: SeedRecords

    init() throws {
        seeds = try SeedRecords(Repository.seeds())
    }

    @Test func fourArticlesAreOneSource() throws {
        #expect(seeds.articles.count == 5)
        let counted = seeds.articles.filter { ($0.lineage?.confidence ?? 0) >= 0.8 }
        #expect(Set(counted.map(\.id)) == Self.oneSource)
        #expect(Set(counted.map { $0.lineage?.group }).count == 1)
        #expect(seeds.articles.allSatisfy { $0.lineage?.reason.isEmpty != true })
    }

    /// Every fact counts its articles, and those of one source once: worked out from the citations alone.
    @Test func countsIndependentSources() throws {
        let coverage = try TestCoverage(Repository.seeds())
        let others = Set(seeds.articles.map(\.id)).subtracting(Self.oneSource)
        #expect(others == ["blinken-in-beijing"])
        var kinds: Set<[Int]> = []
        func expect<Record: StoredFact>(_ records: [Record]) throws {
            for record in records {
                let citations = record.evidence + record.partEvidence.flatMap(\.citations)
                let articles = Set(citations.map(\.article.id))
                let expected = CoverageCount(
                    articles: articles.count,
                    independent: (articles.isDisjoint(with: Self.oneSource) ? 0 : 1)
                        + articles.intersection(others).count)
                let stored = try #require(
                    try coverage.database.read { try $0.record(record.id, of: Record.self) })
                #expect(stored.coverage == expected, "\(record.reference)")
                kinds.insert([expected.articles, expected.independent])
            }
        }
        try expect(seeds.events)
        try expect(seeds.people)
        try expect(seeds.issues)
        try expect(seeds.statements)
        try expect(seeds.organizations)
        try expect(seeds.places)
        try expect(seeds.discrepancies)
        #expect(kinds.isSuperset(of: [[1, 1], [2, 1], [2, 2], [5, 2]]))
    }

    /// The same words told differently elsewhere are so from both sides.
    @Test func variantsAreMutual() throws {
        for statement in seeds.statements {
            for variant in statement.variants {
                let other = try #require(seeds.statements.first { $0.id == variant.id })
                #expect(other.variants.contains(statement.reference), "\(statement.id)")
                #expect(other.id != statement.id)
            }
        }
    }

    @Test(.enabled(if: Repository.articles != nil, "the articles' texts are not at hand"))
    func overlapsAreWhatTheTextsGive() throws {
        let texts = try #require(Repository.articles)
        let paragraphs = try seeds.articles.map { article in
            let bytes = try #require(texts[article.source])
            return (id: article.id, all: Paragraphs(of: String(decoding: bytes, as: UTF8.self)).all)
        }.sorted { $0.id < $1.id }
        var measured: [StoredOverlap] = []
        for (index, a) in paragraphs.enumerated() {
            for b in paragraphs[(index + 1)...] { measured.append(StoredOverlap(a.id, b.id, Overlap(a.all, b.all))) }
        }
        // Pairs that share nothing need not stand in the seeds, nor be kept.
        func sharing(_ all: [StoredOverlap]) -> [StoredOverlap] { all.filter { !$0.overlap.passages.isEmpty } }
        #expect(sharing(measured) == sharing(seeds.overlaps))
        #expect(seeds.overlaps.allSatisfy { measured.contains($0) })

        // And so it is after the import.
        let coverage = try TestCoverage(Repository.seeds())
        for (source, bytes) in texts.sorted(by: { $0.key > $1.key }) {
            _ = try coverage.database.importArticle(source: source, bytes: bytes, replace: false)
        }
        #expect(sharing(try coverage.database.read { try $0.overlaps() }) == sharing(measured))
    }
}
