// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/proposals`: what reading articles proposes, and what an editor makes of it.
enum ProposalRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/v1/proposals") { request, _, context in .now(try list(request, in: context)) },
            try Route(.get, "/v1/proposals/{id}") { request, parameters, context in
                .now(try item(parameters["id"], request, in: context))
            },
            try Route(.patch, "/v1/proposals/{id}") { request, parameters, context in
                try decide(parameters["id"], WriteRequest(request, in: context))
            },
        ]
    }

    // MARK: Reading

    private static func list(_ request: Request, in context: Context) throws -> Response {
        let reader = context.reader
        var query = try QueryReader(request, known: ["kind", "state", "article", "limit", "cursor", "format"])
        var wanted = ProposalQuery()
        wanted.kinds = (query.list("kind", among: ProposalKind.allCases.map(\.rawValue)) ?? [])
            .compactMap(ProposalKind.init)
        wanted.states = (query.list("state", among: ProposalState.allCases.map(\.rawValue)) ?? [])
            .compactMap(ProposalState.init)
        wanted.article = try query.article("article", reader: reader)
        wanted.limit = query.limit()
        let cursor = query.single("cursor")
        try query.format()
        try query.finish()
        let total = try reader.countProposals(wanted)
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        wanted.after =
            try cursor.map { cursor in
                try Cursor.position(cursor, fingerprint: fingerprint, version: nil, in: 1..<Int.max)
            } ?? 0
        let limit = wanted.limit
        wanted.limit += 1
        let found = try reader.proposals(wanted)
        let page = found.prefix(limit)
        let next = found.count > limit ? page.last?.number : nil
        let nextCursor = next.map {
            Cursor.encode([.integer(Int64($0))], fingerprint: fingerprint, version: nil)
        }
        let rendering = ProposalRendering(context)
        var writer = JSONWriter(capacity: 1024 * (page.count + 1))
        try writer.object { json in
            try json.array("data") { json in
                for proposal in page { try json.proposal(proposal, rendering, reader) }
            }
            json.page(limit: limit, total: total, next: nextCursor)
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: nextCursor))
    }

    private static func item(_ id: String, _ request: Request, in context: Context) throws -> Response {
        var query = try QueryReader(request, known: ["format"])
        try query.format()
        try query.finish()
        let proposal = try find(id, in: context)
        var writer = JSONWriter(capacity: 2048)
        try writer.proposal(proposal, ProposalRendering(context), context.reader)
        return .json(writer, revision: proposal.revision)
    }

    /// - Throws: a 404 that names the nearest.
    private static func find(_ id: String, in context: Context) throws -> StoredProposal {
        if let proposal = try context.reader.proposal(id) { return proposal }
        throw Problem.unknownProposal(id, among: try context.reader.proposalIDs(near: id))
    }

    // MARK: Deciding

    private static func decide(_ id: String, _ writing: WriteRequest) throws -> Answer {
        try writing.takeNoParameters()
        let condition = try writing.condition()
        let patch = try writing.content(WriteRequest.mergePatch)
        _ = try find(id, in: writing.context)
        let (isMinimal, rendering) = (writing.isMinimal, ProposalRendering(writing.context))
        return writing.decide(ProposalEdit(id, patch, if: condition)) { reader, proposal in
            try KeptAnswer(proposal, rendering, reader, isMinimal: isMinimal)
        }
    }
}

/// How proposals look to one client.
struct ProposalRendering: Sendable {
    let links: Links
    let excerpts: Excerpts
    /// Whether the client may know who decided.
    let isAdmin: Bool

    init(_ context: Context) {
        links = context.settings.links
        excerpts = context.settings.excerpts
        isAdmin = context.isAdmin
    }
}

extension KeptAnswer {
    /// What a decision answers: the proposal as reading gives it, unless the client wants little.
    fileprivate init(
        _ proposal: StoredProposal, _ rendering: ProposalRendering, _ reader: Reader, isMinimal: Bool
    ) throws {
        var writer = JSONWriter(capacity: 2048)
        try writer.proposal(proposal, rendering, reader)
        let content = writer.finish()
        var fields = [(name: "ETag", value: Response.entityTag(of: content, revision: proposal.revision))]
        if isMinimal {
            fields.append((name: "Preference-Applied", value: Preferences.minimal))
        } else {
            fields.append((name: "Content-Type", value: "application/json"))
            fields.append((name: "Content-Location", value: rendering.links.link("/v1/proposals/\(proposal.id)")))
        }
        self.init(status: isMinimal ? 204 : 200, fields: fields, content: isMinimal ? [] : content)
    }
}

extension JSONWriter {
    fileprivate mutating func proposal(
        _ proposal: StoredProposal, _ view: ProposalRendering, _ reader: Reader
    ) throws {
        let rendering = Rendering(links: view.links, texts: nil)
        try object { json in
            json.member("id", proposal.id)
            json.member("type", "proposal")
            json.member("name", proposal.name)
            json.member("href", view.links.link("/v1/proposals/\(proposal.id)"))
            json.member("kind", proposal.kind.rawValue)
            json.member("state", proposal.state.rawValue)
            json.member("reason", proposal.reason)
            json.member("confidence", proposal.confidence)
            json.member("record")
            json.reference(proposal.record, rendering)
            json.member("content")
            json.write(proposal.content)
            try json.array("grounds") { json in
                for ground in proposal.grounds {
                    let text = try reader.text(of: ground, view.excerpts)
                    json.object { json in
                        json.member("article")
                        json.reference(ground.article, rendering)
                        json.member("paragraph", ground.paragraph)
                        json.member("start", ground.range?.lowerBound)
                        json.member("end", ground.range?.upperBound)
                        json.member("text", text)
                    }
                }
            }
            json.member("isEdited", proposal.isEdited)
            json.member("isStale", proposal.isStale)
            json.member("remark", proposal.remark)
            json.member("decidedAt", proposal.decidedAt)
            json.member("decidedBy", view.isAdmin ? proposal.decidedBy : nil)
            json.member("revision", proposal.revision)
            json.member("updatedAt", proposal.updatedAt)
        }
    }
}

extension Problem {
    fileprivate static func unknownProposal(_ id: String, among candidates: [String]) -> Problem {
        let near = nearest(to: id, among: candidates).map { "; did you mean '\($0)'?" } ?? "."
        let detail = "There is no proposal '\(id)' here\(near)"
        return Problem(.notFound, detail, faults: [.init(.parameter("id"), detail)])
    }

    /// Why nothing was made of a proposal.
    init(_ refusal: ProposalRefusal) {
        switch refusal {
        case .unknown(let id): self = .unknownProposal(id, among: [])
        case .conditionFailed(let id, let revision):
            let detail = "The proposal '\(id)' is at revision \(revision) now; read it again and decide anew."
            self.init(.preconditionFailed, detail, faults: [.init(.header("If-Match"), detail)])
        case .stale(let id, let grounds):
            let places = grounds.map { "paragraph \($0.paragraph) of '\($0.article.id)'" }.joined(separator: ", ")
            let detail = "The proposal '\(id)' stands on \(places), not all of which is as it was read."
            self.init(.proposalStale, detail, faults: [.init(.pointer("/state"), detail)])
        case .accepted(let id, let record):
            let place = record.map { " in the \($0.type.rawValue) '\($0.id)'" } ?? ""
            let detail = "The proposal '\(id)' was accepted: what it says stands\(place), and is changed there."
            self.init(.proposalAccepted, detail, faults: [.init(.pointer("/state"), detail)])
        }
    }
}
