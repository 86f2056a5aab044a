// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// A table whose rows name the one above them.
enum Tree: Sendable {
    case issues, places

    var table: String {
        switch self {
        case .issues: "issues"
        case .places: "places"
        }
    }

    private var parent: String {
        switch self {
        case .issues: "broader_id"
        case .places: "within_id"
        }
    }

    /// What stands right above a record; nil above a root.
    fileprivate func parent(of id: String, on connection: Connection) throws -> String? {
        let row = try connection.prepare("SELECT \(parent) FROM \(table) WHERE id = ?")
        try row.bind(1, id)
        return try row.step() ? row.optionalText(0) : nil
    }

    /// A query for these ids, bound as `?1`, and all below them, as `below (id)`.
    var below: String {
        """
        WITH RECURSIVE below (id) AS (SELECT value FROM json_each(?1)
            UNION SELECT x.id FROM below JOIN \(table) AS x ON x.\(parent) = below.id)
        """
    }
}

/// What stands above records in their trees, each looked up once: good as long as no tree changes.
final class Ancestry {
    private let connection: Connection
    private var known: [Tree: [String: [String]]] = [:]

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// A record and all that stands above it; nothing but itself where there is no tree.
    func line(of id: String, in tree: Tree?) throws -> [String] {
        guard let tree else { return [id] }
        if let known = known[tree]?[id] { return known }
        var line: [String] = []
        var next: String? = id
        // A record that stands above itself, which none should, ends it.
        while let current = next, !line.contains(current) {
            if let known = known[tree]?[current], known.allSatisfy({ !line.contains($0) }) {
                line += known
                break
            }
            line.append(current)
            next = try tree.parent(of: current, on: connection)
        }
        known[tree, default: [:]][id] = line
        return line
    }
}
