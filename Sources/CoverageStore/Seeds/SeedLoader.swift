// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// What loading the seeds changed.
package struct SeedReport: Sendable, Equatable {
    package struct Counts: Sendable, Equatable {
        package var created = 0
        package var updated = 0
        package var unchanged = 0
    }

    /// By file, without its ending, in the order of loading.
    package private(set) var counts: [(name: String, counts: Counts)] = []

    package var changes: Int { counts.reduce(0) { $0 + $1.counts.created + $1.counts.updated } }

    mutating func add(_ name: String, _ counts: Counts) { self.counts.append((name, counts)) }

    package static func == (a: SeedReport, b: SeedReport) -> Bool {
        a.counts.elementsEqual(b.counts) { $0.name == $1.name && $0.counts == $1.counts }
    }
}

/// Loads seeds in the writer's transaction: all of them or, when anything is wrong, nothing.
package enum SeedLoader {
    package static func load(_ seeds: SeedSet, with recorder: Recorder) throws -> SeedReport {
        let check = try SeedCheck(seeds, over: Reader(recorder.connection))
        guard check.faults.isEmpty else { throw FaultySeeds(faults: check.faults) }
        var report = SeedReport()
        try record(seeds.articles, with: recorder, in: &report)
        try record(seeds.organizations, with: recorder, in: &report)
        try record(seeds.places, with: recorder, in: &report)
        try record(seeds.people, with: recorder, in: &report)
        try record(seeds.issues, with: recorder, in: &report)
        try record(seeds.events, with: recorder, in: &report)
        try record(seeds.statements, with: recorder, in: &report)
        try record(seeds.discrepancies, with: recorder, in: &report)
        try write(seeds.overlaps, with: recorder, in: &report)
        return report
    }

    private static func record<Record: StoredFact>(
        _ records: [Record], with recorder: Recorder, in report: inout SeedReport
    ) throws {
        var counts = SeedReport.Counts()
        for record in records {
            switch try recorder.record(record) {
            case .created: counts.created += 1
            case .updated: counts.updated += 1
            case .unchanged: counts.unchanged += 1
            }
        }
        report.add(Record.type.collection, counts)
    }

    /// What was measured on the texts of both stands; seeds fill in for texts that are not there.
    private static func write(
        _ overlaps: [StoredOverlap], with recorder: Recorder, in report: inout SeedReport
    ) throws {
        var counts = SeedReport.Counts()
        let withText = Set(try ParagraphStore.articlesWithText(recorder.connection))
        for overlap in overlaps {
            let known = try Reader(recorder.connection).overlap(of: overlap.a, with: overlap.b)
            if known == overlap.overlap || (known != nil && withText.isSuperset(of: [overlap.a, overlap.b])) {
                counts.unchanged += 1
                continue
            }
            try overlap.write(to: recorder.connection)
            if known == nil { counts.created += 1 } else { counts.updated += 1 }
        }
        report.add("overlaps", counts)
    }
}
