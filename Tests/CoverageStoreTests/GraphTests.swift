// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

/// The graph held against one that is walked step by step over the seeds.
@Suite struct GraphTests {
    private let coverage: TestCoverage
    private let seeds: SeedRecords

    init() throws {
        coverage = try TestCoverage()
        seeds = try SeedRecords(EnvoyVisit.seeds())
    }

    private func find(_ focus: Reference, depth: Int, types: [FactType] = Graph.types) throws -> Graph {
        try coverage.database.read { try $0.graph(around: focus, depth: depth, types: types) }
    }

    /// What an edge says, in either direction.
    private struct Edge: Hashable {
        let ends: Set<Reference>
        let weight: Int
        let through: Set<Reference>
    }

    private var focuses: [Reference] {
        seeds.events.map(\.reference) + seeds.people.map(\.reference) + seeds.issues.map(\.reference)
    }

    private func others(in event: Event, _ types: [FactType], _ focus: Reference) -> [Reference] {
        (event.participants.map(\.person) + event.issues).filter { types.contains($0.type) || $0 == focus }
    }

    /// By distance; events go between people and issues as nodes, or as what ties them.
    private func walk(_ focus: Reference, depth: Int, types: [FactType]) -> (nodes: Set<Reference>, edges: Set<Edge>) {
        let hasEvents = types.contains(.event)
        var distance = [focus: 0]
        // In half steps where events are no nodes.
        let limit = hasEvents ? depth : 2 * depth - (focus.type == .event ? 1 : 0)
        for step in 0..<limit {
            for event in seeds.events {
                let others = others(in: event, types, focus)
                if distance[event.reference] == step {
                    for other in others where distance[other] == nil { distance[other] = step + 1 }
                }
                if distance[event.reference] == nil, others.contains(where: { distance[$0] == step }) {
                    distance[event.reference] = step + 1
                }
            }
        }
        let reached = Set(distance.keys)
        var edges: Set<Edge> = []
        var shared: [Set<Reference>: Set<Reference>] = [:]
        // Those that are shown are tied by all they share, on the way from the focus or not.
        for event in seeds.events where !hasEvents || reached.contains(event.reference) {
            let others = others(in: event, types, focus).filter(reached.contains)
            if hasEvents {
                for other in others {
                    edges.insert(
                        Edge(ends: [event.reference, other], weight: event.evidence.count, through: []))
                }
            } else {
                for a in others {
                    for b in others where a != b { shared[[a, b], default: []].insert(event.reference) }
                }
            }
        }
        for (ends, events) in shared { edges.insert(Edge(ends: ends, weight: events.count, through: events)) }
        return (reached.filter { hasEvents || $0.type != .event }, edges)
    }

