// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// The list, the items and the evidence of one type of record.
enum FactRoutes<Record: ServedFact> {
    /// - Parameters:
    ///   - view: a list of some of the records only, with the path segment and the word for one of them.
    ///   - fixed: what every record of the view matches.
    static func operations(
        as view: (collection: String, one: String)? = nil, keeping fixed: [Filter<Record.Field>] = []
    ) -> [Operation] {
        let (collection, one) = view ?? (Record.type.collection, Record.type.rawValue)
        let path = "/v1/\(collection)"
        let list = Operation(
            OperationDeclaration(
                .get, path, "list\(collection.capitalizedFirst)", .of(Record.type), "List \(collection)",
                listDetail,
                parameters: ListParameters<Record>.parameters + [Parameter.format(Record.formats)],
                answers: [
                    .readable(
                        listContent, "A page, or in another form than JSON the whole list.",
                        fields: [.link.sometimes, .contentDisposition.sometimes])
                ])
        ) { try Self.list($0, fixed: fixed) }
        let item = Operation(
            OperationDeclaration(
                .get, "\(path)/{id}", "get\(one.capitalizedFirst)", .of(Record.type), "Read one \(one)",
                "`fields` and `include` say what of it is wanted.", parameters: itemParameters,
                answers: [.json(.anyOf([Record.schema, Record.excerpt]), "The \(one)."), .moved], problems: [.gone])
        ) { .now(try Self.item($0, fixed: fixed)) }
        // An article is what facts are cited from; it is cited from nothing.
        return [list, item]
            + (Record.type == .article ? [] : [EvidenceList<Record>.operation(path, one, keeping: fixed)])
    }

    private static var listDetail: String {
        """
        All of them, or those that the filters keep: several filters must all hold. Without `limit`, another form than JSON \
        gives the whole list at once.
        """
    }

    private static var listContent: [(type: String, schema: Schema)] {
        Record.formats.map { ($0.mediaType.essence, $0 == .json ? listOrExcerpts : $0.schema) }
    }

    private static var listOrExcerpts: Schema { .anyOf([Record.listSchema, Record.excerptListSchema]) }

    private static var itemParameters: [any DeclaredParameter] {
        [PathParameter.id(of: Record.type)] + Selection<Record>.parameters + [Parameter.format([.json])]
            + (Record.isReported ? [Parameter.asReportedBy] : [])
    }

    private static func list(_ call: Call, fixed: [Filter<Record.Field>]) throws -> Answer {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let parameters = try ListParameters<Record>(
            &query, path: request.path, fixed: fixed, reader: context.reader)
        if parameters.format != .json {
            let export = Export(path: request.path, parameters: parameters, settings: context.settings)
            return context.finisher.later { [database = context.database] in try database.read(export.response) }
        }
        let page = try context.reader.page(parameters.query)
        let facets = try parameters.facets.compactMap { field in
            try context.reader.facet(field, of: parameters.query, keeping: fixed).map {
                (name: field.rawValue, counts: $0)
            }
        }
        let next = page.next.map {
            Cursor.encode($0, fingerprint: parameters.fingerprint, version: parameters.version)
        }
        var writer = context.writer(capacity: 2048 * max(page.ids.count, 1))
        try writer.object { json in
            try json.array("data") { json in try write(page.ids, by: parameters, context, to: &json) }
            json.page(limit: parameters.query.limit, total: page.total, next: next)
            if !facets.isEmpty { json.facets(facets) }
        }
        let link = context.settings.links.page(parameters.items, at: request.path, next: next)
        return .now(.json(writer, link: link))
    }

    private static func item(_ call: Call, fixed: [Filter<Record.Field>]) throws -> Response {
        let context = call.context
        var query = try call.query()
        let selection = Selection<Record>(&query)
        try query.format()
        let reporter = Record.isReported ? try query.article(.asReportedBy, reader: context.reader) : nil
        try query.finish()
        var writer = context.writer(capacity: 4096)
        let id = call.path["id"]
        if fixed.isEmpty, let rows = try selection.rows(of: [id], reporter: reporter, in: context) {
            guard try rows.next() else { throw try absence(of: id, fixed, context) }
            try Record.shape.write(rows, selection.view(of: [id], in: context), to: &writer)
            return .json(writer, revision: rows.revision)
        }
        var record = try find(id, fixed, context)
        if let reporter { record = record.with(try reported(record.value, by: reporter)) }
        Record.shape.write(record, try selection.view(of: [id], in: context), position: 0, to: &writer)
        return .json(writer, revision: record.revision)
    }

    /// Writes the records of a page, as they are to be shown.
    private static func write(
        _ ids: [String], by parameters: ListParameters<Record>, _ context: Context, to json: inout JSONWriter
    ) throws {
        let selection = parameters.selection
        if let rows = try selection.rows(of: ids, reporter: parameters.reporter, in: context) {
            let view = try selection.view(of: ids, in: context)
            while try rows.next() { try Record.shape.write(rows, view, to: &json) }
        } else {
            let records = parameters.shown(try context.reader.records(ids))
            let view = try selection.view(of: records.map(\.value.id), in: context)
            for (position, record) in records.enumerated() {
                Record.shape.write(record, view, position: position, to: &json)
            }
        }
    }

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
        throw Problem(.notFound, detail, faults: [.init(.parameter(Parameter.asReportedBy.name), detail)])
    }

    /// The record of this id within the view.
    /// - Throws: what `absence` gives.
    static func find(
        _ id: String, _ fixed: [Filter<Record.Field>], _ context: Context
    ) throws -> Stored<Record> {
        let reader = context.reader
        if let record = try reader.record(id, of: Record.self), try reader.matches(record, fixed) { return record }
        throw try absence(of: id, fixed, context)
    }

    /// Why there is no such record within the view: a 404 that names the nearest; for what was deleted `Moved` or a 410.
    private static func absence(
        of id: String, _ fixed: [Filter<Record.Field>], _ context: Context
    ) throws -> any Error {
        let reader = context.reader
        if let tombstone = try reader.tombstone(id, of: Record.type) {
            return try moved(tombstone, context) ?? Problem.gone(tombstone, to: context.isAdmin)
        }
        if try !fixed.isEmpty && reader.has(id, of: Record.type) {
            let place = context.settings.links.href(Record.type, id)
            let detail = "The \(Record.type.rawValue) '\(id)' is not among those of this path; see \(place)."
            return Problem(.notFound, detail, faults: [.init(.parameter("id"), detail)])
        }
        var candidates = try reader.ids(near: id, of: Record.type)
        // The nearest may be outside of the view as well; a few are looked at.
        for _ in 0..<5 where !fixed.isEmpty {
            guard let near = nearest(to: id, among: candidates) else { break }
            if let record = try reader.record(near, of: Record.self), try reader.matches(record, fixed) { break }
            candidates.removeAll { $0 == near }
        }
        return Problem.unknown(id, of: Record.type, among: candidates)
    }

    /// Where the record stands that a deleted one was replaced by: the same path below that one.
    private static func moved(_ tombstone: Tombstone, _ context: Context) throws -> (any Error)? {
        guard let id = try context.reader.successor(of: tombstone),
            let record = try context.reader.record(id, of: Record.self)
        else { return nil }
        let request = context.finisher.request
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
