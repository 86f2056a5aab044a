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
            try Self.list(request, fixed: fixed, in: context)
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
    ) throws -> Answer {
        var query = try QueryReader(request, known: ListParameters<Record>.names)
        let parameters = try ListParameters<Record>(
            &query, path: request.path, fixed: fixed, reader: context.reader)
        if parameters.format != .json {
            let export = Export(path: request.path, parameters: parameters, settings: context.settings)
            return context.clerk.later { [database = context.database] in try database.read(export.response) }
        }
        let page = try context.reader.page(parameters.query)
        let items = parameters.shown(page.items)
        let facets = try parameters.facets.compactMap { field in
            try context.reader.facet(field, of: parameters.query).map { (name: field.rawValue, counts: $0) }
        }
        let view = try parameters.selection.view(of: items, in: context)
        let next = page.next.map {
            Cursor.encode($0, fingerprint: parameters.fingerprint, version: parameters.version)
        }
        var writer = JSONWriter(capacity: 2048 * max(page.items.count, 1))
        writer.object { json in
            json.array("data") { json in
                for (position, item) in items.enumerated() {
                    Record.shape.write(item, view, position: position, to: &json)
                }
            }
            json.page(limit: parameters.query.limit, total: page.total, next: next)
            if !facets.isEmpty { json.facets(facets) }
        }
        let link = context.settings.links.page(parameters.items, at: request.path, next: next)
        return .now(.json(writer, link: link))
    }

    private static func item(
        _ id: String, _ request: Request, fixed: [Filter<Record.Field>], in context: Context
    ) throws -> Response {
        let names = Selection<Record>.names + ["format"] + (Record.isReported ? [reporting] : [])
        var query = try QueryReader(request, known: names)
        let selection = Selection<Record>(&query)
        try query.format()
        let reporter = Record.isReported ? try query.article(reporting, reader: context.reader) : nil
        try query.finish()
        var record = try find(id, fixed, context)
        if let reporter { record = record.with(try reported(record.value, by: reporter)) }
        let view = try selection.view(of: [record], in: context)
        var writer = JSONWriter(capacity: 4096)
        Record.shape.write(record, view, position: 0, to: &writer)
        return .json(writer, revision: record.revision)
    }

    private static var reporting: String { "asReportedBy" }

    /// The record as one article has it, or a 404 that names the articles that do have it.
    private static func reported(_ record: Record, by article: String) throws -> Record {
        let reported = record.reported(by: article)
        guard reported.evidence.isEmpty else { return reported }
        var articles: [String] = []
        for citation in record.evidence where !articles.contains(citation.article.id) {
            articles.append(citation.article.id)
        }
        let verb = articles.count == 1 ? "does" : "do"
        let detail = "'\(article)' does not report it; \(articles.joined(separator: ", ")) \(verb)."
        throw Problem(.notFound, detail, faults: [.init(.parameter(reporting), detail)])
    }

    /// The record of this id within the view.
    /// - Throws: a 404 that names the nearest; for what was deleted `Moved` or a 410.
    static func find(
        _ id: String, _ fixed: [Filter<Record.Field>], _ context: Context
    ) throws -> Stored<Record> {
        let reader = context.reader
        if let record = try reader.record(id, of: Record.self), try reader.matches(record, fixed) { return record }
        if let tombstone = try reader.tombstone(id, of: Record.type) {
            throw try moved(tombstone, context) ?? Problem.gone(tombstone, to: context.isAdmin)
        }
        throw Problem.unknown(id, of: Record.type, among: try reader.ids(near: id, of: Record.self, fixed))
    }

    /// Where the record stands that a deleted one was replaced by: the same path below that one.
    private static func moved(_ tombstone: Tombstone, _ context: Context) throws -> (any Error)? {
        guard let id = try context.reader.successor(of: tombstone),
            let record = try context.reader.record(id, of: Record.self)
        else { return nil }
        let request = context.clerk.request
        // Behind `/v1/{type}/{id}`.
        let below = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(4)
        let path = ([context.settings.links.href(Record.type, id)[...]] + below).joined(separator: "/")
        return Moved(
            reference: record.value.reference, location: path + (request.query.map { "?\($0)" } ?? ""))
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

    /// Counts by member, each without the list's own filter on it.
    mutating func facets(_ facets: [(name: String, counts: [FacetCount])]) {
        object("facets") { json in
            for facet in facets {
                json.member(named: facet.name)
                json.array { json in
                    for count in facet.counts {
                        json.object {
                            $0.member("value", count.value)
                            $0.member("name", count.name)
                            $0.member("count", count.count)
                        }
                    }
                }
            }
        }
    }
}
