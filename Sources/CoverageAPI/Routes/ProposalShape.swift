// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

// How proposals look, and why one is not decided.

extension Schema {
    static let proposal = Schema.named(
        "Proposal",
        .object([
            Property("id", .slug, "Names the proposal; the same whenever the same is read."),
            Property("type", .choice(["proposal"]), "A proposal, not a record."),
            Property("name", .text, "What it would be called."),
            Property("href", .href, "Where it is."),
            Property("kind", .closed(ProposalKind.self), "What it proposes to do."),
            Property("state", .closed(ProposalState.self), "How far an editor has come with it."),
            Property("reason", .text, "Why it is proposed."),
            Property("confidence", .number(0...1), "How sure the reading is."),
            Property("record", .nullable(.reference), "The record that it would change, or that was made of it."),
            Property(
                "isRecordGone", .flag, "Whether that record was deleted since: what was accepted can be decided anew."),
            Property("content", .value(["type": "object"]), "What would be written, in the shape of the record."),
            Property("grounds", .array(.ground, atLeast: 1), "Where in the articles it stands."),
            Property("isEdited", .flag, "Whether an editor has changed the content: later readings then leave it."),
            Property(
                "isStale", .flag,
                "Whether a paragraph it stands on has changed since, or an article that it cites is gone."),
            Property("remark", .nullable(.text), "What the editor said to the decision."),
            Property("decidedAt", .nullable(.timestamp), "When it was accepted or rejected."),
            Property("decidedBy", .nullable(.text), "By whose token; for the scope admin only."),
            Property("revision", .revision, "Counts its changes."),
            Property("updatedAt", .timestamp, "When it was last changed."),
        ]))

    static let renewal = Schema.named(
        "Renewal",
        .object([Property("article", .referenceInput(isTyped: false), "Whose text is to be read.")], isClosed: true))

    static let renewed = Schema.named(
        "Renewed",
        .object([
            Property("article", .reference, "The article."),
            Property("found", .nullable(.findings), "What was found in its text; null where that is not here."),
        ]))

    private static let ground = Schema.named(
        "Ground",
        .object([
            Property("article", .reference, "The article."),
            Property("paragraph", .integer(from: 1), "The n-th of its lines that are not blank."),
            Property("start", .nullable(.integer(from: 0)), "The first Unicode scalar; null for the whole paragraph."),
            Property("end", .nullable(.integer(from: 0)), "Behind the last one."),
            Property("text", .nullable(.text), "What stands there, as far as the operator lets it out."),
        ]))

    static let decision = Schema.named(
        "Decision",
        .object(
            [
                Property("state", .closed(ProposalState.self), "What becomes of it.", isRequired: false),
                Property(
                    "content", .value(["type": "object"]), "A merge patch of what would be written.", isRequired: false),
                Property("remark", .nullable(.text), "Why; needed to reject.", isRequired: false),
            ]
                + [
                    "id", "type", "name", "href", "kind", "reason", "confidence", "grounds", "record", "isRecordGone",
                    "isEdited", "isStale", "decidedAt", "decidedBy", "revision", "updatedAt",
                ].map { Property($0, .anything, "Taken and ignored.", isRequired: false) }, isClosed: true))
}

extension JSONWriter {
    mutating func proposal(
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
            json.member("isRecordGone", proposal.isRecordGone)
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
    static func unknownProposal(_ id: String, among candidates: [String]) -> Problem {
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
        case .accepted(let id, let record, let isGone):
            let place = record.map { "the \($0.type.rawValue) '\($0.id)'" } ?? "a record"
            let detail =
                isGone
                ? "The proposal '\(id)' was accepted, and \(place) was deleted since: say with 'state' what becomes of it now."
                : "The proposal '\(id)' was accepted: what it says stands in \(place), and is changed there."
            self.init(.proposalAccepted, detail, faults: [.init(.pointer("/state"), detail)])
        }
    }
}
