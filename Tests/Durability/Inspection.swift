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
            let there = try people(prefix)
            for attempt in attempts {
                let count = attempt.ids.count { there.contains($0) }
                if count != 0, count != attempt.ids.count {
                    faults.append("\(count) of the \(attempt.ids.count) of one request are there: \(attempt.ids)")
                }
                if count == 0, isHeard(attempt) { faults.append("acknowledged and lost: \(attempt.ids)") }
            }
            faults += try text(Self.halves(prefix)).map { "only a part of '\($0)' is there" }
            let number = try text("SELECT value FROM counters WHERE name = 'change'")
            let last = try text("SELECT max(number) FROM changes")
            if number != last { faults.append("the log of changes ends with \(last), its counter is at \(number)") }
        }
        return faults
    }

    /// Records of which not all rows are there that one transaction writes.
    private static func halves(_ prefix: String) -> String {
        """
        SELECT p.id FROM people AS p WHERE p.id GLOB '\(prefix)*' AND NOT (
            EXISTS (SELECT 1 FROM revisions AS r WHERE r.type = 'person' AND r.id = p.id AND r.audit IS NOT NULL)
            AND EXISTS (SELECT 1 FROM changes AS c WHERE c.type = 'person' AND c.id = p.id)
            AND EXISTS (SELECT 1 FROM documents AS d JOIN postings AS o ON o.document = d.number
                        WHERE d.type = 'person' AND d.id = p.id)
            AND EXISTS (SELECT 1 FROM citations AS c WHERE c.type = 'person' AND c.id = p.id)
            AND EXISTS (SELECT 1 FROM aliases AS a WHERE a.type = 'person' AND a.id = p.id))
        UNION ALL SELECT c.id FROM changes AS c WHERE c.type = 'person' AND c.id GLOB '\(prefix)*'
            AND NOT EXISTS (SELECT 1 FROM people AS p WHERE p.id = c.id)
        """
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
