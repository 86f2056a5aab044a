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
    /// Parameters with a detail, and with a value, that were refused: each is named once.
    private var refused: Set<[String]> = []
    private var refusedValues: Set<[String]> = []
    /// Parameters of which an answer says already what is right.
    private var listed: Set<String> = []
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
        let values = Self.parts(of: value)
        for value in values where !allowed.contains(value) { refuse(name, value: value, among: allowed) }
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }

    /// Refuses a value that is none of these.
    mutating func refuse(_ name: String, value: String, among allowed: [String]) {
        refuseOnce(name, value: value) { $0.hint(.all(allowed), for: value, of: name) }
    }

    /// Refuses a value that nothing has.
    /// - Parameter hint: looks up what would be right, and words it. Asked a few times only.
    mutating func refuse(
        _ name: String, value: String, lookingUp hint: (inout QueryReader) throws -> String
    ) rethrows {
        try refuseOnce(name, value: value) { query in
            guard query.lookUps > 0 else { return "." }
            query.lookUps -= 1
            return try hint(&query)
        }
    }

    private mutating func refuseOnce(
        _ name: String, value: String, hint: (inout QueryReader) throws -> String
    ) rethrows {
        // A hint takes longer than the rest, and what is not named needs none.
        guard refusedValues.insert([name, value]).inserted else { return }
        let hint = try faults.count < Self.most ? hint(&self) : "."
        refuse(name, "'\(name)' cannot be '\(value)'\(hint)")
    }

    /// What would be right, to follow what is wrong: the nearest to a value that is none of them, or all of them.
    /// - Parameter prefix: what belongs before each of them, as a type does before its ids.
    mutating func hint(
        _ choices: Reader.Choices, for value: String, of name: String, prefix: String = ""
    ) -> String {
        if let near = nearest(to: value, among: choices.values) { return "; did you mean '\(prefix)\(near)'?" }
        return switch choices {
        case .all([]): "; there is nothing to choose from here."
        case .all(let all): namingOnce(name, "; use \(all.map { prefix + $0 }.joined(separator: ", "))") + "."
        case .alike(let some): some.count < Reader.Choices.bound ? "; nothing of a like name is known." : "."
        }
    }

    /// All that is right, which is told once, however much is wrong with a parameter.
    mutating func namingOnce(_ name: String, _ right: String) -> String { listed.insert(name).inserted ? right : "" }

    /// What stands between the commas of a value. By bytes: a comma is one whatever stands behind it.
    static func parts(of value: String) -> [String] {
        value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String(Substring($0)) }
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
}
