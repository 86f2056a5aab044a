// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// What a record was before: `/v1/{type}/{id}/revisions`, and each as it was read then. Of deleted records too.
enum RevisionRoutes<Record: ServedFact> {
    static func operations() -> [Operation] {
        let path = "/v1/\(Record.type.collection)/{id}/revisions"
        let one = Record.type.rawValue
        return [
            Operation(
                OperationDeclaration(
                    .get, path, "list\(Record.schemaName)Revisions", .of(Record.type),
                    "List the revisions of one \(one)",
                    "Newest first; of a deleted \(one) too.",
                    parameters: [
                        PathParameter.id(of: Record.type), Parameter.limit, Parameter.cursor,
                        Parameter.format([.json]),
                    ],
                    answers: [.page(.list("RevisionList", of: .revisionEntry), "A page of revisions.")])
            ) { .now(try list($0)) },
            Operation(
                OperationDeclaration(
                    .get, "\(path)/{revision}", "get\(Record.schemaName)Revision", .of(Record.type),
                    "Read one \(one) as it was",
                    "In the form in which it can be PUT again. What follows from other records is as it is now.",
                    parameters: [
                        PathParameter.id(of: Record.type),
                        PathParameter("revision", .text(pattern: "^[1-9][0-9]*$"), "Its number.", example: "1"),
                        Parameter.format([.json]),
                    ],
                    answers: [.json(Record.schema, "The \(one) in that state.")], problems: [.gone])
            ) { .now(try revision($0)) },
        ]
    }

    /// Newest first. The whole is read at once; the page is cut from it.
    private static func list(_ call: Call) throws -> Response {
        let (request, id, context) = (call.request, call.path["id"], call.context)
        var query = try call.query()
        let limit = query.take(.limit)
        let cursor = query.take(.cursor)
        try query.format()
        try query.finish()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let all = try entries(of: id, context).sorted { $0.revision > $1.revision }
        let bound = try cursor.map {
            try Cursor.position($0, fingerprint: fingerprint, version: nil, in: 1..<Int.max)
        }
        let page = all.filter { $0.revision < bound ?? .max }.prefix(limit)
        let last = page.last?.revision ?? 0
        let next =
            last > (all.last?.revision ?? 0)
            ? Cursor.encode([.integer(Int64(last))], fingerprint: fingerprint, version: nil) : nil
        let href = context.settings.links.href(Record.type, id)
        var writer = JSONWriter(capacity: 256 * max(page.count, 1))
        writer.object { json in
            json.array("data") { json in
                for entry in page { json.revision(entry, of: href, isAdmin: context.isAdmin) }
            }
            json.page(limit: limit, total: .exact(all.count), next: next)
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: next))
    }

    private static func revision(_ call: Call) throws -> Response {
        try call.takeFormatOnly()
        let (text, id, context) = (call.path["revision"], call.path["id"], call.context)
        // One way to write a number, so that each revision is at one path.
        let number = Int(text).flatMap { String($0) == text ? $0 : nil }
        guard let number, let record = try context.reader.revision(number, of: id, Record.self) else {
            throw absence(text, of: id, among: try entries(of: id, context), context)
        }
        let view = RecordView(
            rendering: Rendering(links: context.settings.links, texts: nil), fields: nil, included: [])
        var writer = JSONWriter(capacity: 4096)
        Record.shape.write(record, view, position: 0, to: &writer)
        return .json(writer, revision: number)
    }

    /// - Throws: 404 for an id that never was.
    private static func entries(of id: String, _ context: Context) throws -> [RevisionEntry] {
        let entries = try context.reader.revisions(of: id, Record.type)
        guard entries.isEmpty else { return entries }
        throw Problem.unknown(id, of: Record.type, among: try context.reader.ids(near: id, of: Record.type))
    }

    /// Why there is no such state of the record: the revision was its deletion, or never was.
    private static func absence(
        _ text: String, of id: String, among entries: [RevisionEntry], _ context: Context
    ) -> Problem {
        let last = entries.map(\.revision).max() ?? 0
        if let entry = entries.first(where: { String($0.revision) == text }), entry.change == .deleted {
            let before = entries.map(\.revision).filter { $0 < entry.revision }.max()
            let remedy = before.map { "; the state before it is revision \($0)" } ?? ""
            let detail = "Revision \(text) of the \(Record.type.rawValue) '\(id)' is its deletion\(remedy)."
            return Problem(.gone, detail, faults: [.init(.parameter("revision"), detail)])
        }
        let detail = "The \(Record.type.rawValue) '\(id)' has no revision '\(text)'; the last one is \(last)."
        return Problem(.notFound, detail, faults: [.init(.parameter("revision"), detail)])
    }
}

extension Schema {
    fileprivate static let revisionEntry = Schema.named(
        "RevisionEntry",
        .object([
            Property("revision", .revision, "Its number, from 1."),
            Property("change", .change, "What brought it about."),
            Property("at", .timestamp, "When it came about."),
            Property(
                "by", .nullable(.text), "Whose token; null for who has not the scope admin, or where it is not known."),
            Property("href", .href, "Where the record in this state is."),
        ]))
}

extension JSONWriter {
    fileprivate mutating func revision(_ entry: RevisionEntry, of href: String, isAdmin: Bool) {
        object { json in
            json.member("revision", entry.revision)
            json.member("change", entry.change.rawValue)
            json.member("at", entry.at)
            json.member("by", isAdmin ? entry.by : nil)
            json.member("href", "\(href)/revisions/\(entry.revision)")
        }
    }
}
