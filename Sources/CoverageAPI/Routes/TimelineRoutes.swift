// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/timeline`: events in the order of their dates, grouped by day, month or year, the undated apart. Filters and pages
/// are those of `/v1/events`; a group that a page cuts goes on with the same key on the next.
enum TimelineRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/timeline", "getTimeline", .views, "Put events in order",
                "Events by day, month or year, the undated apart. A group that a page cuts goes on, under the same key, on the next.",
                parameters: ListParameters<Event>.parametersOfView + [grain, Parameter.format([.json])],
                answers: [
                    .page(
                        .anyOf([
                            .timeline("Timeline", of: Event.schema), .timeline("TimelineExcerpt", of: Event.excerpt),
                        ]),
                        "A page of events, in groups.")
                ])
        ) { .now(try timeline($0)) }
    ]

    private static let grain = Parameter.choice(
        "by", of: ["day", "month", "year"], default: "day", "What makes a group.", example: "month")

    private static func timeline(_ call: Call) throws -> Response {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let grain = query.take(grain).flatMap(DatePrecision.init) ?? .day
        let parameters = try ListParameters<Event>(
            &query, path: request.path, order: .date, formats: [.json], reader: context.reader)
        let page = try context.reader.page(parameters.query)
        let events = parameters.shown(try context.reader.records(page.ids))
        let view = try parameters.selection.view(of: events.map(\.value.id), in: context)
        let next = page.next.map {
            Cursor.encode($0, fingerprint: parameters.fingerprint, version: parameters.version)
        }
        var writer = context.writer(capacity: 2048 * max(page.ids.count, 1))
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

extension Schema {
    fileprivate static func timeline(_ name: String, of event: Schema) -> Schema {
        .named(
            name,
            .object([
                Property(
                    "groups",
                    .array(
                        .object([
                            Property("key", .text, "The day, month or year: `2023-06-18`, `2023-06`, `2023`."),
                            Property("events", .array(event), "What begins then."),
                        ])), "In order."),
                Property("undated", .array(event), "Events without a date; they come last."),
                Property("page", .page, "Where it is."),
            ]))
    }
}

extension JSONWriter {
    fileprivate mutating func events(_ events: [Stored<Event>], _ positions: [Int], _ view: RecordView) {
        for position in positions { Event.shape.write(events[position], view, position: position, to: &self) }
    }
}
