// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Holds a whole database against the rules that coverage keeps: what is written through the program keeps them, so that
/// whatever breaks one came in behind its back or by a fault of the program.
struct CoverageRules {
    let connection: Connection
    /// The records that are looked at, by type; nil is all there are.
    let scope: RuleScope?
    private(set) var findings: [CheckReport.Finding] = []

    init(_ connection: Connection, scope: RuleScope? = nil) {
        self.connection = connection
        self.scope = scope
    }

    /// Every finding, by type and id.
    static func findings(on connection: Connection) throws -> [CheckReport.Finding] {
        var rules = CoverageRules(connection)
        try rules.checkReferences()
        try rules.checkOwners()
        try rules.checkClosedSets()
        try rules.checkCitations()
        try rules.checkTrees()
        try rules.checkCountries()
        try rules.checkVariants()
        try rules.checkDates()
        try rules.checkParts()
        try rules.checkStatuses()
        try rules.checkLists()
        return rules.sorted
    }

    /// The findings about records that were written, and about those that depend on them, by the rules that reading a record
    /// and its place in the schema do not keep by themselves.
    static func findings(about written: Set<Reference>, on connection: Connection) throws -> [CheckReport.Finding] {
        let scope = try RuleScope(of: written, on: connection)
        var rules = CoverageRules(connection, scope: scope)
        // The other trees are looked at before anything is written.
        if written.contains(where: { $0.type == .organization }) { try rules.checkTrees(of: [.organization]) }
        if scope.contains(.organization) || scope.contains(.person) { try rules.checkCountries() }
        if scope.contains(.statement) { try rules.checkVariants() }
        if scope.contains(.event) {
            try rules.checkParts()
            try rules.checkStatuses()
        }
        return rules.sorted
    }

    private var sorted: [CheckReport.Finding] {
        findings.sorted { ($0.type, $0.id, $0.reason) < ($1.type, $1.id, $1.reason) }
    }

    mutating func find(_ type: FactType, _ id: String, _ reason: String) {
        findings.append(CheckReport.Finding(type: type.rawValue, id: id, reason: reason))
    }

    /// Runs a statement and makes a finding of each row, whose first column is the record's id.
    private mutating func find(_ type: FactType, _ sql: String, _ values: Value..., reason: (borrowing Row) -> String)
        throws
    {
        let rows = try connection.prepare(sql)
        try rows.bind(all: values)
        while try rows.step() { find(type, rows.text(0), reason(rows)) }
    }

    /// The same of the records in scope.
    /// - Parameter id: the column that says whose a row is.
    private mutating func findInScope(
        _ type: FactType, _ columns: String, from table: String, id: String, joining others: String = "",
        where condition: String, reason: (borrowing Row) -> String
    ) throws {
        let rows = try prepareInScope(type, columns, from: table, id: id, "\(others) WHERE \(condition)")
        while try rows.step() { find(type, rows.text(0), reason(rows)) }
    }

    /// A statement over the rows of the records in scope, ready to step.
    func prepareInScope(
        _ type: FactType, _ columns: String, from table: String, id: String, _ rest: String
    ) throws -> Row {
        guard let scope else { return try connection.prepare("\(columns) FROM \(table) \(rest)") }
        let rows = try connection.prepare(
            "\(columns) FROM json_each(?1) AS wanted CROSS JOIN \(table) ON \(id) = wanted.value \(rest)")
        try rows.bind(1, scope.list(of: type))
        return rows
    }

    // MARK: References

    /// What foreign keys hold, record by record; and the subjects of discrepancies, which none can hold.
    private mutating func checkReferences() throws {
        for table in RecordTable.all {
            for key in try table.foreignKeys(on: connection) {
                let name = String(key.column.dropLast(3)).replacing("_", with: " ")
                let isOwn = key.column == table.owner
                try find(
                    table.type,
                    """
                    SELECT DISTINCT t.\(table.owner), t.\(key.column) FROM \(table.name) AS t
                    WHERE t.\(key.column) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(key.target) AS x WHERE x.id = t.\(key.column))
                    """
                ) { row in
                    isOwn
                        ? "does not exist, but has rows of '\(table.name)'"
                        : "its \(name), '\(row.text(1))', does not exist"
                }
            }
        }
        for type in FactType.allCases {
            try find(
                .discrepancy,
                """
                SELECT t.id, t.subject_id FROM discrepancies AS t WHERE t.subject_type = ?
                AND NOT EXISTS (SELECT 1 FROM \(Reader.table(of: type)) AS x WHERE x.id = t.subject_id)
                """, .text(type.rawValue)
            ) { "its subject, the \(type.rawValue) '\($0.text(1))', does not exist" }
        }
    }

    /// What any type may have belongs to a record there is.
    private mutating func checkOwners() throws {
        for type in FactType.allCases {
            for (table, what) in [
                ("citations", "citations"), ("aliases", "aliases"), ("documents", "a search document"),
            ] {
                try find(
                    type,
                    """
                    SELECT DISTINCT t.id FROM \(table) AS t WHERE t.type = ?
                    AND NOT EXISTS (SELECT 1 FROM \(Reader.table(of: type)) AS x WHERE x.id = t.id)
                    """, .text(type.rawValue)
                ) { _ in "does not exist, but has \(what)" }
            }
            try find(
                type,
                """
                SELECT t.id FROM \(Reader.table(of: type)) AS t
                WHERE NOT EXISTS (SELECT 1 FROM documents AS d WHERE d.type = ? AND d.id = t.id)
                """, .text(type.rawValue)
            ) { _ in "has no search document" }
        }
    }

    // MARK: Closed sets

