// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes

/// Takes the parameters of one request, each by the rule that its path declares for it, and gathers every fault.
/// Nothing is ignored: what no rule took is unknown.
struct QueryReader {
    typealias Item = (name: String, value: String)

    let items: [Item]
    /// The value of `Accept`.
    let accept: String?
    /// Every parameter the path has, for suggestions.
    private let known: [String]
    private var faults: [(type: ProblemType, fault: Problem.Fault)] = []
    /// A parameter with a detail or a value that was refused: each is named once.
    private var refused: Set<[String]> = []
    /// How many more times the nearest right word is looked up: going through ids takes time, and nobody reads fifty hints.
    private var lookUps = 3
    /// The most faults an answer names: a request of a few kilobytes must not make one of megabytes.
    private static let most = 20

    init(_ request: Request, known: [String]) throws {
        do {
            items = try request.query.map(Query.parse) ?? []
        } catch {
            let name = String(error.piece.prefix { $0 != "=" })
            throw Problem(.invalidParameter, error.detail, faults: [.init(.parameter(name), error.detail)])
        }
        accept = request.headerFields.value(of: .accept)
        self.known = known
        refuseUnknown()
    }

    private mutating func refuseUnknown() {
        // No set and no sorting for a request of which all is known, as nearly all are.
        if items.allSatisfy({ known.contains($0.name) }) { return }
        var isListed = false
        for name in Set(items.map(\.name)).sorted() where !known.contains(name) {
            var hint = nearest(to: name, among: known).map { "; did you mean '\($0)'?" }
            if hint == nil, !isListed {
                hint = known.isEmpty ? "; this path takes none." : "; this path takes \(known.joined(separator: ", "))."
                isListed = true
            }
            refuse(name, "There is no parameter '\(name)' here\(hint ?? ".")", as: .unknownParameter)
        }
    }

    mutating func refuse(_ name: String, _ detail: String, as type: ProblemType = .invalidParameter) {
        if refused.insert([name, detail]).inserted { faults.append((type, .init(.parameter(name), detail))) }
    }

    /// Ends the reading: everything that was wrong, in one problem.
    func finish() throws {
        guard let first = faults.first else { return }
        let named = faults.prefix(Self.most).map(\.fault)
        let rest = faults.count - named.count
        let detail =
            named.map(\.detail).joined(separator: " ") + (rest > 0 ? " \(rest) more faults are not listed." : "")
        throw Problem(first.type, detail, faults: named)
    }

    /// The value of a parameter that may stand once; nil when it does not stand there.
    mutating func single(_ name: String) -> String? {
        if items.isEmpty { return nil }
        let values = items.filter { $0.name == name }.map(\.value)
        if values.count > 1 { refuse(name, "'\(name)' stands \(values.count) times; it may stand once.") }
        guard let value = values.first else { return nil }
        if value.isEmpty {
            refuse(name, "'\(name)' has no value.")
            return nil
        }
        return value
    }

    /// The values of a comma-separated parameter, each of which must be among these; one given again asks for nothing more.
    mutating func list(_ value: String, of name: String, among allowed: [String]) -> [String] {
        let values = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for value in values where !allowed.contains(value) { refuse(name, value: value, among: allowed) }
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }

    /// Refuses a value that is none of these.
    mutating func refuse(_ name: String, value: String, among allowed: [String]) {
        refuse(name, value: value) { _ in Reader.Choices.all(allowed).hint(for: value) }
    }

    /// Refuses a value that nothing has.
    /// - Parameter choices: what is there in its place.
    mutating func refuse(_ name: String, value: String, choices: () throws -> Reader.Choices) rethrows {
        try refuse(name, value: value) { try $0.lookUp(value, choices) }
    }

    private mutating func refuse(
        _ name: String, value: String, hint: (inout QueryReader) throws -> String
    ) rethrows {
        // A hint takes longer than the rest, and what is not named needs none.
        guard refused.insert([name, value]).inserted else { return }
        let hint = try faults.count < Self.most ? hint(&self) : "."
        refuse(name, "'\(name)' cannot be '\(value)'\(hint)")
    }

    /// What would be right, to follow what is wrong.
    private mutating func lookUp(_ value: String, _ choices: () throws -> Reader.Choices) rethrows -> String {
        guard lookUps > 0 else { return "." }
        lookUps -= 1
        return try choices().hint(for: value)
    }

