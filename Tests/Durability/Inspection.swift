// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import SQLite
import TestSupport

/// Looks into a database file from outside, and never writes to it.
struct Inspection {
    private let connection: Connection

    init(_ path: String) throws {
        connection = try Connection(path: path, mode: .readOnly)
    }

    /// What is wrong with the file, and with what it says of these attempts.
    /// - Parameter isHeard: whether the attempt had been acknowledged by the moment that the file is of.
    func faults(of attempts: [Attempt], prefix: String, isHeard: (Attempt) -> Bool) throws -> [String] {
        var faults: [String] = []
        try connection.readTransaction {
            let integrity = try text("PRAGMA integrity_check(1)").first ?? "no answer"
            if integrity != "ok" { faults.append("integrity_check: \(integrity)") }
            let revisions = try revisions(prefix)
            let keys = Set(try text("SELECT key FROM idempotency WHERE key GLOB '\(prefix)*'"))
            for attempt in attempts {
                let count = attempt.ids.count { revisions[$0] ?? 0 >= attempt.action.rawValue }
                if count != 0, count != attempt.ids.count {
                    faults.append("\(count) of the \(attempt.ids.count) of one request are there: \(attempt.ids)")
                }
                if count == 0, isHeard(attempt) {
                    faults.append("\(attempt.action) acknowledged and lost: \(attempt.ids)")
                }
                if attempt.action == .make, attempt.ids.count == 1, keys.contains(attempt.ids[0]) != (count == 1) {
                    faults.append("the record and the answer that is kept for it are not both there: \(attempt.ids)")
                }
            }
            faults += try text(Self.halves(prefix)).map { "only a part of '\($0)' is there" }
            let number = try text("SELECT value FROM counters WHERE name = 'change'")
            let last = try text("SELECT max(number) FROM changes")
            if number != last { faults.append("the log of changes ends with \(last), its counter is at \(number)") }
        }
        return faults
    }

    /// Records of which not all rows are there that one transaction writes, or not all gone that one takes away.
    private static func halves(_ prefix: String) -> String {
        """
        SELECT p.id FROM people AS p WHERE p.id GLOB '\(prefix)*' AND NOT (
            p.revision = (SELECT max(r.revision) FROM revisions AS r
                          WHERE r.type = 'person' AND r.id = p.id AND r.audit IS NOT NULL)
            AND EXISTS (SELECT 1 FROM changes AS c WHERE c.type = 'person' AND c.id = p.id AND c.revision = p.revision)
            AND EXISTS (SELECT 1 FROM documents AS d JOIN postings AS o ON o.document = d.number
                        WHERE d.type = 'person' AND d.id = p.id)
            AND EXISTS (SELECT 1 FROM citations AS c WHERE c.type = 'person' AND c.id = p.id)
            AND EXISTS (SELECT 1 FROM aliases AS a WHERE a.type = 'person' AND a.id = p.id))
        UNION ALL SELECT c.id FROM changes AS c WHERE c.type = 'person' AND c.id GLOB '\(prefix)*'
            AND (c.change = 'deleted') <> EXISTS (SELECT 1 FROM tombstones AS t
                                                  WHERE t.type = 'person' AND t.id = c.id AND t.revision = c.revision)
            AND NOT EXISTS (SELECT 1 FROM changes AS x WHERE x.type = 'person' AND x.id = c.id AND x.number > c.number)
        UNION ALL SELECT t.id FROM tombstones AS t WHERE t.type = 'person' AND t.id GLOB '\(prefix)*'
            AND (EXISTS (SELECT 1 FROM people AS p WHERE p.id = t.id)
                 OR EXISTS (SELECT 1 FROM citations AS c WHERE c.type = 'person' AND c.id = t.id)
                 OR EXISTS (SELECT 1 FROM documents AS d WHERE d.type = 'person' AND d.id = t.id))
        UNION ALL SELECT r.id FROM revisions AS r WHERE r.type = 'person' AND r.id GLOB '\(prefix)*'
            AND NOT EXISTS (SELECT 1 FROM people AS p WHERE p.id = r.id)
            AND NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.type = 'person' AND t.id = r.id)
        """
    }

    /// The last revision of each record whose id begins so, be it of its end.
    private func revisions(_ prefix: String) throws -> [String: Int] {
        let rows = try connection.prepare(
            "SELECT id, max(revision) FROM revisions WHERE type = 'person' AND id GLOB '\(prefix)*' GROUP BY id")
        var found: [String: Int] = [:]
        while try rows.step() { found[rows.text(0)] = rows.int(1) }
        return found
    }

    /// The ids that begin so.
    func people(_ prefix: String) throws -> Set<String> {
        Set(try text("SELECT id FROM people WHERE id GLOB '\(prefix)*'"))
    }

    /// The numbers of all changes after this one, in order.
    func changes(after number: Int) throws -> [Int] {
        try text("SELECT number FROM changes WHERE number > \(number) ORDER BY number").compactMap(Int.init)
    }

    func epoch() throws -> String { try text("SELECT epoch FROM feed").first ?? "" }

    private func text(_ sql: String) throws -> [String] {
        let rows = try connection.prepare(sql)
        var found: [String] = []
        while try rows.step() { found.append(rows.text(0)) }
        return found
    }
}

/// Opens a database as the server does, recovering what it left, and holds it to every rule that it has.
func recheck(_ path: String) throws -> [String] {
    let migrations = try CoverageDatabase.migrations(in: Repository.migrations)
    let database = try CoverageDatabase(path: path, migrations: migrations)
    defer { database.close() }
    let report = try database.read { try $0.check() }
    return report.damage + report.findings.map { "\($0.type) '\($0.id)': \($0.reason)" }
}
