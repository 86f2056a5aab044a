// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// Writes proposals in the writer's transaction.
struct ProposalStore {
    /// How many one reading makes at most, the surest.
    private static let most = 200

    let connection: Connection
    let time: String
    var reader: Reader { Reader(connection) }

    init(_ connection: Connection, at time: String) {
        self.connection = connection
        self.time = time
    }

    /// Makes the open proposals about an article those of its last reading. What an editor has decided or edited stays as
    /// it is, and so does what stands on paragraphs that have changed: it is stale, and the editor may want to see it.
    /// - Parameter kinds: those that the reading was about.
    /// - Returns: how many of the drafts wait for an editor now.
    func renew(_ drafts: [ProposalDraft], of article: String, kinds: Set<ProposalKind>) throws -> Int {
        var waiting = 0
        var kept = Set<String>()
        for draft in drafts.sorted(by: { ($1.confidence, $0.id) < ($0.confidence, $1.id) }).prefix(Self.most)
        where kept.insert(draft.id).inserted {
            if try keep(draft, of: article) { waiting += 1 }
        }
        for proposal in try openProposals(readFrom: article) where !kept.contains(proposal.id) {
            let isOver = kinds.contains(proposal.kind) && !proposal.isEdited && !proposal.isStale
            if isOver { try delete(proposal.number) }
        }
        return waiting
    }

    /// - Returns: whether it waits for an editor.
    private func keep(_ draft: ProposalDraft, of article: String) throws -> Bool {
        guard let known = try reader.proposal(draft.id) else {
            try insert(draft)
            return true
        }
        guard known.state == .open else { return false }
        let draft = draft.keeping(known, except: article)
        let isSame =
            known.name == draft.name && known.reason == draft.reason && known.confidence == draft.confidence
            && known.content == draft.content && known.grounds == draft.grounds
        if !known.isEdited, !isSame { try update(known, to: draft) }
        return true
    }

    private func update(_ known: StoredProposal, to draft: ProposalDraft) throws {
        try connection.run(
            """
            UPDATE proposals SET name = ?, reason = ?, confidence = ?, target_type = ?, target_id = ?, content = ?,
                revision = revision + 1, updated_at = ? WHERE number = ?
            """, .text(draft.name), .text(draft.reason), .real(draft.confidence),
            Self.text(draft.target?.type.rawValue),
            Self.text(draft.target?.id), .text(Self.text(draft.content)), .text(time), .integer(Int64(known.number)))
        try write(draft.grounds, of: known.number)
    }

    private func insert(_ draft: ProposalDraft) throws {
        let row = try connection.prepare(
            """
            INSERT INTO proposals (id, kind, state, name, reason, confidence, target_type, target_id, content, revision,
                updated_at)
            VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, 1, ?) RETURNING number
            """)
        try row.bind(1, draft.id)
        try row.bind(2, draft.kind.rawValue)
        try row.bind(3, draft.name)
        try row.bind(4, draft.reason)
        try row.bind(5, draft.confidence)
        try row.bind(6, draft.target?.type.rawValue)
        try row.bind(7, draft.target?.id)
        try row.bind(8, Self.text(draft.content))
        try row.bind(9, time)
        guard try row.step() else { throw LostRow(description: "the proposal '\(draft.id)' has no row") }
        let number = row.int(0)
        try row.run()
        try write(draft.grounds, of: number)
    }

    private func write(_ grounds: [Ground], of proposal: Int) throws {
        try connection.run("DELETE FROM grounds WHERE proposal = ?", .integer(Int64(proposal)))
        for (position, ground) in grounds.enumerated() {
            let row = try connection.prepare("INSERT INTO grounds VALUES (?, ?, ?, ?, ?, ?, ?)")
            try row.bind(1, proposal)
            try row.bind(2, position)
            try row.bind(3, ground.article.id)
            try row.bind(4, ground.paragraph)
            try row.bind(5, ground.range?.lowerBound)
            try row.bind(6, ground.range?.upperBound)
            try row.bind(7, ground.digest)
            try row.run()
        }
    }

    /// Those that the reading of this article made: they stand on it first of all.
    private func openProposals(readFrom article: String) throws -> [StoredProposal] {
        try proposals(on: article).filter { $0.state == .open && $0.grounds.first?.article.id == article }
    }