    /// Refuses the id, or `type:id`, of a record of these types that was deleted.
    /// - Returns: whether there was one.
    mutating func refuseDeleted(_ name: String, _ value: String, of types: [FactType], reader: Reader) throws -> Bool {
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        for type in types where parts.count == 1 || parts[0] == type.rawValue {
            guard let tombstone = try reader.tombstone(parts[parts.count - 1], of: type) else { continue }
            let successor = try reader.successor(of: tombstone)
            let hint = successor.map { "; use '\($0)', which stands for it now" } ?? ""
            refuse(name, "'\(name)' cannot be '\(value)': that \(type.rawValue) was deleted\(hint).")
            return true
        }
        return false
    }

    /// The value of a parameter that has to be there.
    mutating func required(_ name: String) -> String? {
        refuseMissing(name)
        return single(name)
    }

    /// Refuses what is not there; what is there and wrong is refused where it is read.
    mutating func refuseMissing(_ name: String) {
        if !items.contains(where: { $0.name == name }) { refuse(name, "'\(name)' is missing; this path needs it.") }
    }

    /// A record of one of several types: `type:id`, or an id that only one of them has.
    mutating func record(
        _ parameter: Parameter<String?>, among types: [FactType], reader: Reader
    ) throws -> Reference? {
        let name = parameter.name
        guard let value = take(parameter) else { return nil }
        if let colon = value.firstIndex(of: ":") {
            let id = String(value[colon...].dropFirst())
            let having = try reader.types(having: id)
            guard let type = FactType(rawValue: String(value[..<colon])), types.contains(type) else {
                let fit = having.filter(types.contains).map { "\($0.rawValue):\(id)" }
                let hint = fit.isEmpty ? "." : "; did you mean '\(fit.joined(separator: "' or '"))'?"
                let names = types.map(\.rawValue).joined(separator: ", ")
                refuse(name, "'\(name)' cannot be '\(value)': its type has to be one of \(names)\(hint)")
                return nil
            }
            if having.contains(type) { return Reference(type, id) }
        } else {
            let found = try reader.types(having: value).filter(types.contains)
            if found.count == 1 { return Reference(found[0], value) }
            if found.count > 1 {
                refuse(
                    name,
                    "'\(name)' could be any of \(found.map { "\($0.rawValue):\(value)" }.joined(separator: ", ")); say which."
                )
                return nil
            }
        }
        if try refuseDeleted(name, value, of: types, reader: reader) { return nil }
        let id = value.split(separator: ":").last.map(String.init) ?? value
        try refuse(name, value: value) {
            .alike(
                try types.flatMap { type in
                    let prefix = value.contains(":") ? "\(type.rawValue):" : ""
                    return try reader.ids(near: id, of: type).map { prefix + $0 }
                })
        }
        return nil
    }

    /// Digits only, so that neither sign, space nor overflow slips through.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        single(name).flatMap { integer($0, of: name, in: range) }
    }

    mutating func integer(_ value: String, of name: String, in range: ClosedRange<Int>) -> Int? {
        guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value), range.contains(number)
        else {
            refuse(
                name,
                "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound), not '\(value)'.")
            return nil
        }
        return number
    }

    mutating func boolean(_ name: String) -> Bool? { single(name).flatMap { boolean($0, of: name) } }

    mutating func boolean(_ value: String, of name: String) -> Bool? {
        guard value == "true" || value == "false" else {
            refuse(name, value: value, among: ["true", "false"])
            return nil
        }
        return value == "true"
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
    mutating func requireRecord(_ name: String, _ id: String, of type: FactType, reader: Reader) throws {
        if try reader.has(id, of: type) || refuseDeleted(name, id, of: [type], reader: reader) { return }
        let hint = try lookUp(id) { try reader.choices(near: id, of: type) }
        refuse(name, "'\(name)' cannot be '\(id)': there is no \(type.rawValue) of that id\(hint)")
    }
}

extension Reader.Choices {
    /// The nearest to a value that is none of them, or all of them.
    fileprivate func hint(for value: String) -> String {
        let values: [String]
        switch self {
        case .all(let all):
            if all.isEmpty { return "; there is nothing to choose from here." }
            values = all
        case .alike(let some): values = some
        }
        if let near = nearest(to: value, among: values) { return "; did you mean '\(near)'?" }
        if case .all(let all) = self { return "; use \(all.joined(separator: ", "))." }
        return values.count < Self.bound ? "; nothing of a like name is known." : "."
    }
}
