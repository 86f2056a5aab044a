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

    private(set) var records: [Placed<Record>] = []
    private(set) var removals: [Removal] = []
    /// The edit that each of `records` stands for; nil where it only follows from one.
    private var indices: [Int?] = []
    private var ids: Set<String> = []
    /// What the texts of new articles make of them.
    private var drafts: [String: ArticleDraft] = [:]
    /// What was found in those texts.
    private(set) var findings: [String: Findings] = [:]
    private let reader: Reader
    private let faults: FaultList

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
            try add(Placed(record: draft(content, at: pointer, index: index), pointer: pointer), index: index)
        case .replace(let id, let content, .absent):
            if let present = try reader.record(id, of: Record.self) {
                throw EditRefusal.conditionFailed(Record.type, id: id, revision: present.revision, index: index)
            }
            let last = try reader.lastRevision(of: id, Record.self)
            add(content, id: id, from: last, at: pointer, index: index)
        case .replace(let id, let content, let condition):
            add(content, id: id, from: try present(id, condition, index).value, at: pointer, index: index)
        case .patch(let id, let patch, let condition):
            let present = try present(id, condition, index).value
            // For its names alone: one that the patch takes away must be a member too.
            _ = read(patch, at: pointer)
            add(present.content.merged(with: patch), id: id, from: present, at: pointer, index: index)
        case .delete(let id, let replacedBy, let condition):
            let present = try present(id, condition, index)
            guard isFirst(id, at: pointer) else { return }
            removals.append(Removal(record: present, replacedBy: replacedBy, pointer: pointer, index: index))
        }
    }

    /// Adds the content of a record of this id.
    private func add(_ content: JSONValue, id: String, from last: Record?, at pointer: JSONPointer, index: Int) {
        let named = named(id, content, at: pointer)
        if last == nil { noteText(of: id, content) }
        add(Placed(record: record(named, from: last, at: pointer), pointer: pointer), index: index)
    }

    private func add(_ placed: Placed<Record>, index: Int?) {
        guard isFirst(placed.record.id, at: placed.pointer) else { return }
        records.append(placed)
        indices.append(index)
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
            throw EditRefusal.conditionFailed(Record.type, id: id, revision: present.revision, index: index)
        }
        return present
    }

    // MARK: Content

    private func read(_ content: JSONValue, at pointer: JSONPointer, _ faults: FaultList? = nil) -> ObjectReader {
        ObjectReader(
            content, at: pointer, faults: faults ?? self.faults, members: Record.members,
            derived: Record.derivedMembers)
    }

    private func record(_ content: JSONValue, from last: Record?, at pointer: JSONPointer) -> Record {
        let completed = Record.completed(content, from: last, at: pointer, faults: faults)
        return Record(from: read(completed, at: pointer))
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

    /// A new record, its id made of its name unless it is given.
    private func draft(_ content: JSONValue, at pointer: JSONPointer, index: Int) throws -> Record {
        guard case .object(let given) = content else { return Record(from: read(content, at: pointer)) }
        check(type: given, at: pointer)
        let completed = Record.completed(content, from: nil, at: pointer, faults: faults)
        guard case .object(var object) = completed else { return Record(from: read(completed, at: pointer)) }
        if let id = given["id"], id != .null {
            if case .string(let id) = id, try isTaken(id) {
                throw EditRefusal.taken(Record.type, id: id, index: index)
            }
        } else if case .string(let name)? = object[Record.nameMember] {
            object["id"] = .string(try freeID(for: name))
        } else if let name = Record.otherName(in: object) {
            object["id"] = .string(try freeID(for: name))
        } else {
            // Without a name there is a fault already.
            object["id"] = "unnamed"
        }
        let record = Record(from: read(.object(object), at: pointer))
        noteText(of: record.id, content)
        return record
    }

    /// Keeps the text that a new article is made from, to be stored with it.
    private func noteText(of id: String, _ content: JSONValue) {
        guard Record.type == .article, case .object(let object) = content, case .string(let text)? = object["text"]
        else { return }
        drafts[id] = ArticleDraft(text)
    }

    private func isTaken(_ id: String) throws -> Bool {
        try ids.contains(id) || reader.has(id, of: Record.type) || reader.tombstone(id, of: Record.type) != nil
    }

    /// The slug of a name, with a number behind it where it is taken.
    private func freeID(for name: String) throws -> String {
        // A name without letters that a slug could have still names something.
        guard let base = Slug.make(from: name) ?? Slug(Record.type.rawValue) else { return "" }
        var id = base
        var number: UInt32 = 2
        while try isTaken(id.description) {
            id = base.numbered(number)
            number += 1
        }
        return id.description
    }

    /// Puts a record in the place of the one that is to be written, or adds what follows from another edit.
    func follow(_ record: Record, from pointer: JSONPointer) {
        if let index = records.firstIndex(where: { $0.record.id == record.id }) {
            records[index] = Placed(record: record, pointer: records[index].pointer)
        } else {
            add(Placed(record: record, pointer: pointer), index: nil)
        }
    }

    // MARK: Writing

    func write(with recorder: Recorder, _ outcomes: inout [EditOutcome?]) throws {
        for (placed, index) in zip(records, indices) {
            let record = placed.record
            let (outcome, revision) = try recorder.record(record)
            var written = revision
            if let draft = drafts[record.id] {
                findings[record.id] = try TextKeeper(recorder).keep(draft, of: record.id)
                // What the text tells may have changed its article again.
                written = try reader.record(record.id, of: Record.self)?.revision ?? revision
            }
            guard let index else { continue }
            let change: EditOutcome.Change =
                switch outcome {
                case .created: .created
                case .updated: .updated
                case .unchanged: .unchanged
                }
            outcomes[index] = EditOutcome(reference: record.reference, change: change, revision: written)
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
