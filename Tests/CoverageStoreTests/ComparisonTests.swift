// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

/// What two articles report and what each does, worked out from the seeds without SQL.
@Suite struct ComparisonTests {
    private let coverage: TestCoverage
    private let seeds: SeedRecords

    init() throws {
        coverage = try TestCoverage()
        seeds = try SeedRecords(EnvoyVisit.seeds())
    }

    private struct Told {
        let reference: Reference
        let articles: Set<String>
    }

    private func told(_ facts: [some Fact]) -> [Told] {
        facts.map { fact in
            let citations = fact.evidence + fact.partEvidence.flatMap(\.citations)
            return Told(reference: fact.reference, articles: Set(citations.map(\.article.id)))
        }
    }

    /// Everything but articles, by type, name and id.
    private var facts: [Told] {
        let all =
            told(seeds.events) + told(seeds.people) + told(seeds.issues) + told(seeds.statements)
            + told(seeds.organizations) + told(seeds.places) + told(seeds.discrepancies)
        func key(_ one: Told) -> String { "\(one.reference.type.rawValue)\0\(one.reference.name)\0\(one.reference.id)" }
        return all.sorted { precedes(key($0), key($1)) }
    }

    @Test func comparesEachPair() throws {
        let articles = seeds.articles.map(\.id)
        for a in articles {
            for b in articles where a != b {
                let found = try coverage.database.read { try $0.compare(a, b) }
                func expected(_ test: (Set<String>) -> Bool) -> [Reference] {
                    facts.filter { $0.reference.type != .discrepancy && test($0.articles) }.map(\.reference)
                }
                #expect(found.onlyA == expected { $0.contains(a) && !$0.contains(b) })
                #expect(found.onlyB == expected { $0.contains(b) && !$0.contains(a) })
                #expect(found.both == expected { $0.contains(a) && $0.contains(b) })
                #expect(found.both.map(\.name) == expected { $0.contains(a) && $0.contains(b) }.map(\.name))
                let differ = facts.filter { fact in
                    guard let one = seeds.discrepancies.first(where: { $0.reference == fact.reference }) else {
                        return false
                    }
                    return one.accounts.indices.contains { x in
                        one.accounts.indices.contains { y in
                            x != y && one.accounts[x].evidence.contains { $0.article.id == a }
                                && one.accounts[y].evidence.contains { $0.article.id == b }
                        }
                    }
                }
                #expect(found.differ == differ.map(\.reference))
            }
        }
    }

    /// Two articles that stand side by side in one account are of one mind.
    @Test func sidesOfOneAccountDoNotDiffer() throws {
        func differ(_ a: String, _ b: String) throws -> [String] {
            try coverage.database.read { try $0.compare(a, b) }.differ.map(\.id)
        }
        #expect(try differ("envoy-lands", "talks-in-karst") == ["whether-they-met"])
        #expect(try differ("envoy-lands", "notes-from-teal-island") == ["custody-of-quill", "reach-of-arvenia"])
        #expect(try differ("notes-from-teal-island", "talks-in-karst") == ["reach-of-arvenia", "what-of-the-island"])
    }

    @Test(arguments: [1, 2, 7, 100])
    func givesTheMatrixPageByPage(limit: Int) throws {
        var rows: [CoverageMatrix.Row] = []
        var after: [SortValue]?
        repeat {
            let page = try coverage.database.read {
                try $0.coverage(FactType.allCases.filter { $0 != .article }, limit: limit, after: after)
            }
            #expect(page.articles.map(\.id) == ["envoy-lands", "talks-in-karst", "notes-from-teal-island"])
            #expect(page.total == .exact(facts.count))
            #expect(page.rows.count <= limit)
            rows += page.rows
            after = page.next
        } while after != nil
        #expect(rows.map(\.fact) == facts.map(\.reference))
        #expect(rows.map(\.fact.name) == facts.map(\.reference.name))
        let articles = ["envoy-lands", "talks-in-karst", "notes-from-teal-island"]
        #expect(rows.map(\.reportedBy) == facts.map { fact in articles.map(fact.articles.contains) })
    }

    @Test func givesTheMatrixOfSomeTypes() throws {
        let matrix = try coverage.database.read { try $0.coverage([.place, .statement], limit: 100, after: nil) }
        #expect(matrix.total == .exact(13))
        #expect(matrix.rows.map(\.fact) == facts.map(\.reference).filter { [.place, .statement].contains($0.type) })
        // An organization of the same id is another fact.
        #expect(matrix.rows.first { $0.fact.id == "arvenia" }?.reportedBy == [false, false, true])
    }
}