    @Test(arguments: [
        Graph.types, [.event, .person], [.event, .issue], [.person, .issue], [.person], [.issue], [.event],
    ])
    func agreesWithTheWalk(types: [FactType]) throws {
        for focus in focuses {
            for depth in 1...4 {
                let expected = walk(focus, depth: depth, types: types)
                let graph = try find(focus, depth: depth, types: types)
                let nodes = graph.nodes.map(\.reference)
                #expect(Set(nodes) == expected.nodes, "\(focus.id) \(depth)")
                #expect(nodes.count == expected.nodes.count)
                let edges = graph.edges.map { Edge(ends: [$0.a, $0.b], weight: $0.weight, through: Set($0.through)) }
                #expect(Set(edges) == expected.edges, "\(focus.id) \(depth)")
                #expect(edges.count == expected.edges.count)
                for edge in graph.edges {
                    #expect((edge.a.type.rawValue, edge.a.id) < (edge.b.type.rawValue, edge.b.id))
                    #expect(edge.through.count == Set(edge.through).count)
                }
                for node in graph.nodes {
                    #expect(node.weight == edges.count { $0.ends.contains(node.reference) })
                    #expect(!node.reference.name.isEmpty)
                }
                if types.contains(.event) || focus.type != .event { #expect(nodes.first == focus) }
            }
        }
    }

    /// By hand: who is tied to the diver, and by what.
    @Test func tiesPeopleByTheEventsTheyShare() throws {
        let graph = try find(Reference(.person, "renee-ostrava"), depth: 1, types: [.person])
        #expect(graph.nodes.map(\.reference.name) == ["Renée Ostrava", "Mira Talvane", "Oskar Brandt"])
        #expect(graph.nodes.map(\.weight) == [2, 2, 2])
        let edge = try #require(graph.edges.first { $0.a.id == "mira-talvane" && $0.b.id == "renee-ostrava" })
        #expect((edge.weight, edge.through.map(\.name)) == (1, ["Dinner in Karst"]))
        let alone = try find(Reference(.person, "ilse-marn"), depth: 4)
        #expect(alone.nodes.map(\.reference.name) == ["Ilse Marn"] && alone.edges.isEmpty)
    }

    @Test func showsTheNearestFirst() throws {
        let focus = Reference(.issue, "detentions")
        #expect(
            try find(focus, depth: 4).nodes.map(\.reference.id) == [
                "detentions", "freighter-stopped", "quill-held", "tobias-quill",
            ])
        let one = try find(Reference(.event, "karst-meeting"), depth: 1)
        #expect(
            one.nodes.map(\.reference.id) == [
                "karst-meeting", "salt-tariff", "teal-island-dispute", "mira-talvane", "oskar-brandt",
            ])
        #expect(one.edges.map(\.weight) == [3, 3, 3, 3])
        #expect(one.edges.allSatisfy { $0.through.isEmpty })
    }

    @Test func countsSomebodyWithTwoRolesOnce() throws {
        let coverage = try TestCoverage(
            EnvoyVisit.seeds(
                in: "events.json", replacing: #"{"person": {"id": "renee-ostrava"}, "role": "participant"}"#,
                with: """
                    {"person": {"id": "renee-ostrava"}, "role": "participant"},
                    {"person": {"id": "renee-ostrava"}, "role": "speaker"}
                    """))
        for types in [Graph.types, [.person]] {
            let graph = try coverage.database.read {
                try $0.graph(around: Reference(.person, "renee-ostrava"), depth: 1, types: types)
            }
            for edge in graph.edges where [edge.a.id, edge.b.id].contains("renee-ostrava") {
                #expect(edge.weight == 1 && edge.through.count <= 1)
            }
        }
    }

    @Test(arguments: [Graph.types, [.person]])
    func endsAtItsBound(types: [FactType]) throws {
        let people = (1000..<1400).map {
            """
            {"id": "p\($0)", "name": "P\($0)", "category": "private",
             "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
            """
        }
        let participants = (1000..<1400).map { #"{"person": {"id": "p\#($0)"}, "role": "participant"}"# }
        let crowd = """
            [{"id": "crowd", "title": "Crowd", "summary": "All.", "kind": "activity",
              "participants": [{"person": {"id": "ilse-marn"}, "role": "host"}, \(participants.joined(separator: ","))],
              "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}]
            """
        let coverage = try TestCoverage()
        let known = EnvoyVisit.files["people.json"] ?? "[]"
        _ = try coverage.database.load(
            EnvoyVisit.seeds(with: [
                "people.json": known.dropLast() + ",\(people.joined(separator: ","))]", "events.json": crowd,
            ]))
        let graph = try coverage.database.read {
            try $0.graph(around: Reference(.person, "ilse-marn"), depth: 2, types: types)
        }
        #expect(graph.nodes.count == Graph.bound)
        #expect(graph.nodes.first?.reference.id == "ilse-marn")
        let shown = Set(graph.nodes.map(\.reference))
        #expect(graph.edges.allSatisfy { shown.contains($0.a) && shown.contains($0.b) })
    }
}
