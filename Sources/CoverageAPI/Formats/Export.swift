// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// A list in a format other than JSON: one page where a limit is asked for, else all that matches, read page by page on a
/// worker so that no loop waits for it.
struct Export<Record: ServedFact>: Sendable {
    let parameters: ListParameters<Record>
    let settings: APISettings

    func response(from reader: Reader) throws -> Response {
        let body: [UInt8]
        switch parameters.format {
        case .json, .ndjson:
            var lines: [UInt8] = []
            try forEach(reader) { record, view, position in
                var json = JSONWriter(capacity: 4096)
                Record.shape.write(record, view, position: position, to: &json)
                lines += json.finish() + [UInt8(ascii: "\n")]
            }
            body = lines
        case .csv:
            var table = CSVTable<Record>(try parameters.selection.view(of: [], with: reader, settings))
            try forEach(reader) { table.add($0, $1, position: $2) }
            body = table.finish()
        case .ics:
            var calendar = Calendar(settings.links)
            try forEach(reader) { record, _, _ in
                if let event = record as? Stored<Event> { calendar.add(event) }
            }
            body = calendar.finish()
        case .geojson:
            let points = try reader.coordinates()
            var collection = GeoJSON<Record>()
            try forEach(reader) { record, view, position in
                collection.add(record, at: record.value.location.flatMap { points[$0] }, view, position: position)
            }
            body = collection.finish()
        }
        return .readable(body, as: parameters.format.mediaType.description)
    }

    /// Goes through the list in its order.
    private func forEach(_ reader: Reader, _ body: (Stored<Record>, RecordView, Int) throws -> Void) throws {
        var query = parameters.query
        if !parameters.isLimited { query.limit = 100 }
        while true {
            let page = try reader.items(query)
            let items = parameters.shown(page.items)
            let view = try parameters.selection.view(of: items, with: reader, settings)
            for (position, item) in items.enumerated() { try body(item, view, position) }
            guard let next = page.next, !parameters.isLimited else { return }
            query.after = next
        }
    }
}