    private static let types = FactType.allCases.map(\.rawValue)
    private static let closedSets: [(table: String, column: String, values: [String])] = [
        ("events", "kind", EventKind.allCases.map(\.rawValue)),
        ("events", "status", EventStatus.allCases.map(\.rawValue)),
        ("events", "date_basis", DateBasis.allCases.map(\.rawValue)),
        ("event_participants", "role", ParticipantRole.allCases.map(\.rawValue)),
        ("people", "category", PersonCategory.allCases.map(\.rawValue)),
        ("organizations", "kind", OrganizationKind.allCases.map(\.rawValue)),
        ("places", "kind", PlaceKind.allCases.map(\.rawValue)),
        ("statements", "form", StatementForm.allCases.map(\.rawValue)),
        ("statements", "date_basis", DateBasis.allCases.map(\.rawValue)),
        ("discrepancies", "kind", DiscrepancyKind.allCases.map(\.rawValue)),
        ("discrepancies", "subject_type", types), ("articles", "date_basis", DateBasis.allCases.map(\.rawValue)),
    ]

    private mutating func checkClosedSets() throws {
        for set in Self.closedSets {
            guard let table = RecordTable.all.first(where: { $0.name == set.table }) else { continue }
            try find(
                table.type,
                """
                SELECT t.\(table.owner), t.\(set.column) FROM \(set.table) AS t
                WHERE t.\(set.column) NOT IN (SELECT value FROM json_each(?))
                """, .text(jsonArray(set.values))
            ) { "its \(set.column.replacing("_", with: " ")) cannot be '\($0.text(1))'" }
        }
        let rows = try connection.prepare(
            """
            SELECT type, id, status FROM citations WHERE type NOT IN (SELECT value FROM json_each(?1))
            OR status NOT IN (SELECT value FROM json_each(?2)) OR (status IS NOT NULL AND type <> 'event')
            """)
        try rows.bind(1, jsonArray(Self.types))
        try rows.bind(2, jsonArray(EventStatus.allCases.map(\.rawValue)))
        while try rows.step() {
            let reason =
                FactType(rawValue: rows.text(0)) == nil
                ? "citations have the type '\(rows.text(0))', which there is not"
                : "a citation of it cannot have the status '\(rows.text(2))'"
            findings.append(CheckReport.Finding(type: rows.text(0), id: rows.text(1), reason: reason))
        }
    }

    // MARK: Citations

    /// The parts of facts that are cited by themselves: the first segment of the part, and the table.
    private static let parts: [(type: FactType, name: String, table: String, owner: String)] = [
        (.person, "offices", "offices", "person_id"), (.issue, "positions", "positions", "issue_id"),
        (.discrepancy, "accounts", "accounts", "discrepancy_id"),
    ]

    /// Every fact is cited, and every part that is cited by itself; and no citation is of a part there is not.
    private mutating func checkCitations() throws {
        for type in FactType.allCases where type != .article {
            let part = Self.parts.first { $0.type == type }
            // A discrepancy stands on what its accounts cite.
            if type != .discrepancy {
                try find(
                    type,
                    """
                    SELECT t.id FROM \(Reader.table(of: type)) AS t
                    WHERE NOT EXISTS (SELECT 1 FROM citations AS c WHERE c.type = ? AND c.id = t.id)
                    """, .text(type.rawValue)
                ) { _ in "nothing is cited for it" }
            }
            let isPart =
                part.map {
                    "EXISTS (SELECT 1 FROM \($0.table) AS x WHERE x.\($0.owner) = c.id AND c.part = '\($0.name)/' || x.position)"
                } ?? "FALSE"
            try find(
                type,
                "SELECT DISTINCT c.id, c.part FROM citations AS c WHERE c.type = ? AND c.part <> '' AND NOT \(isPart)",
                .text(type.rawValue)
            ) { "a citation is for '\($0.text(1))', which it has not" }
            guard let part else { continue }
            try find(
                type,
                """
                SELECT t.\(part.owner), t.position FROM \(part.table) AS t WHERE NOT EXISTS (
                    SELECT 1 FROM citations AS c WHERE c.type = ? AND c.id = t.\(part.owner)
                    AND c.part = '\(part.name)/' || t.position)
                """, .text(type.rawValue)
            ) { "nothing is cited for its \(part.name)/\($0.int(1))" }
        }
    }

    /// The same words told differently elsewhere: a relation that holds both ways, and never of itself.
    private mutating func checkVariants() throws {
        try findInScope(
            .statement, "SELECT t.statement_id, t.variant_id", from: "statement_variants AS t", id: "t.statement_id",
            where: """
                t.statement_id = t.variant_id OR NOT EXISTS (
                    SELECT 1 FROM statement_variants AS x
                    WHERE x.statement_id = t.variant_id AND x.variant_id = t.statement_id)
                """
        ) { row in
            row.text(0) == row.text(1)
                ? "it cannot be a variant of itself" : "'\(row.text(1))' is its variant, but not the other way round"
        }
    }

    /// What belongs to a country belongs to one of that kind, and a country belongs to none.
    private mutating func checkCountries() throws {
        for (table, type) in [("organizations", FactType.organization), ("people", .person)] {
            try findInScope(
                type, "SELECT t.id, o.id", from: "\(table) AS t", id: "t.id",
                joining: "JOIN organizations AS o ON o.id = t.country_id", where: "o.kind <> 'country'"
            ) { "its country, '\($0.text(1))', is none" }
        }
        try findInScope(
            .organization, "SELECT t.id, t.country_id", from: "organizations AS t", id: "t.id",
            where: "t.kind = 'country' AND t.country_id IS NOT NULL"
        ) { "a country does not belong to one, such as '\($0.text(1))'" }
    }

    // MARK: Lists

    /// Every record is listed by the values it has.
    private mutating func checkLists() throws {
        findings += try ListWriter.faults(on: connection)
    }
}
