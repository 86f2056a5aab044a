// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// People, events and issues within some steps of one of them, and how closely they are tied.
package struct Graph: Sendable {
    package struct Node: Sendable {
        package let reference: Reference
        /// How many edges it has.
        package var weight: Int
    }

    package struct Edge: Sendable {
        package let a: Reference
        package let b: Reference
        /// Between an event and who or what is in it: the citations of the event. Between people and issues: the events
        /// they share, of those within reach.
        package let weight: Int
        /// Those events.
        package let through: [Reference]
    }

    package var nodes: [Node] = []
    package var edges: [Edge] = []

    /// The types that can be nodes.
    package static let types: [FactType] = [.person, .event, .issue]
    /// The most nodes of an answer; the focus comes first, then what is nearest to it.
    package static let bound = 300
}

extension Reader {
    /// The graph within so many steps of a focus.
    /// - Parameter types: what to go through and show beside the focus. With events, a step leads from an event to a person
    ///   or an issue in it, or back. Without, people and issues are tied by the events they share, and a step leads from
    ///   one to the other; an event in focus is then not shown, and what is in it is one step away.
    package func graph(around focus: Reference, depth: Int, types: [FactType]) throws -> Graph {
        let hasEvents = types.contains(.event)
        let steps = hasEvents ? depth : 2 * depth - (focus.type == .event ? 1 : 0)
        let reached = try reach(from: focus, steps: steps, types: types)
        let ties = try ties(of: reached.filter { $0.type == .event })
        var builder = GraphBuilder(reached.filter { hasEvents || $0.type != .event }.prefix(Graph.bound))
        for tie in ties {
            let others = tie.others.filter(builder.has)
            if hasEvents {
                for other in others { builder.connect(tie.event, other, weight: tie.weight, through: nil) }
            } else {
                for (index, a) in others.enumerated() {
                    for b in others[(index + 1)...] { builder.connect(a, b, weight: 1, through: tie.event) }
                }
            }
        }
        return builder.graph()
    }

    /// What can be reached, the nearest first; of each kind no more than the bound.
    private func reach(from focus: Reference, steps: Int, types: [FactType]) throws -> [Reference] {
        let row = try connection.prepare("SELECT ?1, ?2, \(ReferenceNames.expression("?1", "?2"))")
        try row.bind(1, focus.type.rawValue)
        try row.bind(2, focus.id)
        guard try row.step() else { return [] }
        var reached = [try row.anyReference(0)]
        var seen = Set(reached)
        var frontier = reached
        for _ in 0..<steps where !frontier.isEmpty {
            let near = frontier[0].type == .event ? try members(of: frontier, types: types) : try events(with: frontier)
            frontier = near.filter { seen.insert($0).inserted }
            reached += frontier
        }
        return reached
    }

    /// The events that people and issues are in.
    private func events(with members: [Reference]) throws -> [Reference] {
        try near(
            members,
            """
            SELECT 'event', e.id, e.name FROM json_each(?1) AS wanted
            JOIN event_participants AS x ON x.person_id = wanted.value JOIN events AS e ON e.id = x.event_id
            UNION SELECT 'event', e.id, e.name FROM json_each(?2) AS wanted
            JOIN event_issues AS x ON x.issue_id = wanted.value JOIN events AS e ON e.id = x.event_id
            """, .person, .issue)
    }

    /// The people and issues in events, of those types.
    private func members(of events: [Reference], types: [FactType]) throws -> [Reference] {
        try near(
            events,
            """
            SELECT 'person', p.id, p.name FROM json_each(?1) AS wanted
            JOIN event_participants AS x ON x.event_id = wanted.value JOIN people AS p ON p.id = x.person_id
            WHERE \(types.contains(.person))
            UNION SELECT 'issue', i.id, i.name FROM json_each(?2) AS wanted
            JOIN event_issues AS x ON x.event_id = wanted.value JOIN issues AS i ON i.id = x.issue_id
            WHERE \(types.contains(.issue))
            """, .event, .event)
    }

