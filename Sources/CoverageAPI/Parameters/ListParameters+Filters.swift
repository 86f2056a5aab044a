// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

extension ListParameters {
    /// The filters that the query asks for. What is wrong with them is refused.
    static func filters(
        _ query: inout QueryReader, reader: Reader
    ) throws -> [Filter<Record.Field>] {
        var filters: [Filter<Record.Field>] = []
        for (name, value) in query.items {
            let isNegated = name.hasSuffix(".not")
            guard let field = Record.Field(rawValue: isNegated ? String(name.dropLast(4)) : name) else { continue }
            var values: [String] = []
            var allowsAbsent = false
            for part in QueryReader.parts(of: value) {
                if part.isEmpty {
                    query.refuse(name, "'\(name)' has an empty value.")
                } else if part == "none" && field.test.canBeAbsent {
                    allowsAbsent = true
                } else if case .anyRecord = field.domain {
                    if let value = try qualified(part, of: name, &query, reader: reader) { values.append(value) }
                } else {
                    values.append(id(part, of: field))
                }
            }
            let filter = Filter(field, values: values, allowsAbsent: allowsAbsent, isNegated: isNegated)
            // A filter given again asks for nothing more, and would be tested again for every row.
            if filters.contains(filter) { continue }
            filters.append(filter)
            for value in try reader.unknown(filter.values, in: field, of: Record.table)
            where try !query.refuseDeleted(name, value, of: types(of: field), reader: reader) {
                try refuse(name, value, of: field, &query, reader: reader)
            }
        }
        return filters
    }

    /// Refuses a value that no record has.
    private static func refuse(
        _ name: String, _ value: String, of field: Record.Field, _ query: inout QueryReader, reader: Reader
    ) throws {
        let absent = field.test.canBeAbsent ? ["none"] : []
        switch field.domain {
        case .closedSet(let all):
            query.refuse(name, value: value, among: all + absent)
        case .anyRecord:
            try query.refuseRecord(name, value, among: FactType.allCases, reader: reader)
        case .record, .official, .country, .text:
            try query.refuse(name, value: value) { query in
                if let other = try otherRecord(value, field, reader: reader) { return other }
                let choices = try reader.choices(near: value, in: field, of: Record.table)
                guard case .all(let all) = choices else { return query.hint(choices, for: value, of: name) }
                return query.hint(.all(all + absent), for: value, of: name)
            }
        }
    }

    /// What it is instead of what the field takes; nil where there is nothing of that id, or it is a text.
    private static func otherRecord(_ value: String, _ field: Record.Field, reader: Reader) throws -> String? {
        let wanted: String
        switch field.domain {
        case .record(let type): wanted = type.rawValue
        case .official: wanted = "official"
        case .country: wanted = "country"
        case .anyRecord, .closedSet, .text: return nil
        }
        guard let other = try reader.types(having: value).first else { return nil }
        return ": that is \(one(other.rawValue)), not \(one(wanted))."
    }

    private static func one(_ noun: String) -> String { ("aeio".contains(noun.prefix(1)) ? "an " : "a ") + noun }

    /// `person:qin-gang` is `qin-gang` where a person is asked for.
    private static func id(_ value: String, of field: Record.Field) -> String {
        let prefix = types(of: field).map { "\($0.rawValue):" }.first { value.hasPrefix($0) }
        return String(value.dropFirst(prefix?.count ?? 0))
    }

    /// The types whose records' ids the field takes.
    private static func types(of field: Record.Field) -> [FactType] {
        switch field.domain {
        case .record(let type): [type]
        case .official: [.person]
        // A country is two records of one id.
        case .country: [.organization, .place]
        case .anyRecord: FactType.allCases
        case .closedSet, .text: []
        }
    }

    /// `type:id`, which is always right, from an id alone, which is right where one type only has it; nil where several have.
    private static func qualified(
        _ value: String, of name: String, _ query: inout QueryReader, reader: Reader
    ) throws -> String? {
        if value.contains(":") { return value }
        let types = try reader.types(having: value)
        if types.count > 1 {
            let candidates = types.map { "\($0.rawValue):\(value)" }.joined(separator: ", ")
            query.refuse(name, "'\(name)' could be any of \(candidates); say which.")
            return nil
        }
        return types.first.map { "\($0.rawValue):\(value)" } ?? value
    }
}
