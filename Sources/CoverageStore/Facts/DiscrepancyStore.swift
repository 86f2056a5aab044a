// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Discrepancy: StoredFact {
    package static let table = "discrepancies"

    package enum Field: String, FilterField {
        case article, subject, kind

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .subject: .anyRecord
            case .kind: .closed(DiscrepancyKind.self)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .discrepancy)
            case .subject:
                .found(
                    ValuePath(
                        "CROSS JOIN discrepancies AS t ON t.id = wanted.value", "t.subject_type || ':' || t.subject_id"),
                    isCountable: false)
            case .kind: .column("kind", of: table, nullable: false)
            }
        }

        package var meaning: String {
            switch self {
            case .article: "One of its accounts is cited from this article."
            case .subject: "It is about this record, of any type."
            case .kind: "In what the accounts differ."
            }
        }
    }

    private enum Queries {
        static let accounts = BatchQuery(
            "x.position, x.claim", from: "accounts AS x", by: "x.discrepancy_id", order: "x.position")
        static let rows = BatchQuery(
            """
            t.id, t.name, t.subject_type, t.subject_id, \(ReferenceNames.expression("t.subject_type", "t.subject_id")), t.kind,
            t.revision, t.updated_at
            """, from: "discrepancies AS t", by: "t.id")
    }

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Discrepancy>] {
        let citations = try CitationSet.load(.discrepancy, batch, from: connection)
        let accounts = try batch.children(of: Queries.accounts, on: connection) { row in
            (part: "accounts/\(row.int(1))", claim: row.text(2))
        }
        var discrepancies: [Stored<Discrepancy>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let cited = citations[position]
            let discrepancy = Discrepancy(
                id: row.text(1), aspect: row.text(2), subject: try row.anyReference(3), kind: try row.closed(6),
                accounts: accounts[position].map { Account(claim: $0.claim, evidence: cited.part($0.part)) })
            discrepancies.append(
                Stored(
                    value: discrepancy, revision: row.int(7), updatedAt: row.text(8), coverage: cited.coverage,
                    derived: NothingDerived()))
        }
        return discrepancies
    }

    private static let row = RecordRow(
        into: table, columns: ["id", "name", "subject_type", "subject_id", "kind", "revision", "updated_at"])

    private static let accountRows = ChildTable("accounts", of: "discrepancy_id", columns: ["claim"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, aspect)
        try row.bind(3, subject.type.rawValue)
        try row.bind(4, subject.id)
        try row.bind(5, kind.rawValue)
        try row.bind(6, revision)
        try row.bind(7, time)
        try row.run()
        try Self.accountRows.write(accounts.map { [$0.claim] }, of: id, isNew: isNew, to: connection)
    }
}
