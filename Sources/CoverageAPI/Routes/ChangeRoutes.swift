// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/changes`: what changed after a number, as a list or as a stream of server-sent events.
enum ChangeRoutes {
    private static let json = Format.json.mediaType
    private static let events = MediaType("text", "event-stream")

    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/changes", "listChanges", .changes, "Follow what changes",
                """
                Every change of a record has a number. As JSON it is a list; with `Accept: text/event-stream` the changes come \
                as they happen, as server-sent events named `change` whose data is a `Change`, and can be taken up again without \
                a gap after a broken connection. An event named `reset` says that everything has to be read anew.
                """,
                parameters: [
                    after, types, Parameter.limit, Parameter.cursor, Parameter.format([.json]), lastEventID,
                ],
                answers: [
                    DeclaredAnswer(
                        200, "A page of changes, oldest first; or the stream.",
                        [
                            ("application/json", .changeList),
                            ("text/event-stream", .text("Events as they happen (the HTML standard, section 9.2).")),
                        ], fields: [.cacheControl, .vary, .link.sometimes])
                ], problems: [.changesTrimmed, .epochUnknown])
        ) { call in
            try wantsStream(call.request) ? stream(call) : .now(list(call))
        }
    ]

    private static let after = Parameter<ChangePosition?>(
        "after", .text(pattern: "^([0-9a-f]+-)?[0-9]{1,18}$"),
        """
        The number of a change, or a stream's last event id: only what came after it. Without it a list begins at the oldest \
        change that is kept, a stream now.
        """, example: "0", absent: nil
    ) { value, query in
        if let position = ChangePosition(value) { return position }
        query.refuse("after", "'after' must be the number of a change, such as 42, or an event's id, not '\(value)'.")
        return nil
    }
    private static let types = Parameter.types(
        among: FactType.allCases, "Only changes of records of these types, separated by commas.")
    private static let lastEventID = HeaderParameter(
        "Last-Event-ID", .text,
        "For streams: the id of the last event that was seen; it beats `after`. Browsers send it by themselves.")

    /// `format`, which lists alone have, beats `Accept`.
    private static func wantsStream(_ request: Request) throws -> Bool {
        // A query that cannot be read is refused later, whoever asks.
        let items = (try? Query.parse(request.query ?? "")) ?? []
        if items.contains(where: { $0.name == "format" }) { return false }
        guard let best = MediaType.bestMatch(accept: request.headerFields[.accept], among: [json, events]) else {
            throw Problem(
                .notAcceptable, "This path answers with \(json.essence) or \(events.essence).",
                faults: [.init(.header("Accept"), "names nothing that this path can answer with")])
        }
        return best == events
    }

    // MARK: The list

    private static func list(_ call: Call) throws -> Response {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let after = query.take(after)
        let types = query.take(types)
        let limit = query.take(.limit)
        let cursor = query.take(.cursor)
        try query.format()
        try query.finish()

        let log = try ChangeLogView(context.reader)
        let start = after ?? ChangePosition(epoch: log.epoch, number: log.start)
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let position = try cursor.map { try Self.position($0, fingerprint: fingerprint) } ?? start
        if let gap = log.gap(after: position) {
            throw Problem(
                gap.problem, gap.detail, faults: [.init(.parameter(cursor == nil ? "after" : "cursor"), gap.detail)])
        }
        let changes = try context.reader.changes(after: position.number, types: types, limit: limit + 1)
        let page = changes.prefix(limit)
        let next = changes.count > limit ? page.last?.number : nil
        let nextCursor = next.map {
            Cursor.encode([.text(log.epoch), .integer(Int64($0))], fingerprint: fingerprint, version: nil)
        }
        let total = try context.reader.countChanges(after: start.number, types: types)
        let links = context.settings.links
        var writer = context.writer(capacity: 256 * (page.count + 1))
        writer.object { json in
            json.array("data") { json in
                for change in page { json.change(change, links) }
            }
            json.page(limit: limit, total: total, next: nextCursor)
            json.member("epoch", log.epoch)
        }
        var response = Response.momentary(writer)
        response.headerFields[.vary] = "Accept, Accept-Encoding, Origin"
        response.headerFields[.link] = links.page(query.items, at: request.path, next: nextCursor)
        return response
    }

    private static func position(_ cursor: String, fingerprint: String) throws -> ChangePosition {
        let values = try Cursor.decode(cursor, fingerprint: fingerprint, version: nil, count: 2)
        guard case .text(let epoch)? = values.first, case .integer(let number)? = values.last else {
            throw Problem(.invalidCursor, "The cursor was not made by this server, or was cut on the way.")
        }
        return ChangePosition(epoch: epoch, number: Int(number))
    }

    // MARK: The stream

    private static func stream(_ call: Call) throws -> Answer {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        for name in ["limit", "cursor"] where query.items.contains(where: { $0.name == name }) {
            query.refuse(name, "'\(name)' belongs to the list; a stream has no pages.")
        }
        let after = query.take(after)
        let types = query.take(types)
        try query.finish()

        let log = try ChangeLogView(context.reader)
        let (position, gap) = start(of: request, after: after, in: log)
        var opening = EventStream.opening(at: position)
        if let gap { opening += EventStream.reset(gap, at: position) }
        let head = Response(
            status: .ok,
            headerFields: [
                .contentType: events.essence, .cacheControl: "no-store", .vary: "Accept, Accept-Encoding, Origin",
                // Proxies that collect answers must let this one through as it comes.
                .accelBuffering: "no",
            ])
        return .stream(
            context.finisher.marked(head),
            ChangeStream(
                context.feed, after: position, types: types, token: context.principal?.tokenID, opening: opening))
    }

    /// Where a stream begins: behind the last event that the client has seen, which beats what it asked for at first, else
    /// now. A gap before that is an event too, since a browser would not come again after a problem.
    private static func start(
        of request: Request, after: ChangePosition?, in log: ChangeLogView
    ) -> (position: ChangePosition, gap: ChangeLogView.Gap?) {
        let seen = request.headerFields[.lastEventID].flatMap { $0.isEmpty ? nil : $0 }
        if let seen, ChangePosition(seen) == nil { return (log.endPosition, .unknownEpoch) }
        let position = seen.flatMap(ChangePosition.init) ?? after ?? log.endPosition
        if let gap = log.gap(after: position) { return (log.endPosition, gap) }
        return (ChangePosition(epoch: log.epoch, number: position.number), nil)
    }
}

extension Schema {
    fileprivate static let changeList = Schema.named(
        "ChangeList",
        .object([
            Property(
                "data",
                .array(
                    .named(
                        "Change",
                        .object([
                            Property("number", .integer(from: 1), "Counts all changes."),
                            Property("type", .closed(FactType.self), "The record's type."),
                            Property("id", .slug, "The record's id."),
                            Property("href", .href, "Where the record is, or was."),
                            Property(
                                "change", .change,
                                "What was done with it; a deleted record that comes back is `created`, at a later revision."
                            ),
                            Property("revision", .revision, "The record's, after the change."),
                            Property("at", .timestamp, "When it was made."),
                        ]))), "The changes of this page."),
            Property("page", .page, "Where it is."),
            Property(
                "epoch", .text, "The line that the numbers belong to: a restored database begins another."),
        ]))

    static let change = Schema.choice(["created", "updated", "deleted"])
}

extension HTTPField.Name {
    fileprivate static let lastEventID = named("Last-Event-ID")
    fileprivate static let accelBuffering = named("X-Accel-Buffering")
}
