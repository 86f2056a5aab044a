// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/proposals`: what reading articles proposes, and what an editor makes of it.
enum ProposalRoutes {
    static func operations(_ inFlight: InFlightKeys) -> [Operation] {
        [
            Operation(
                OperationDeclaration(
                    .get, "/v1/proposals", "listProposals", .proposals, "List what reading articles proposes",
                    """
                    In the order in which they were made. Proposals are no facts: they are in no other list, and not among the \
                    changes, until an editor accepts them.
                    """,
                    parameters: [
                        kinds, states, article, Parameter.limit, Parameter.cursor, Parameter.format([.json]),
                    ],
                    answers: [.page(.list("ProposalList", of: .proposal), "A page of proposals.")])
            ) { .now(try list($0)) },
            Operation(
                OperationDeclaration(
                    .get, "/v1/proposals/{id}", "getProposal", .proposals, "Read one proposal",
                    "With its `ETag` it can be decided.", parameters: [id, Parameter.format([.json])],
                    answers: [.json(.proposal, "The proposal.")])
            ) { .now(try item($0)) },
            Operation(
                OperationDeclaration(
                    .patch, "/v1/proposals/{id}", "decideProposal", .proposals, "Accept, edit or reject one proposal",
                    """
                    `{"state": "accepted"}` makes a record of it, or changes the one it is about, like any other change and in the same \
                    step; `content` can be edited with it or before. `{"state": "rejected", "remark": "…"}` says why not, for good: no \
                    later reading brings it back. To say again what is so already changes nothing.
                    """, access: .token(.write),
                    parameters: [id, WriteHeader.ifMatch, WriteHeader.idempotencyKey, WriteHeader.prefer],
                    content: RequestContent(
                        type: WriteRequest.mergePatch.essence, schema: .decision, meaning: "What changes.",
                        examples: [("reject", ["state": "rejected", "remark": "The article says no such thing."])]),
                    answers: [
                        DeclaredAnswer(
                            200, "The proposal as it is now.", [("application/json", .proposal)],
                            fields: [.cacheControl, .eTag, .contentLocation, .idempotencyReplayed]),
                        DeclaredAnswer(
                            204, "Done, and nothing more to say, as was preferred.",
                            fields: [.cacheControl, .eTag, .preferenceApplied, .idempotencyReplayed]),
                    ],
                    problems: [
                        .notFound, .invalidCondition, .preconditionFailed, .preconditionRequired, .proposalStale,
                        .proposalAccepted, .idTaken, .gone,
                    ])
            ) { call in try WriteRequest.answer(call) { try decide(call.path["id"], $0, inFlight) } },
            Operation(
                OperationDeclaration(
                    .post, "/v1/proposals", "renewProposals", .proposals, "Have an article read again",
                    """
                    With the names that are known now: who was entered after it came in is found, and what it proposes is brought up to \
                    date. What an editor has edited or decided stays.
                    """, access: .token(.write), parameters: [WriteHeader.idempotencyKey],
                    content: RequestContent(
                        type: WriteRequest.json.essence, schema: .renewal, meaning: "Which article.",
                        examples: [("article", ["article": ["id": .string(Example.id(of: .article))]])]),
                    answers: [.written(200, "What was found.", .renewed, [])], problems: [.invalidCondition])
            ) { try WriteRequest.answer($0) { try renew($0, inFlight) } },
        ]
    }

    private static let kinds = Parameter.choices(
        "kind", of: ProposalKind.allCases.map(\.rawValue), "Only these kinds, separated by commas.")
    private static let states = Parameter.choices(
        "state", of: ProposalState.allCases.map(\.rawValue), "Only those in one of these states, separated by commas.")
    private static let article = Parameter.text(
        "article", .slug, "The id of an article: only what stands on it.", example: Example.id(of: .article))
    private static let id = PathParameter(
        "id", .slug, "The id of the proposal, as the list has it.", example: "event-0123456789abcdef")

    // MARK: Reading

    private static func list(_ call: Call) throws -> Response {
        let (request, context) = (call.request, call.context)
        let reader = context.reader
        var query = try call.query()
        var wanted = ProposalQuery()
        wanted.kinds = (query.take(kinds) ?? []).compactMap { ProposalKind(rawValue: $0) }
        wanted.states = (query.take(states) ?? []).compactMap { ProposalState(rawValue: $0) }
        wanted.article = try query.article(article, reader: reader)
        wanted.limit = query.take(.limit)
        let cursor = query.take(.cursor)
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

    private static func item(_ call: Call) throws -> Response {
        try call.takeFormatOnly()
        let proposal = try find(call.path["id"], in: call.context)
        var writer = JSONWriter(capacity: 2048)
        try writer.proposal(proposal, ProposalRendering(call.context), call.context.reader)
        return .json(writer, revision: proposal.revision)
    }

    /// - Throws: a 404 that names the nearest.
    private static func find(_ id: String, in context: Context) throws -> StoredProposal {
        if let proposal = try context.reader.proposal(id) { return proposal }
        throw Problem.unknownProposal(id, among: try context.reader.proposalIDs(near: id))
    }

    // MARK: Reading again

    private static func renew(_ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        try writing.takeNoParameters()
        try writing.takeNoConditions()
        let faults = FaultList()
        let content = ObjectReader(
            try writing.content(), at: JSONPointer(), faults: faults, members: ["article"], derived: [])
        let id = content.reference("article", to: .article).id
        let article = try writing.context.reader.record(id, of: Article.self)?.value.reference
        if article == nil, faults.faults.isEmpty {
            faults.add(JSONPointer().appending(member: "article"), "names no article that is here: '\(id)'")
        }
        guard let article, faults.faults.isEmpty else { throw RefusalWording.problem(faults.faults) }
        let (key, rendering) = (writing.key, Rendering(links: writing.context.settings.links, texts: nil))
        return writing.performLater(inFlight: inFlight, wording: writing.context.wording) { database, author in
            try database.readAgain(id, by: author, key: key) { findings in
                var writer = JSONWriter()
                writer.object { json in
                    json.member("article")
                    json.reference(article, rendering)
                    json.findings(findings)
                }
                return KeptAnswer(
                    status: 200, fields: [("Content-Type", "application/json")], content: writer.finish())
            }
        }
    }

    // MARK: Deciding

    private static func decide(_ id: String, _ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        try writing.takeNoParameters()
        let condition = try writing.condition()
        let patch = try writing.content(WriteRequest.mergePatch)
        _ = try find(id, in: writing.context)
        let (isMinimal, rendering) = (writing.isMinimal, ProposalRendering(writing.context))
        return writing.decide(ProposalEdit(id, patch, if: condition), inFlight: inFlight) { reader, proposal in
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
