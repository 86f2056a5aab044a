// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// A list in a format other than JSON: one page where a limit is asked for, else all that matches, read page by page on a
/// worker so that no loop waits for it.
struct Export<Record: ServedFact>: Sendable {
    let path: String
    let parameters: ListParameters<Record>
    let settings: APISettings

    func response(from reader: Reader) throws -> Response {
        // What the worker reads may be newer than what the request was read by.
        let version = try parameters.version.map { _ in try reader.dataVersion() }
        if parameters.query.after != nil, version != parameters.version { throw Cursor.expired }
        let body: [UInt8]
        let next: [SortValue]?
        switch parameters.format {
        case .json, .ndjson:
            var lines: [UInt8] = []
            next = try forEach(reader) { record, view, position in
                var json = JSONWriter(capacity: 4096)
                Record.shape.write(record, view, position: position, to: &json)
                lines += json.finish() + [UInt8(ascii: "\n")]
            }
            body = lines
        case .csv:
            var table = CSVTable<Record>(try parameters.selection.view(of: [], with: reader, settings))
            next = try forEach(reader) { table.add($0, $1, position: $2) }
            body = table.finish()
        case .ics:
            var calendar = Calendar(settings.links)
            next = try forEach(reader) { record, _, _ in
                if let event = record as? Stored<Event> { calendar.add(event) }
            }
            body = calendar.finish()
        case .geojson:
            let points = try reader.coordinates()
            var collection = GeoJSON<Record>()
            next = try forEach(reader) { record, view, position in
                collection.add(record, at: record.value.location.flatMap { points[$0] }, view, position: position)
            }
            body = collection.finish()
        }
        let link = link(next, version: version)
        var response = Response.readable(body, as: parameters.format.mediaType.description, link: link)
        let name = path.split(separator: "/").last ?? "export"
        response.headerFields[.contentDisposition] = "inline; filename=\"\(name).\(parameters.format.rawValue)\""
        return response
    }

    /// Where a page leads; the whole list leads nowhere.
    private func link(_ next: [SortValue]?, version: Int?) -> String? {
        guard parameters.isLimited else { return nil }
        let cursor = next.map { Cursor.encode($0, fingerprint: parameters.fingerprint, version: version) }
        return settings.links.page(parameters.items, at: path, next: cursor)
    }

    /// Goes through the list in its order.
    /// - Returns: the sort values of the last record where a page ends and more follow.
    private func forEach(
        _ reader: Reader, _ body: (Stored<Record>, RecordView, Int) throws -> Void
    ) throws -> [SortValue]? {
        var query = parameters.query
        if !parameters.isLimited { query.limit = 100 }
        while true {
            let page = try reader.items(query)
            let items = parameters.shown(page.items)
            let view = try parameters.selection.view(of: items.map(\.value.id), with: reader, settings)
            for (position, item) in items.enumerated() { try body(item, view, position) }
            guard let next = page.next, !parameters.isLimited else { return page.next }
            query.after = next
        }
    }
}
