// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

/// Holds a set of seeds against itself and the database.
enum SeedCheck {
    static func faults(of seeds: SeedSet, over reader: Reader) throws -> [FaultySeeds.Fault] {
        var check = RecordCheck(over: reader)
        check.expect(seeds.articles)
        check.expect(seeds.organizations)
        check.expect(seeds.places)
        check.expect(seeds.people)
        check.expect(seeds.issues)
        check.expect(seeds.events)
        check.expect(seeds.statements)
        check.expect(seeds.discrepancies)

        try check.checkSources(seeds.articles)
        try check.check(seeds.organizations)
        try check.check(seeds.places)
        try check.check(seeds.people)
        try check.check(seeds.issues)
        try check.check(seeds.events)
        try check.check(seeds.statements)
        try check.check(seeds.discrepancies)
        let overlaps = try faults(of: seeds.overlaps, check: &check)
        try check.checkTree(seeds.places, member: "within", column: "within_id", parent: \.within)
        try check.checkTree(seeds.issues, member: "broader", column: "broader_id", parent: \.broader)
        try check.checkTree(seeds.events, member: "partOf", column: "part_of_id", parent: \.partOf)
        return check.faults.map {
            FaultySeeds.Fault(
                file: SeedFiles.fileName(of: $0.type), pointer: $0.pointer.description, message: $0.message)
        } + overlaps
    }

    private static func faults(of overlaps: [StoredOverlap], check: inout RecordCheck) throws -> [FaultySeeds.Fault] {
        var faults: [FaultySeeds.Fault] = []
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
                guard let count = try check.paragraphCount(of: Reference(.article, id)) else {
                    refuse("there is no article '\(id)'")
                    continue
                }
                if let beyond = spans.first(where: { $0.paragraph > count }) {
                    refuse("'\(id)' has \(count) paragraphs, not \(beyond.paragraph)")
                }
            }
        }
        return faults
    }
}
