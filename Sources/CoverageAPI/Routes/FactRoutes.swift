// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// The list, the items and the evidence of one type of record.
enum FactRoutes<Record: ServedFact> {
    /// - Parameters:
    ///   - collection: the path segment, the type's own unless the list is a view of it.
    ///   - fixed: what every record of the view matches.
    static func routes(
        at collection: String = Record.type.collection, keeping fixed: [Filter<Record.Field>] = []
    ) throws -> [Route<Context>] {
        let path = "/v1/\(collection)"
        let list = try Route<Context>(.get, path) { request, _, context in
            .now(try Self.list(request, fixed: fixed, in: context))
        }
        let item = try Route<Context>(.get, "\(path)/{id}") { request, parameters, context in
            .now(try Self.item(parameters["id"], request, fixed: fixed, in: context))
        }
        // An article is what facts are cited from; it is cited from nothing.
        if Record.type == .article { return [list, item] }
        let evidence = try Route<Context>(.get, "\(path)/{id}/evidence") { request, parameters, context in
            .now(try EvidenceList.answer(to: request, about: Self.find(parameters["id"], fixed, context), in: context))
        }
        return [list, item, evidence]
    }

    private static func list(
        _ request: Request, fixed: [Filter<Record.Field>], in context: Context
    ) throws -> Response {
        let parameters = try ListParameters<Record>(request, fixed: fixed, reader: context.reader)
        let page = try context.reader.page(parameters.query)
        let view = try parameters.selection.view(of: page.items, in: context)
        let next = page.next.map {
            Cursor.encode($0, fingerprint: parameters.fingerprint, version: parameters.version)
        }
        var writer = JSONWriter(capacity: 2048 * max(page.items.count, 1))
        writer.object { json in
            json.array("data") { json in
                for (position, item) in page.items.enumerated() {
                    Record.shape.write(item, view, position: position, to: &json)
                }
            }
            json.page(limit: parameters.query.limit, total: page.total, next: next)
        }
        let link = context.settings.links.page(parameters.items, at: request.path, next: next)
        return .json(writer, link: link)
    }

    private static func item(
        _ id: String, _ request: Request, fixed: [Filter<Record.Field>], in context: Context
    ) throws -> Response {
        var query = try QueryReader(request, known: Selection<Record>.names)
        let selection = Selection<Record>(&query)
        try query.finish()
        let record = try find(id, fixed, context)
        let view = try selection.view(of: [record], in: context)
        var writer = JSONWriter(capacity: 4096)
        Record.shape.write(record, view, position: 0, to: &writer)
        return .json(writer, revision: record.revision)
    }

    /// The record of this id within the view, or a 404 that names the nearest.
    private static func find(
        _ id: String, _ fixed: [Filter<Record.Field>], _ context: Context
    ) throws -> Stored<Record> {
        let reader = context.reader
        if let record = try reader.record(id, of: Record.self), try reader.matches(record, fixed) { return record }
        let near =
            nearest(to: id, among: try reader.ids(of: Record.self, fixed)).map { "; did you mean '\($0)'?" } ?? "."
        let detail = "There is no \(Record.type.rawValue) '\(id)' here\(near)"
        throw Problem(.notFound, detail, faults: [.init(.parameter("id"), detail)])
    }
}

extension JSONWriter {
    /// The `page` member of every list.
    mutating func page(limit: Int, total: ListTotal, next: String?) {
        object("page") { json in
            json.member("limit", limit)
            switch total {
            case .exact(let number):
                json.member("total", number)
                json.member("totalIs", "exact")
            case .atLeast(let number):
                json.member("total", number)
                json.member("totalIs", "atLeast")
            }
            json.member("next", next)
        }
    }
}
