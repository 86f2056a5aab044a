// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// Carries out the edits of one request in the writer's transaction: all of them, or none.
struct Editor {
    /// How many referrers a refusal names.
    private static let namedReferrers = 20

    private let recorder: Recorder
    private let reader: Reader
    private let faults = FaultList()
    private let refusals = RefusalList()
    private let articles: TypeEdits<Article>
    private let organizations: TypeEdits<Organization>
    private let places: TypeEdits<Place>
    private let people: TypeEdits<Person>
    private let issues: TypeEdits<Issue>
    private let events: TypeEdits<Event>
    private let statements: TypeEdits<Coverage.Statement>
    private let discrepancies: TypeEdits<Discrepancy>

    /// - Parameter known: what is wrong with the request beside the edits.
    init(_ recorder: Recorder, besides known: [FaultList.Fault] = []) {
        for fault in known { faults.add(fault.pointer, fault.message) }
        self.recorder = recorder
        reader = Reader(recorder.connection)
        articles = TypeEdits(reader, faults)
        organizations = TypeEdits(reader, faults)
        places = TypeEdits(reader, faults)
        people = TypeEdits(reader, faults)
        issues = TypeEdits(reader, faults)
        events = TypeEdits(reader, faults)
        statements = TypeEdits(reader, faults)
        discrepancies = TypeEdits(reader, faults)
        all = [articles, organizations, places, people, issues, events, statements, discrepancies]
    }

    /// What was found in the texts of new articles, by their ids.
    var findings: [String: Findings] { articles.findings }

    /// In the order in which records are written: what others cite and name comes first.
    private let all: [any EditsOfType]

    /// - Returns: what became of each edit, in order.
    /// - Throws: `EditRefusal`, with all that can be told by then; nothing may be kept of what was done.
    func perform(_ edits: [Edit]) throws -> [EditOutcome] {
        for (index, edit) in edits.enumerated() {
            for edits in all where edits.type == edit.type {
                try refusals.collect { try edits.take(edit, index: index) }
            }
        }
        if faults.isEmpty { try completeVariants() }
        let touched = all.filter { !$0.isEmpty }
        try checkContents(of: touched)
        try refuse()

        var outcomes = [EditOutcome?](repeating: nil, count: edits.count)
        for edits in touched { try edits.write(with: recorder, &outcomes) }
        for edits in touched { try edits.refuseReferred(in: self) }
        try refuse()
        for edits in touched.reversed() { try edits.delete(with: recorder, &outcomes) }
        let records = try recorder.finish()
        try checkRules(edits)
        try refuse()
        return outcomes.compactMap { outcome -> EditOutcome? in
            guard var outcome else { return nil }
            outcome.stored = records[outcome.reference]
            return outcome
        }
    }

    private func refuse() throws {
        if let refusal = refusals.together(with: faults.faults) { throw refusal }
    }

    // MARK: Contents

    private func checkContents(of touched: [any EditsOfType]) throws {
        var check = RecordCheck(over: reader, besides: faults)
        for edits in touched { edits.announce(to: &check) }
        try check.checkSources(articles.records)
        for edits in touched { try edits.check(with: &check) }
        try check.checkTree(places.records, member: "within", column: "within_id", parent: \.within)
        try check.checkTree(issues.records, member: "broader", column: "broader_id", parent: \.broader)
        try check.checkTree(events.records, member: "partOf", column: "part_of_id", parent: \.partOf)
        for fault in check.faults { faults.add(fault.pointer, fault.message) }
    }

    /// That two statements are variants of each other stands in both: saying it, or no more, of one changes the other.
    private func completeVariants() throws {
        for placed in statements.records {
            let record = placed.record
            let before = try reader.record(record.id, of: Coverage.Statement.self)?.value.variants ?? []
            // Also what was said before, so that one side alone is mended; unless another edit says what is so now.
            for added in record.variants where !before.contains(added) || !statements.writes(added.id) {
                try changeVariants(of: added.id, from: placed.pointer) { variants in
                    variants.contains(record.reference) ? variants : variants + [record.reference]
                }
            }
            for removed in before where !record.variants.contains(removed) {
                try changeVariants(of: removed.id, from: placed.pointer) { variants in
                    variants.filter { $0 != record.reference }
                }
            }
        }
    }

