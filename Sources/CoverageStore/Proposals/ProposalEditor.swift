// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON
internal import SQLite

/// What an editor makes of a proposal.
package struct ProposalEdit: Sendable {
    package let id: String
    /// A JSON merge patch (RFC 7396) of `state`, `content` and `remark`.
    package let patch: JSONValue
    package let condition: Edit.Condition

    package init(_ id: String, _ patch: JSONValue, if condition: Edit.Condition) {
        self.id = id
        self.patch = patch
        self.condition = condition
    }
}

/// Why nothing was made of a proposal.
package enum ProposalRefusal: Error, Sendable {
    case unknown(String)
    /// It is not at a revision that the condition names.
    case conditionFailed(String, revision: Int)
    /// It stands on paragraphs that have changed or gone since: it cannot be accepted.
    case stale(String, [Ground])
    /// It was accepted: what it says stands in the record now, unless that was deleted since.
    case accepted(String, Reference?, isGone: Bool)
}

/// Carries out the edits of proposals in the writer's transaction. What is accepted becomes a record through the same
/// `Editor`, and by the same rules, as what an editor writes.
struct ProposalEditor {
    private static let members = ["state", "content", "remark"]
    /// What an answer has beside, and a request may repeat.
    private static let derived = [
        "id", "type", "name", "href", "kind", "reason", "confidence", "grounds", "record", "isRecordGone", "isEdited",
        "isStale", "decidedAt", "decidedBy", "revision", "updatedAt",
    ]
    private static let content = JSONPointer().appending(member: "content")

    private let recorder: Recorder
    private let rehearsal: Recorder
    private let reader: Reader

    /// - Parameter rehearsal: another one for the same transaction, to try things out with.
    init(_ recorder: Recorder, rehearsal: Recorder) {
        self.recorder = recorder
        self.rehearsal = rehearsal
        reader = Reader(recorder.connection)
    }

    /// - Throws: `ProposalRefusal`, `EditRefusal`; then nothing may be kept of what was done.
    func perform(_ edit: ProposalEdit) throws -> StoredProposal {
        guard let proposal = try reader.proposal(edit.id) else { throw ProposalRefusal.unknown(edit.id) }
        if case .revision(let revisions) = edit.condition, !revisions.contains(proposal.revision) {
            throw ProposalRefusal.conditionFailed(edit.id, revision: proposal.revision)
        }
        var change = try read(edit.patch, of: proposal)
        let isSame =
            change.state == proposal.state && change.content == proposal.content && change.remark == proposal.remark
        // What became of it is gone: an editor who says what shall become of it now is heard.
        let isDecidedAnew = proposal.isOver && edit.saysState
        if isSame && !isDecidedAnew { return proposal }
        if proposal.state == .accepted && !isDecidedAnew {
            throw ProposalRefusal.accepted(edit.id, proposal.record, isGone: proposal.isRecordGone)
        }
        if isDecidedAnew && proposal.kind.creates != nil { change.record = nil }
        if change.state == .accepted {
            change.record = try accept(proposal, change.content, with: recorder)
        } else if change.content != proposal.content {
            try rehearse(proposal, change.content)
        }
        // A remark alone changes nothing of what counts.
        let isSaidAnew = change.state != proposal.state || change.content != proposal.content
        if proposal.kind == .lineage, isSaidAnew, let article = proposal.record?.id {
            let lineages = Lineages(recorder.connection)
            if change.state == .rejected {
                try lineages.forget(change.content, of: article, proposal: proposal.id)
            } else {
                try lineages.setMeasured(change.content, of: article)
            }
        }
        let store = ProposalStore(recorder.connection, at: recorder.time)
        try store.update(proposal, change, audit: recorder.auditEntry())
        return try reader.proposal(edit.id) ?? proposal
    }

    private func read(_ patch: JSONValue, of proposal: StoredProposal) throws -> ProposalChange {
        let faults = FaultList()
        let reader = ObjectReader(
            patch, at: JSONPointer(), faults: faults, members: Self.members, derived: Self.derived)
        var change = ProposalChange(
            state: reader.optionalClosed("state") ?? proposal.state, content: proposal.content,
            record: proposal.record, remark: proposal.remark)
        if case .object(let object) = patch {
            if let content = object["content"] { change.content = proposal.content.merged(with: content) }
            if object["remark"] == .null { change.remark = nil }
        }
        if let remark = reader.optionalString("remark") { change.remark = remark }
        if case .object = change.content {} else { faults.add(Self.content, "must be an object") }
        if change.state == .rejected, change.remark == nil {
            faults.add(JSONPointer().appending(member: "remark"), "must say why the proposal is rejected")
        }
        if !faults.faults.isEmpty { throw EditRefusal.faulty(faults.faults) }
        return change
    }

    // MARK: Making facts

    private func accept(_ proposal: StoredProposal, _ content: JSONValue, with recorder: Recorder) throws -> Reference {
        // What the content cites is for the editor to mend, and looked at with all that it says.
        if proposal.isOutdated { throw ProposalRefusal.stale(proposal.id, proposal.grounds) }
        let edit = try edit(proposal, content)
        guard let outcome = try Editor(recorder).perform([edit]).first else {
            throw LostRow(description: "nothing became of the proposal '\(proposal.id)'")
        }
        return outcome.reference
    }

    /// Sees whether edited content could be accepted, and leaves no trace of it.
    private func rehearse(_ proposal: StoredProposal, _ content: JSONValue) throws {
        struct Rehearsed: Error {}
        let edit = try edit(proposal, content)
        do {
            try recorder.connection.savepoint {
                _ = try Editor(rehearsal).perform([edit])
                throw Rehearsed()
            }
        } catch is Rehearsed {}
    }

    private func edit(_ proposal: StoredProposal, _ content: JSONValue) throws -> Edit {
        if let type = proposal.kind.creates { return Edit(type, .create(content), at: Self.content) }
        guard let target = proposal.record else {
            throw LostRow(description: "the proposal '\(proposal.id)' changes nothing")
        }
        let patch = proposal.kind == .lineage ? content : try added(content, to: target)
        return Edit(target.type, .patch(id: target.id, with: patch, if: .present), at: Self.content)
    }

    /// A patch that adds the elements of lists to those that the record has.
    private func added(_ content: JSONValue, to target: Reference) throws -> JSONValue {
        guard case .object(let lists) = content, case .object(let present)? = try reader.content(of: target) else {
            return content
        }
        var patch = JSONObject()
        for (name, value) in lists.members.map({ ($0.name, $0.value) }) {
            guard case .array(let own)? = present[name], case .array(let new) = value else {
                patch[name] = value
                continue
            }
            patch[name] = .array(own.adding(new))
        }
        return .object(patch)
    }
}

extension StoredProposal {
    /// Whether it was accepted, and the record that has what it says was deleted since.
    fileprivate var isOver: Bool { state == .accepted && isRecordGone }
}

extension ProposalEdit {
    fileprivate var saysState: Bool {
        if case .object(let object) = patch { object["state"] != nil } else { false }
    }
}

extension Reader {
    /// A record as it would be written; nil when it is not there.
    func content(of reference: Reference) throws -> JSONValue? {
        try content(of: reference.id, reference.type.record)
    }

    private func content<Record: EditableFact>(of id: String, _ type: Record.Type) throws -> JSONValue? {
        try record(id, of: type)?.value.content
    }
}