    private func proposals(on article: String) throws -> [StoredProposal] {
        var query = ProposalQuery()
        query.article = article
        query.limit = .max
        return try reader.proposals(query)
    }

    // MARK: Changing

    /// Notes what an editor has made of a proposal.
    func update(_ proposal: StoredProposal, _ change: ProposalChange, audit: Int) throws {
        let isDecided = change.state != .open
        try connection.run(
            """
            UPDATE proposals SET state = ?, content = ?, is_edited = ?, target_type = ?, target_id = ?, remark = ?,
                decided_at = ?, audit = ?, revision = revision + 1, updated_at = ? WHERE number = ?
            """, .text(change.state.rawValue), .text(Self.text(change.content)),
            .integer(proposal.isEdited || change.content != proposal.content ? 1 : 0),
            Self.text(change.record?.type.rawValue), Self.text(change.record?.id), Self.text(change.remark),
            Self.text(isDecided ? time : nil), isDecided ? .integer(Int64(audit)) : .null, .text(time),
            .integer(Int64(proposal.number)))
    }

    private func delete(_ number: Int) throws {
        try connection.run("DELETE FROM grounds WHERE proposal = ?", .integer(Int64(number)))
        try connection.run("DELETE FROM proposals WHERE number = ?", .integer(Int64(number)))
    }

    // MARK: Articles that go

    /// Takes an article that is deleted from under what stands on it. An event that other articles tell too stays with them; all
    /// else goes. What an editor has made of such an event keeps its words, and cites what is gone until an editor mends it.
    /// - Returns: the ids of the others, which say what that article told, and have to be told anew.
    func leave(_ article: String) throws -> [String] {
        var untold: [String] = []
        for proposal in try proposals(on: article) {
            let others = proposal.grounds.filter { $0.article.id != article }
            guard proposal.kind == .event, !others.isEmpty else {
                try delete(proposal.number)
                continue
            }
            try write(others, of: proposal.number)
            try connection.run(
                "UPDATE proposals SET revision = revision + 1, updated_at = ? WHERE number = ?", .text(time),
                .integer(Int64(proposal.number)))
            if proposal.state == .open, !proposal.isEdited { untold.append(proposal.id) }
        }
        return untold
    }

    /// Has an event that waits say what the articles tell that it still stands on. It goes where they tell of none that is not on
    /// record.
    /// - Parameter budget: as of `Reader.retold`.
    func tellAnew(_ id: String, with names: NameCache, budget: inout Int) throws {
        guard let proposal = try reader.proposal(id) else { return }
        switch try reader.retold(proposal, names.known(reader), budget: &budget) {
        case .unread: return
        case .untold: try delete(proposal.number)
        case .told(let draft): try update(proposal, to: draft)
        }
    }

    // MARK: Records that go and come back

    /// Moves the revisions of the proposals that would change a record, or were made it: it went, or came back, and what an editor
    /// can decide of them hangs on that.
    func noteFate(of record: Reference) throws {
        try connection.run(
            "UPDATE proposals SET revision = revision + 1, updated_at = ? WHERE target_type = ? AND target_id = ?",
            .text(time), .text(record.type.rawValue), .text(record.id))
    }

    private static func text(_ text: String?) -> Value { text.map(Value.text) ?? .null }

    private static func text(_ content: JSONValue) -> String {
        var writer = JSONWriter()
        writer.write(content)
        return String(decoding: writer.finish(), as: UTF8.self)
    }
}

/// What becomes of a proposal.
struct ProposalChange {
    var state: ProposalState
    var content: JSONValue
    var record: Reference?
    var remark: String?
}

extension ProposalDraft {
    /// The same with what a proposal stands on in other articles than the one that was read.
    fileprivate func keeping(_ known: StoredProposal, except article: String) -> ProposalDraft {
        guard kind == .event, case .object(var object) = content, case .array(let new)? = object["evidence"] else {
            return self
        }
        object["evidence"] = .array(new.adding(known.content.evidence(except: article)))
        let grounds = grounds + known.grounds.filter { $0.article.id != article && !self.grounds.contains($0) }
        return ProposalDraft(
            kind: kind, name: name, reason: reason, confidence: confidence, target: target, content: .object(object),
            grounds: grounds, identity: identity, knownID: knownID)
    }
}