    private func changeVariants(
        of id: String, from pointer: JSONPointer, _ change: ([Reference]) -> [Reference]
    ) throws {
        // What is deleted says nothing any more.
        guard !statements.leaving.contains(Reference(.statement, id)) else { return }
        // What another edit of the request says of it counts, else what it is.
        let edited = statements.records.first { $0.record.id == id }?.record
        let existing = edited == nil ? try reader.record(id, of: Coverage.Statement.self) : nil
        guard let other = edited ?? existing?.value else { return }
        let variants = change(other.variants)
        if variants != other.variants {
            statements.follow(other.with(variants: variants), from: pointer, existing: existing)
        }
    }

    // MARK: What all records keep together

    func refuseReferred<Record: EditableFact>(_ removal: TypeEdits<Record>.Removal) throws {
        let reference = removal.record.value.reference
        let leaving = Set(all.flatMap(\.leaving))
        let limit = Self.namedReferrers + leaving.count
        let referrers = try RecordTable.referrers(to: reference, limit: limit, on: recorder.connection)
            .filter { !leaving.contains($0) }
        if referrers.isEmpty { return }
        refusals.add(
            .referredTo(reference, by: Array(referrers.prefix(Self.namedReferrers)), index: removal.index))
    }

    /// Holds what was written, and what depends on it, against the rules of coverage.
    private func checkRules(_ edits: [Edit]) throws {
        let written = all.flatMap(\.written)
        let findings = try CoverageRules.findings(about: Set(written.map(\.reference)), on: recorder.connection)
        for finding in findings {
            let own = written.first { $0.reference.type.rawValue == finding.type && $0.reference.id == finding.id }
            let pointer = own?.pointer ?? edits.first?.pointer ?? JSONPointer()
            let whose = own == nil ? " of the \(finding.type) '\(finding.id)'" : ""
            faults.add(pointer, "breaks a rule of the coverage\(whose): \(finding.reason)")
        }
    }
}

/// Why edits of one request are refused, collected as faults are.
private final class RefusalList {
    private var refusals: [EditRefusal] = []

    func add(_ refusal: EditRefusal) { refusals.append(refusal) }

    /// Notes a refusal instead of ending with it.
    func collect(_ body: () throws -> Void) throws {
        do { try body() } catch let refusal as EditRefusal { add(refusal) }
    }

    /// Nil when there is nothing to refuse.
    func together(with faults: [FaultList.Fault]) -> EditRefusal? {
        switch (refusals.count, faults.isEmpty) {
        case (0, true): nil
        case (0, false): .faulty(faults)
        case (1, true): refusals.first
        default: .several(refusals, faults)
        }
    }
}

/// `TypeEdits` of whatever type.
private protocol EditsOfType {
    var type: FactType { get }
    /// Whether there is none.
    var isEmpty: Bool { get }
    var written: [(reference: Reference, pointer: JSONPointer)] { get }
    var leaving: [Reference] { get }
    func take(_ edit: Edit, index: Int) throws
    func announce(to check: inout RecordCheck)
    func check(with check: inout RecordCheck) throws
    func write(with recorder: Recorder, _ outcomes: inout [EditOutcome?]) throws
    func refuseReferred(in editor: Editor) throws
    func delete(with recorder: Recorder, _ outcomes: inout [EditOutcome?]) throws
}

extension TypeEdits: EditsOfType {
    fileprivate var type: FactType { Record.type }
    fileprivate var written: [(reference: Reference, pointer: JSONPointer)] {
        records.map { ($0.record.reference, $0.pointer) }
    }
    fileprivate var leaving: [Reference] { removals.map { $0.record.value.reference } }

    fileprivate func announce(to check: inout RecordCheck) {
        check.expect(records)
        for (article, text) in texts { check.expect(text.draft.paragraphs, of: article) }
        for reference in leaving { check.expectNoMore(reference.type, reference.id) }
    }

    fileprivate func check(with check: inout RecordCheck) throws {
        try check.check(records)
        for removal in removals {
            guard let successor = removal.replacedBy else { continue }
            try check.checkSuccessor(
                Reference(Record.type, successor), at: removal.pointer.appending(member: "replacedBy"))
        }
        try check.checkAnchors(records)
    }

    fileprivate func refuseReferred(in editor: Editor) throws {
        for removal in removals { try editor.refuseReferred(removal) }
    }
}
