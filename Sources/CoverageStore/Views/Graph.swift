// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// People, events and issues around one of them, and how closely they are tied.
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
        /// they share.
        package let weight: Int
        /// Those events.
        package let through: [Reference]
    }

    package var nodes: [Node] = []
    package var edges: [Edge] = []

    /// The types that can be nodes.
    package static let types: [FactType] = [.person, .event, .issue]
    /// The most nodes of an answer; the nearest to the focus come first.
    package static let bound = 300
}

extension Reader {
    /// The graph within so many steps of a focus.
    /// - Parameter types: what to show. Without events, people and issues are tied directly by the events they share.
    package func graph(around focus: Reference, depth: Int, types: [FactType]) throws -> Graph {
        let events = try eventsAround(focus, depth: depth)
        let ties = try ties(of: events)
        return types.contains(.event)
            ? Self.graph(of: ties, types: types) : Self.graph(sharing: ties, types: types)
    }

    /// What one event ties together.
    struct Tie {
        let event: Reference
        let weight: Int
        var others: [Reference] = []
    }

    /// The events reached in so many steps from event to person or issue and back. A step outwards from a person or an
    /// issue leads to its events; the next one to all in them, and so on.
    private func eventsAround(_ focus: Reference, depth: Int) throws -> [String] {
        var events: [String] = focus.type == .event ? [focus.id] : []
        var seen = Set(events)
        var frontier = events
        var steps = depth
        if focus.type != .event {
            let table = focus.type == .person ? "event_participants" : "event_issues"
            let column = focus.type == .person ? "person_id" : "issue_id"
            frontier = try ids("SELECT event_id FROM \(table) WHERE \(column) = ? ORDER BY event_id LIMIT \(Graph.bound)", focus.id)
            events = frontier
            seen = Set(events)
            steps -= 1
        }
        while steps > 1, !frontier.isEmpty, events.count < Graph.bound {
            let near = try ids(
                """
                SELECT DISTINCT y.event_id FROM json_each(?1) AS wanted
                JOIN event_participants AS x ON x.event_id = wanted.value
                JOIN event_participants AS y ON y.person_id = x.person_id
                UNION SELECT y.event_id FROM json_each(?1) AS wanted
                JOIN event_issues AS x ON x.event_id = wanted.value JOIN event_issues AS y ON y.issue_id = x.issue_id
                ORDER BY 1 LIMIT \(Graph.bound)
                """, jsonArray(frontier))
            frontier = near.filter { seen.insert($0).inserted }
            events += frontier
            steps -= 2
        }
        return Array(events.prefix(Graph.bound))
    }

    private func ids(_ sql: String, _ value: String) throws -> [String] {
        let rows = try connection.prepare(sql)
        try rows.bind(1, value)
        var ids: [String] = []
        while try rows.step() { ids.append(rows.text(0)) }
        return ids
    }

    private func ties(of events: [String]) throws -> [Tie] {
        let batch = Batch(events)
        var ties: [Tie?] = Array(repeating: nil, count: events.count)
        try batch.forEachRow(
            of: """
                SELECT wanted.key, e.id, e.name,
                       (SELECT count(*) FROM citations AS c WHERE c.type = 'event' AND c.id = e.id)
                FROM json_each(?1) AS wanted JOIN events AS e ON e.id = wanted.value ORDER BY wanted.key
                """, on: connection
        ) { ties[$0] = Tie(event: Reference(.event, $1.text(1), name: $1.text(2)), weight: $1.int(3)) }
        try batch.forEachRow(
            of: """
                SELECT wanted.key, p.id, p.name FROM json_each(?1) AS wanted
                JOIN event_participants AS x ON x.event_id = wanted.value JOIN people AS p ON p.id = x.person_id
                ORDER BY wanted.key, x.position
                """, on: connection
        ) { ties[$0]?.others.append(Reference(.person, $1.text(1), name: $1.text(2))) }
        try batch.forEachRow(
            of: """
                SELECT wanted.key, i.id, i.name FROM json_each(?1) AS wanted
                JOIN event_issues AS x ON x.event_id = wanted.value JOIN issues AS i ON i.id = x.issue_id
                ORDER BY wanted.key, x.position
                """, on: connection
        ) { ties[$0]?.others.append(Reference(.issue, $1.text(1), name: $1.text(2))) }
        return ties.compactMap(\.self)
    }

    /// Events are nodes between the people and issues in them.
    private static func graph(of ties: [Tie], types: [FactType]) -> Graph {
        var builder = GraphBuilder()
        for tie in ties {
            builder.add(tie.event)
            for other in tie.others where types.contains(other.type) {
                builder.connect(tie.event, other, weight: tie.weight, through: nil)
            }
        }
        return builder.graph()
    }

    /// People and issues are tied by the events they share.
    private static func graph(sharing ties: [Tie], types: [FactType]) -> Graph {
        var builder = GraphBuilder()
        for tie in ties {
            let others = tie.others.filter { types.contains($0.type) }
            for (index, a) in others.enumerated() {
                builder.add(a)
                for b in others[(index + 1)...] { builder.connect(a, b, weight: 1, through: tie.event) }
            }
        }
        return builder.graph()
    }
}

/// Gathers nodes and edges, each once, up to the bound.
private struct GraphBuilder {
    private struct Pair: Hashable {
        let a: Reference
        let b: Reference
    }

    private var order: [Reference] = []
    private var known: Set<Reference> = []
    private var pairs: [Pair] = []
    private var weights: [Pair: Int] = [:]
    private var through: [Pair: [Reference]] = [:]

    /// - Returns: false when there is no room for another node.
    @discardableResult
    mutating func add(_ node: Reference) -> Bool {
        if known.contains(node) { return true }
        guard order.count < Graph.bound else { return false }
        known.insert(node)
        order.append(node)
        return true
    }

    mutating func connect(_ a: Reference, _ b: Reference, weight: Int, through event: Reference?) {
        guard a != b, add(a), add(b) else { return }
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
        graph.nodes = order.map { Graph.Node(reference: $0, weight: degrees[$0] ?? 0) }
        return graph
    }
}
