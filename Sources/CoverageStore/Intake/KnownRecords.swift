// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

extension Reader {
    /// All that texts are searched for: people, organizations, places, issues and events, each type by one statement and
    /// its parts by one more.
    func knownRecords() throws -> [KnownRecord] {
        try knownPeople() + knownOrganizations() + knownPlaces() + knownIssues() + knownEvents()
    }

    private func knownPeople() throws -> [KnownRecord] {
        let aliases = try aliases(of: .person)
        var offices: [String: [KnownRecord.Office]] = [:]
        let held = try connection.prepare(
            "SELECT person_id, title, organization_id FROM offices ORDER BY person_id, position")
        while try held.step() {
            offices[held.text(0), default: []].append(
                KnownRecord.Office(title: held.text(1), organization: held.optionalText(2)))
        }
        return try known(.person, "country_id", aliases) { record, row in
            record.country = row.optionalText(2)
            record.offices = offices[row.text(0)] ?? []
        }
    }

    private func knownOrganizations() throws -> [KnownRecord] {
        try known(.organization, "country_id, kind", aliases(of: .organization)) { record, row in
            record.country = row.optionalText(2)
            record.organizationKind = try row.closed(3)
        }
    }

    private func knownPlaces() throws -> [KnownRecord] {
        try known(.place, "within_id, kind", aliases(of: .place)) { record, row in
            record.within = row.optionalText(2)
            record.placeKind = try row.closed(3)
        }
    }

    private func knownIssues() throws -> [KnownRecord] { try known(.issue, "NULL", aliases(of: .issue)) { _, _ in } }

    private func knownEvents() throws -> [KnownRecord] { try known(.event, "NULL", [:]) { _, _ in } }

    private func known(
        _ type: FactType, _ columns: String, _ aliases: [String: [String]],
        _ complete: (inout KnownRecord, borrowing Row) throws -> Void
    ) throws -> [KnownRecord] {
        let rows = try connection.prepare("SELECT id, name, \(columns) FROM \(Self.table(of: type)) ORDER BY id")
        var known: [KnownRecord] = []
        while try rows.step() {
            let id = rows.text(0)
            var record = KnownRecord(Reference(type, id, name: rows.text(1)), aliases: aliases[id] ?? [])
            try complete(&record, rows)
            known.append(record)
        }
        return known
    }

    private func aliases(of type: FactType) throws -> [String: [String]] {
        let rows = try connection.prepare("SELECT id, alias FROM aliases WHERE type = ? ORDER BY id, position")
        try rows.bind(1, type.rawValue)
        var aliases: [String: [String]] = [:]
        while try rows.step() { aliases[rows.text(0), default: []].append(rows.text(1)) }
        return aliases
    }
}
