// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// Every citation of a fact and of its parts, checked now. The whole is read at once, since it is bounded by the fact;
/// the page is cut from it.
enum EvidenceList<Record: ServedFact> {
    /// - Parameters:
    ///   - path: that of the record's collection.
    ///   - one: the word for one of them.
    static func operation(_ path: String, _ one: String, keeping fixed: [Filter<Record.Field>]) -> Operation {
        Operation(
            OperationDeclaration(
                .get, "\(path)/{id}/evidence", "list\(one.capitalizedFirst)Evidence", .of(Record.type),
                "List what is cited for one \(one)",
                """
                Every paragraph that is cited for it and its parts, held now against the article's text where that has been \
                imported.
                """,
                parameters: [
                    PathParameter.id(of: Record.type), Parameter.limit, Parameter.expiringCursor,
                    Parameter.format([.json]),
                ],
                answers: [.page(schema, "A page of citations."), .moved], problems: [.gone])
        ) { call in
            .now(try answer(to: call, about: FactRoutes<Record>.find(call.path["id"], fixed, call.context)))
        }
    }

    private static var schema: Schema {
        let prefix = Record.type == .event ? "Event" : ""
        return .list("\(prefix)EvidenceList", of: .evidence(statuses: Record.type == .event))
    }

    private static func answer(to call: Call, about record: Stored<Record>) throws -> Response {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let limit = query.take(.limit)
        let cursor = query.take(.expiringCursor)
        try query.format()
        try query.finish()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let all = try context.reader.evidence(of: record.value.reference, excerpts: context.settings.excerpts)
        let page = try CutPage(of: all, from: cursor, limit: limit, fingerprint: fingerprint, version: record.revision)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = context.writer(capacity: 512 * (page.elements.count + 1))
        writer.object { json in
            json.array("data") { json in
                for evidence in page.elements { json.evidence(evidence, rendering, statuses: Record.type == .event) }
            }
            json.page(limit: limit, total: .exact(all.count), next: page.next)
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: page.next))
    }
}

extension Schema {
    fileprivate static func evidence(statuses: Bool) -> Schema {
        .named(
            statuses ? "EventEvidence" : "Evidence",
            .object(
                citationMembers(statuses: statuses).filter { $0.name != "text" } + [
                    Property(
                        "part", .nullable(.text),
                        "Which part of the record it supports, such as `offices/0`; null for the record as a whole."),
                    Property("digest", .digest, "SHA-256 of the paragraph when it was cited."),
                    Property("state", .closed(Evidence.State.self), "Whether the paragraph still says so."),
                    Property(
                        "text", .nullable(.text),
                        "The paragraph, as far as the operator lets it out; null where its text was not imported."),
                ]
            ).described("A citation, held against the article."))
    }
}

extension JSONWriter {
    fileprivate mutating func evidence(_ evidence: Evidence, _ rendering: Rendering, statuses: Bool) {
        object { json in
            json.members(of: evidence.citation, rendering, status: statuses)
            json.member("part", evidence.part.isEmpty ? nil : evidence.part)
            json.member("digest", evidence.digest)
            json.member("state", evidence.state.rawValue)
            json.member("text", evidence.citation.text)
        }
    }
}
