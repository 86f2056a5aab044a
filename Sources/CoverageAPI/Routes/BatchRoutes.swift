// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `POST /v1/batch`: several changes, all or none. What they say of each other is checked when all are made.
enum BatchRoutes {
    static func routes(_ desk: WriteDesk) throws -> [Route<Context>] {
        [
            try Route(.post, "/v1/batch") { request, _, context in
                try perform(WriteRequest(request, in: context), desk)
            }
        ]
    }

    private static func perform(_ writing: WriteRequest, _ desk: WriteDesk) throws -> Answer {
        try writing.takeNoParameters()
        try writing.takeNoConditions()
        let key = try writing.key()
        let context = writing.context
        let edits = try ChangeList(writing.content(), links: context.settings.links).edits
        let wording = RefusalWording(
            isAdmin: context.isAdmin, isBatch: true, candidates: try candidates(edits, context.reader))
        let (isMinimal, links) = (writing.isMinimal, context.settings.links)
        return writing.perform(edits, key: key, desk: desk, wording: wording) { _, outcomes in
            if isMinimal {
                return KeptAnswer(status: 204, fields: [("Preference-Applied", Preferences.minimal)], content: [])
            }
            return answer(outcomes, links)
        }
    }

    private static func answer(_ outcomes: [EditOutcome], _ links: Links) -> KeptAnswer {
        let rendering = Rendering(links: links, texts: nil)
        var writer = JSONWriter(capacity: 256 * outcomes.count)
        writer.object { json in
            json.array("results") { json in
                for outcome in outcomes {
                    json.object { json in
                        json.member("change", outcome.change.rawValue)
                        json.member("revision", outcome.revision)
                        json.members(of: outcome.reference, rendering)
                    }
                }
            }
        }
        return KeptAnswer(status: 200, fields: [("Content-Type", "application/json")], content: writer.finish())
    }

    /// For the first changes of records that are not there, what could have been meant: looked for here, since the writer has
    /// better to do.
    private static func candidates(_ edits: [Edit], _ reader: Reader) throws -> [Int: [String]] {
        var candidates: [Int: [String]] = [:]
        for (index, edit) in edits.enumerated() where candidates.count < 3 {
            guard let id = edit.action.target, try !reader.has(id, of: edit.type) else { continue }
            candidates[index] = try reader.ids(near: id, of: edit.type)
        }
        return candidates
    }
}

extension Edit.Action {
    /// The id of the record that has to be there.
    fileprivate var target: String? {
        switch self {
        case .create, .replace(_, _, .absent): nil
        case .replace(let id, _, _), .patch(let id, _, _), .delete(let id, _, _): id
        }
    }
}
