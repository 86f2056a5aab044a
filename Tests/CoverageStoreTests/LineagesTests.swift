// SPDX-License-Identifier: Apache-2.0

import Coverage
import Digests
import TestSupport
import Testing

@testable import CoverageStore

/// Many copies of one text.
@Suite struct LineagesTests {
    private static let count = 300

    private static func id(_ number: Int) -> String { "copy-\(1000 + number)" }

    /// Three hundred articles of which each is linked to the first ones.
    private func copies(linkedTo hubs: Int) throws -> TestCoverage {
        let coverage = try TestCoverage(nil)
        try coverage.database.write(.import, by: TestCoverage.desk) { recorder in
            for id in (0..<Self.count).map(Self.id) {
                _ = try recorder.record(
                    Article(
                        id: id, source: "\(id).txt", headline: id, publisher: nil, credit: nil, published: nil,
                        url: nil,
                        lineage: nil, words: 1, sha256: SHA256.hex(of: id), digests: [SHA256.hex(of: id)]))
            }
            let nothing = Overlap(passages: [], copiedA: 0, copiedB: 0)
            for hub in 0..<hubs {
                for other in (hub + 1)..<Self.count {
                    try StoredOverlap(Self.id(hub), Self.id(other), nothing)
                        .write(to: recorder.connection, kinship: Kinship(confidence: 0.9, reason: "The same words."))
                }
            }
        }
        return coverage
    }

    private func groups(_ coverage: TestCoverage) throws -> [String: Int] {
        let lineages = try coverage.database.read { try $0.lineages(of: (0..<Self.count).map(Self.id)) }
        return Dictionary(lineages.values.map { ($0.lineage?.group ?? "none", 1) }, uniquingKeysWith: +)
    }

    /// In as few neighbourhoods as will do, whoever is linked to whom.
    @Test(arguments: [1, 64, 299])
    func areMeasuredTogether(hubs: Int) throws {
        let coverage = try copies(linkedTo: hubs)
        let measured = try coverage.database.transact { connection, _ in
            try Lineages(connection).measure(around: (0..<Self.count).map(Self.id)) { _ in false }.map(\.articles)
        }
        #expect(measured.map(\.count) == [Lineages.bound, Lineages.bound])
        #expect(Set(measured.joined()).count == Self.count)
        #expect(try groups(coverage) == [Self.id(0): Self.count])
    }

    /// The others are then called after the next, each with a proposal that says so.
    @Test func areRenamedWhenTheFirstOnesGo() throws {
        let coverage = try copies(linkedTo: 64)
        _ = try coverage.database.transact { connection, time in
            try ProposalStore(connection, at: time).renewLineages(around: (0..<Self.count).map(Self.id)).count
        }
        try coverage.edit([coverage.delete(.article, Self.id(0))])
        #expect(try groups(coverage) == [Self.id(1): Self.count - 1])
        try coverage.edit((1..<11).map { coverage.delete(.article, Self.id($0)) })
        #expect(try groups(coverage) == [Self.id(11): Self.count - 11])
        var query = ProposalQuery()
        query.kinds = [.lineage]
        query.limit = 1000
        let proposals = try coverage.database.read { try $0.proposals(query) }
        #expect(proposals.count == Self.count - 11 && proposals.allSatisfy { $0.state == .open })
        #expect(try coverage.findings() == [])
    }
}
