// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import JSON
internal import SQLite

/// What loading the seeds changed.
package struct SeedReport: Sendable, Equatable {
    package struct Counts: Sendable, Equatable {
        package var created = 0
        package var updated = 0
        package var unchanged = 0
        /// An editor has changed or deleted them since they were seeded, or what they point at.
        package var kept = 0

        var changes: Int { created + updated }
    }

    /// By file, without its ending, in the order of loading.
    package private(set) var counts: [(name: String, counts: Counts)] = []
    /// What both an editor and the seeds have changed, or what the seeds have point at what an editor has deleted: kept as the
    /// editor has it, unless the seeds were to win.
    package internal(set) var conflicts: [Reference] = []

    package var changes: Int { records + overlaps }
    /// Of records: each of these changes has a number in the log of changes.
    package var records: Int { counts.reduce(0) { $0 + ($1.name == Self.overlaps ? 0 : $1.counts.changes) } }
    /// Of what articles share: figures about pairs of them, no records.
    package var overlaps: Int { counts.reduce(0) { $0 + ($1.name == Self.overlaps ? $1.counts.changes : 0) } }

    fileprivate static let overlaps = "overlaps"

    mutating func add(_ name: String, _ counts: Counts) { self.counts.append((name, counts)) }

    package static func == (a: SeedReport, b: SeedReport) -> Bool {
        a.conflicts == b.conflicts && a.counts.elementsEqual(b.counts) { $0.name == $1.name && $0.counts == $1.counts }
    }
}

/// Loads seeds in the writer's transaction: all of them or, when anything is wrong, nothing.
package enum SeedLoader {
    /// - Parameter force: whether the seeds win over what editors have changed.
    package static func load(_ seeds: SeedSet, force: Bool = false, with recorder: Recorder) throws -> SeedReport {
        var (seeds, choice) = (seeds, SeedChoice(connection: recorder.connection, force: force))
        try seeds.choose(&choice)
        let reader = Reader(recorder.connection)
        try seeds.keepEditions(of: reader)
        let faults = try SeedCheck.faults(of: seeds, over: reader)
        guard faults.isEmpty else { throw FaultySeeds(faults: faults) }
        var report = SeedReport()
        report.conflicts = choice.conflicts
        var written: [Reference: String] = [:]
        func record<Record: ReadableFact>(_ records: [Placed<Record>]) throws {
            var counts = SeedReport.Counts()
            counts.kept = choice.kept[Record.type] ?? 0
            for placed in records {
                let outcome = try recorder.record(placed.record).outcome
                if outcome != .unchanged { written[placed.record.reference] = placed.pointer.description }
                switch outcome {
                case .created: counts.created += 1
                case .updated: counts.updated += 1
                case .unchanged: counts.unchanged += 1
                }
            }
            report.add(Record.type.collection, counts)
        }
        try record(seeds.articles)
        try record(seeds.organizations)
        try record(seeds.places)
        try record(seeds.people)
        try record(seeds.issues)
        try record(seeds.events)
        try record(seeds.statements)
        try record(seeds.discrepancies)
        try write(seeds.overlaps, with: recorder, in: &report)
        try recorder.finish()
        try checkRules(written, on: recorder.connection)
        return report
    }

    /// Holds what was written, with its places in the files, and what depends on it against the rules of coverage.
    private static func checkRules(_ written: [Reference: String], on connection: Connection) throws {
        let faults = try CoverageRules.findings(about: Set(written.keys), on: connection).map { finding in
            let type = FactType(rawValue: finding.type)
            let pointer = type.flatMap { written[Reference($0, finding.id)] }
            return FaultySeeds.Fault(
                file: type.map(SeedFiles.fileName) ?? finding.type, pointer: pointer ?? "",
                message: pointer == nil ? "then of '\(finding.id)': \(finding.reason)" : finding.reason)
        }
        guard faults.isEmpty else { throw FaultySeeds(faults: faults) }
    }

    /// What was measured on the texts of both stands; seeds fill in for texts that are not there.
    private static func write(
        _ overlaps: [StoredOverlap], with recorder: Recorder, in report: inout SeedReport
    ) throws {
        var counts = SeedReport.Counts()
        let withText = Set(try ParagraphStore.articlesWithText(recorder.connection))
        for overlap in overlaps {
            let known = try Reader(recorder.connection).overlap(of: overlap.a, with: overlap.b)
            if known == overlap.overlap || withText.isSuperset(of: [overlap.a, overlap.b]) {
                counts.unchanged += 1
                continue
            }
            try overlap.write(to: recorder.connection)
            if known == nil { counts.created += 1 } else { counts.updated += 1 }
        }
        report.add(SeedReport.overlaps, counts)
    }
}
