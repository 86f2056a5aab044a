// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// Parameters that name records.
extension QueryReader {
    /// A record of one of several types: `type:id`, or an id that only one of them has.
    mutating func record(
        _ parameter: Parameter<String?>, among types: [FactType], reader: Reader
    ) throws -> Reference? {
        let name = parameter.name
        guard let value = take(parameter) else { return nil }
        let (type, id) = Self.parse(value)
        let found = try reader.types(having: id).filter { types.contains($0) && (type == nil || $0.rawValue == type) }
        if found.count == 1 { return Reference(found[0], id) }
        if found.count > 1 {
            let candidates = found.map { "\($0.rawValue):\(id)" }.joined(separator: ", ")
            refuse(name, "'\(name)' could be any of \(candidates); say which.")
        } else if try !refuseDeleted(name, value, of: types, reader: reader) {
            try refuseRecord(name, value, among: types, reader: reader)
        }
        return nil
    }

    /// The id of an article there is.
    mutating func article(_ parameter: Parameter<String?>, reader: Reader) throws -> String? {
        let name = parameter.name
        guard let value = take(parameter) else { return nil }
        let id = value.hasPrefix("article:") ? String(value.dropFirst("article:".count)) : value
        try requireRecord(name, id, of: .article, reader: reader)
        return id
    }

    /// Refuses the id of a record that there is not.
    /// - Parameter other: the id of one that would not do.
    mutating func requireRecord(
        _ name: String, _ id: String, of type: FactType, except other: String? = nil, reader: Reader
    ) throws {
        if try reader.has(id, of: type) || refuseDeleted(name, id, of: [type], reader: reader) { return }
        let choices = try reader.choices(near: id, of: type).filter { $0 != other }
        let hint = hint(choices, for: id, of: name)
        refuse(name, "'\(name)' cannot be '\(id)': there is no \(type.rawValue) of that id\(hint)")
    }

    /// Refuses `type:id`, or an id alone, that no record of these types has.
    mutating func refuseRecord(_ name: String, _ value: String, among types: [FactType], reader: Reader) throws {
        let (type, id) = Self.parse(value)
        try refuse(name, value: value) { query in
            guard let type else {
                return query.hint(try reader.choices(near: id, among: types), for: id, of: name)
            }
            let fit = try reader.types(having: id).filter(types.contains).map { "\($0.rawValue):\(id)" }
            let meant = fit.isEmpty ? nil : "; did you mean '\(fit.joined(separator: "' or '"))'?"
            guard let known = types.first(where: { $0.rawValue == type }) else {
                let names = types.map(\.rawValue).joined(separator: ", ")
                return query.namingOnce(name, ": its type has to be one of \(names)") + (meant ?? ".")
            }
            if let meant { return meant }
            return query.hint(try reader.choices(near: id, of: known), for: id, of: name, prefix: "\(type):")
        }
    }

    /// Refuses the id, or `type:id`, of a record of these types that was deleted.
    /// - Returns: whether there was one.
    mutating func refuseDeleted(_ name: String, _ value: String, of types: [FactType], reader: Reader) throws -> Bool {
        let (given, id) = Self.parse(value)
        for type in types where given == nil || given == type.rawValue {
            guard let tombstone = try reader.tombstone(id, of: type) else { continue }
            let successor = try reader.successor(of: tombstone)
            let hint = successor.map { "; use '\($0)', which stands for it now" } ?? ""
            refuse(name, "'\(name)' cannot be '\(value)': that \(type.rawValue) was deleted\(hint).")
            return true
        }
        return false
    }

    /// The type, where one is given, and the id.
    private static func parse(_ value: String) -> (type: String?, id: String) {
        guard let colon = value.firstIndex(of: ":") else { return (nil, value) }
        return (String(value[..<colon]), String(value[colon...].dropFirst()))
    }
}