    /// Runs a query whose two values are the ids of these types.
    private func near(
        _ references: [Reference], _ sql: String, _ first: FactType, _ second: FactType
    ) throws -> [Reference] {
        let rows = try connection.prepare("\(sql) ORDER BY 1, 2 LIMIT \(Graph.bound)")
        for (index, type) in [first, second].enumerated() {
            try rows.bind(Int32(1 + index), jsonArray(references.filter { $0.type == type }.map(\.id)))
        }
        var found: [Reference] = []
        while try rows.step() { found.append(try rows.anyReference(0)) }
        return found
    }

    /// What one event ties together.
    private struct Tie {
        let event: Reference
        let weight: Int
        private(set) var others: [Reference] = []

        init(event: Reference, weight: Int) {
            self.event = event
            self.weight = weight
        }

        /// Somebody with two roles is in the event once.
        mutating func add(_ other: Reference) {
            if !others.contains(other) { others.append(other) }
        }
    }

    private func ties(of events: [Reference]) throws -> [Tie] {
        let batch = Batch(events.map(\.id))
        var ties = events.map { Tie(event: $0, weight: 0) }
        try batch.forEachRow(
            of: """
                SELECT wanted.key, (SELECT count(*) FROM citations AS c WHERE c.type = 'event' AND c.id = wanted.value)
                FROM json_each(?1) AS wanted
                """, on: connection
        ) { ties[$0] = Tie(event: events[$0], weight: $1.int(1)) }
        try batch.forEachRow(
            of: """
                SELECT wanted.key, 'person', x.person_id, '' FROM json_each(?1) AS wanted
                JOIN event_participants AS x ON x.event_id = wanted.value ORDER BY wanted.key, x.position
                """, on: connection
        ) { ties[$0].add(try $1.anyReference(1)) }
        try batch.forEachRow(
            of: """
                SELECT wanted.key, 'issue', x.issue_id, '' FROM json_each(?1) AS wanted
                JOIN event_issues AS x ON x.event_id = wanted.value ORDER BY wanted.key, x.position
                """, on: connection
        ) { ties[$0].add(try $1.anyReference(1)) }
        return ties
    }
}

/// Gathers edges between given nodes, each once.
private struct GraphBuilder {
    private struct Pair: Hashable {
        let a: Reference
        let b: Reference
    }

    private let nodes: [Reference]
    /// The same with their names, which those that tie them lack.
    private let named: [Reference: Reference]
    private var pairs: [Pair] = []
    private var weights: [Pair: Int] = [:]
    private var through: [Pair: [Reference]] = [:]

    init(_ nodes: some Collection<Reference>) {
        self.nodes = Array(nodes)
        named = Dictionary(uniqueKeysWithValues: nodes.map { ($0, $0) })
    }

    func has(_ node: Reference) -> Bool { named[node] != nil }

    /// - Parameters: two nodes; nothing happens when one is not known, or both are one.
    mutating func connect(_ a: Reference, _ b: Reference, weight: Int, through event: Reference?) {
        guard a != b, let a = named[a], let b = named[b] else { return }
        let isSorted = (a.type.rawValue, a.id) < (b.type.rawValue, b.id)
        let pair = isSorted ? Pair(a: a, b: b) : Pair(a: b, b: a)
        if weights[pair] == nil { pairs.append(pair) }
        weights[pair, default: 0] += weight
        if let event { through[pair, default: []].append(event) }
    }

    func graph() -> Graph {
        var degrees: [Reference: Int] = [:]
        var graph = Graph()
        graph.edges = pairs.map { pair in
            degrees[pair.a, default: 0] += 1
            degrees[pair.b, default: 0] += 1
            return Graph.Edge(a: pair.a, b: pair.b, weight: weights[pair] ?? 0, through: through[pair] ?? [])
        }
        graph.nodes = nodes.map { Graph.Node(reference: $0, weight: degrees[$0] ?? 0) }
        return graph
    }
}
