// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// The edits of one request that concern one type: first all of them are understood, then all are written.
final class TypeEdits<Record: EditableFact> {
    struct Removal {
        let record: Stored<Record>
        let replacedBy: String?
        let pointer: JSONPointer
        let index: Int
    }

    private struct Source {
        /// The edit that a record stands for; nil where it only follows from one.
        let index: Int?
        /// What the record is until then; nil when it is new.
        let existing: Stored<Record>?
    }

    private(set) var records: [Placed<Record>] = []
    private(set) var removals: [Removal] = []
    /// Where each of `records` comes from.
    private var sources: [Source] = []
    private var ids: Set<String> = []
    /// The texts that new articles are made of.
    private(set) var texts: [String: IncomingText] = [:]
    /// What was found in them.
    private(set) var findings: [String: Findings] = [:]
    private let reader: Reader
    private let faults: FaultList

    var isEmpty: Bool { records.isEmpty && removals.isEmpty }

    init(_ reader: Reader, _ faults: FaultList) {
        self.reader = reader
        self.faults = faults
    }

    // MARK: Understanding

    /// Reads an edit and holds its condition against the record; what is wrong with its content goes to the faults.
    /// - Throws: `EditRefusal`.
    func take(_ edit: Edit, index: Int) throws {
        let pointer = edit.pointer
        switch edit.action {
        case .create(let content):
            let text = text(of: edit)
            let draft = try draft(content, text, at: pointer, index: index)
            texts[draft.id] = text
            add(Placed(record: draft, pointer: pointer), Source(index: index, existing: nil))
        case .replace(let id, let content, .absent):
            if let present = try reader.record(id, of: Record.self) {
                throw EditRefusal.conditionFailed(
                    .absent, Record.type, id: id, revision: present.revision, index: index)
            }
            let last = try reader.lastRevision(of: id, Record.self)
            texts[id] = last == nil ? text(of: edit) : nil
            add(content, id: id, from: last, at: pointer, Source(index: index, existing: nil))
        case .replace(let id, let content, let condition):
            let present = try present(id, condition, index)
            add(content, id: id, from: present.value, at: pointer, Source(index: index, existing: present))
        case .patch(let id, let patch, let condition):
            let present = try present(id, condition, index)
            // For its names alone: one that the patch takes away must be a member too.
            _ = read(patch, at: pointer, passing: Record.draftMembers)
            refuseFixed(in: patch, of: present, at: pointer)
            add(
                present.value.content.merged(with: patch), id: id, from: present.value, at: pointer,
                Source(index: index, existing: present))
        case .delete(let id, let replacedBy, let condition):
            let present = try present(id, condition, index)
            guard isFirst(id, at: pointer) else { return }
            removals.append(Removal(record: present, replacedBy: replacedBy, pointer: pointer, index: index))
        }
    }

    /// Adds the content of a record of this id.
    private func add(
        _ content: JSONValue, id: String, from last: Record?, at pointer: JSONPointer, _ source: Source
    ) {
        let named = named(id, content, at: pointer)
        add(Placed(record: record(named, id: id, from: last, at: pointer), pointer: pointer), source)
    }

    private func add(_ placed: Placed<Record>, _ source: Source) {
        guard isFirst(placed.record.id, at: placed.pointer) else { return }
        records.append(placed)
        sources.append(source)
    }

    private func isFirst(_ id: String, at pointer: JSONPointer) -> Bool {
        let isFirst = id.isEmpty || ids.insert(id).inserted
        if !isFirst { faults.add(pointer, "the \(Record.type) '\(id)' is changed here for the second time") }
        return isFirst
    }

    /// The record as it is, if the condition holds for it.
    private func present(_ id: String, _ condition: Edit.Condition, _ index: Int) throws -> Stored<Record> {
        guard let present = try reader.record(id, of: Record.self) else {
            if let tombstone = try reader.tombstone(id, of: Record.type) {
                throw EditRefusal.gone(tombstone, index: index)
            }
            throw EditRefusal.unknown(Record.type, id: id, index: index)
        }
        if case .revision(let revisions) = condition, !revisions.contains(present.revision) {
            throw EditRefusal.conditionFailed(
                condition, Record.type, id: id, revision: present.revision, index: index)
        }
        return present
    }

    // MARK: Content

    /// Who patches a member wants it otherwise; who sends a whole record back may have read it long ago.
    private func refuseFixed(in patch: JSONValue, of present: Stored<Record>, at pointer: JSONPointer) {
        guard case .object(let object) = patch else { return }
        for fixed in Record.fixedMembers(of: present)
        where object.contains(fixed.name) && object[fixed.name] != fixed.value {
            faults.add(
                pointer.appending(member: fixed.name),
                "is worked out from the text, and changes with it alone: leave it out")
        }
    }

    /// - Parameters:
    ///   - others: members that are let pass beside those of the record.
    ///   - list: where faults go to; nil for those of the request.
    private func read(
        _ content: JSONValue, at pointer: JSONPointer, passing others: [String] = [], to list: FaultList? = nil
    ) -> ObjectReader {
        ObjectReader(
            content, at: pointer, faults: list ?? faults, members: Record.members,
            derived: Record.derivedMembers + others)
    }

