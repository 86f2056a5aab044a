// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/timeline`: events in the order of their dates, grouped by day, month or year, the undated apart. Filters and pages
/// are those of `/v1/events`; a group that a page cuts goes on with the same key on the next.
enum TimelineRoutes {
    static func routes() throws -> [Route<Context>] {
        [try Route(.get, "/v1/timeline") { request, _, context in .now(try timeline(request, in: context)) }]
    }

    private static func timeline(_ request: Request, in context: Context) throws -> Response {
        let names = ListParameters<Event>.names().filter { $0 != "sort" && $0 != "facets" }
        var query = try QueryReader(request, known: names + ["by"])
        let grains: [(name: String, precision: DatePrecision)] = [("day", .day), ("month", .month), ("year", .year)]
        let by = query.single("by")
        if let by, !grains.contains(where: { $0.name == by }) {
            query.refuse("by", value: by, among: grains.map(\.name))
        }
        let grain = grains.first { $0.name == by }?.precision ?? .day
        let parameters = try ListParameters<Event>(
            &query, path: request.path, order: .date, formats: [.json], reader: context.reader)
        let page = try context.reader.page(parameters.query)
        let events = parameters.shown(page.items)
        let view = try parameters.selection.view(of: events, in: context)
        let next = page.next.map {
            Cursor.encode($0, fingerprint: parameters.fingerprint, version: parameters.version)
        }
        var writer = JSONWriter(capacity: 2048 * max(page.items.count, 1))
        writer.object { json in
            let keys = events.map { $0.value.date.flatMap { TimelineKey($0.edtf, grain: grain)?.text } }
            let groups = Dictionary(grouping: keys.indices) { keys[$0] }
            // By their first events. Each key stands once: dates that begin alike and end apart do not lie together, and
            // what has no first day comes after all that has.
            let order = groups.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }
            json.array("groups") { json in
                for (key, positions) in order {
                    guard let key else { continue }
                    json.object { json in
                        json.member("key", key)
                        json.array("events") { $0.events(events, positions, view) }
                    }
                }
            }
            json.array("undated") { $0.events(events, groups[nil] ?? [], view) }
            json.page(limit: parameters.query.limit, total: page.total, next: next)
        }
        return .json(writer, link: context.settings.links.page(parameters.items, at: request.path, next: next))
    }
}

/// The group of a date: its first day, or its last where only that is known, cut to the group's grain, or to the precision
/// of that end where it is coarser.
struct TimelineKey {
    let text: String

    init?(_ edtf: EDTF, grain: DatePrecision) {
        guard let day = edtf.earliest ?? edtf.latest, let precision = edtf.startPrecision ?? edtf.endPrecision else {
            return nil
        }
        let text = day.description
        let hyphens = text.indices.filter { text[$0] == "-" && $0 != text.startIndex }
        guard hyphens.count == 2 else { return nil }
        switch max(grain, min(precision, .year)) {
        case .day: self.text = text
        case .month, .season: self.text = String(text[..<hyphens[1]])
        default: self.text = String(text[..<hyphens[0]])
        }
    }
}

extension JSONWriter {
    fileprivate mutating func events(_ events: [Stored<Event>], _ positions: [Int], _ view: RecordView) {
        for position in positions { Event.shape.write(events[position], view, position: position, to: &self) }
    }
}