    /// The text that an edit brings for a new article; nil where there is none, or one at fault.
    private func text(of edit: Edit) -> IncomingText? {
        guard edit.bringsText, let content = edit.newContent else { return nil }
        return edit.text ?? ArticleDraft(of: content).map { IncomingText($0) }
    }

    /// - Parameter last: what the record is, or last was; nil when it is new.
    private func record(_ content: JSONValue, id: String, from last: Record?, at pointer: JSONPointer) -> Record {
        let completed = Record.completed(content, from: last, texts[id], at: pointer, faults: faults)
        return record(completed, since: last, at: pointer)
    }

    /// Reads complete content, held to what it changes.
    private func record(_ content: JSONValue, since last: Record?, at pointer: JSONPointer) -> Record {
        let found = FaultList()
        let record = Record(from: read(content, at: pointer, to: found))
        let old = found.isEmpty ? [] : oldFaults(in: record, since: last, at: pointer)
        for fault in found.faults where !old.contains(fault) { faults.add(fault.pointer, fault.message) }
        return record
    }

    /// What is wrong with members that stay as they were, such as texts from before they had to be stricter.
    private func oldFaults(in record: Record, since last: Record?, at pointer: JSONPointer) -> [FaultList.Fault] {
        guard let last, case .object(let before) = last.content, case .object(let after) = record.content else {
            return []
        }
        let found = FaultList()
        _ = Record(from: read(last.content, at: pointer, to: found))
        return found.faults.filter { fault in
            guard let member = fault.pointer.tokens.dropFirst(pointer.tokens.count).first else { return false }
            return before[member] == after[member]
        }
    }

    /// Content for the record of this id; neither that nor its type can change.
    private func named(_ id: String, _ content: JSONValue, at pointer: JSONPointer) -> JSONValue {
        guard case .object(var object) = content else { return content }
        check(type: object, at: pointer)
        if let given = object["id"], given != .string(id) {
            faults.add(pointer.appending(member: "id"), "cannot be changed: the record is '\(id)'")
        }
        object["id"] = .string(id)
        return .object(object)
    }

    private func check(type object: JSONObject, at pointer: JSONPointer) {
        guard let given = object["type"], given != .string(Record.type.rawValue) else { return }
        faults.add(pointer.appending(member: "type"), "must be '\(Record.type)': a record keeps its type")
    }

    /// What content makes of a record, whichever it then is.
    func record(_ content: JSONValue, from last: Record) -> Record {
        if case .object(let object) = content { check(type: object, at: JSONPointer()) }
        return record(content, since: last, at: JSONPointer())
    }

    /// A new record, its id made of its name unless it is given.
    private func draft(
        _ content: JSONValue, _ text: IncomingText?, at pointer: JSONPointer, index: Int
    ) throws -> Record {
        guard case .object(let given) = content else { return Record(from: read(content, at: pointer)) }
        check(type: given, at: pointer)
        let completed = Record.completed(content, from: nil, text, at: pointer, faults: faults)
        guard case .object(var object) = completed else { return Record(from: read(completed, at: pointer)) }
        if let id = given["id"], id != .null {
            if case .string(let id) = id, try ids.contains(id) || reader.isTaken(id, of: Record.type) {
                throw EditRefusal.taken(Record.type, id: id, index: index)
            }
        } else {
            let name: String? =
                if case .string(let name)? = object[Record.nameMember] { name } else { Record.otherName(in: object) }
            // Without a name there is a fault already.
            object["id"] = .string(
                try name.map { try reader.freeID(for: $0, of: Record.type, besides: ids) } ?? "unnamed")
        }
        return Record(from: read(.object(object), at: pointer))
    }

    /// Puts a record in the place of the one that is to be written, or adds what follows from another edit.
    /// - Parameter existing: what it is until then, where no edit was of it.
    func follow(_ record: Record, from pointer: JSONPointer, existing: Stored<Record>?) {
        if let index = records.firstIndex(where: { $0.record.id == record.id }) {
            records[index] = Placed(record: record, pointer: records[index].pointer)
        } else {
            add(Placed(record: record, pointer: pointer), Source(index: nil, existing: existing))
        }
    }

    /// Whether a record of this id is to be written.
    func writes(_ id: String) -> Bool { records.contains { $0.record.id == id } }

    // MARK: Writing

    func write(with recorder: Recorder, _ outcomes: inout [EditOutcome?]) throws {
        for (placed, source) in zip(records, sources) {
            let record = placed.record
            let (outcome, revision) = try recorder.record(record, over: source.existing)
            if let text = texts[record.id] {
                findings[record.id] = try TextKeeper(recorder, text).keep(of: record.id)
            }
            guard let index = source.index else { continue }
            let change: EditOutcome.Change =
                switch outcome {
                case .created: .created
                case .updated: .updated
                case .unchanged: .unchanged
                }
            outcomes[index] = EditOutcome(reference: record.reference, change: change, revision: revision)
        }
    }

    func delete(with recorder: Recorder, _ outcomes: inout [EditOutcome?]) throws {
        for removal in removals {
            let revision = try recorder.delete(removal.record, replacedBy: removal.replacedBy)
            outcomes[removal.index] = EditOutcome(
                reference: removal.record.value.reference, change: .deleted, revision: revision)
        }
    }
}
