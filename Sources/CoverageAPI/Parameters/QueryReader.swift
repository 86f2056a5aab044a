// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP

/// Takes the parameters of one request, each by the rule that its path declares for it, and gathers every fault.
/// Nothing is ignored: what no rule took is unknown.
struct QueryReader {
    typealias Item = (name: String, value: String)

    let items: [Item]
    /// Every parameter the path has, for suggestions.
    private let known: [String]
    private var faults: [(type: ProblemType, fault: Problem.Fault)] = []

    init(_ request: Request, known: [String]) throws {
        do {
            items = try Query.parse(request.query ?? "")
        } catch {
            throw Problem(.invalidParameter, error.detail, faults: [.init(.parameter(error.piece), error.detail)])
        }
        self.known = known
        for name in Set(items.map(\.name)).sorted() where !known.contains(name) {
            let hint =
                nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "this path takes none." : "this path takes \(known.joined(separator: ", ")).")
            refuse(name, "There is no parameter '\(name)' here; \(hint)", as: .unknownParameter)
        }
    }

    mutating func refuse(_ name: String, _ detail: String, as type: ProblemType = .invalidParameter) {
        faults.append((type, .init(.parameter(name), detail)))
    }

    /// Ends the reading: everything that was wrong, in one problem.
    func finish() throws {
        guard let first = faults.first else { return }
        throw Problem(
            first.type, faults.map(\.fault.detail).joined(separator: " "), faults: faults.map(\.fault))
    }

    /// The value of a parameter that may stand once; nil when it does not stand there.
    mutating func single(_ name: String) -> String? {
        let values = items.filter { $0.name == name }.map(\.value)
        if values.count > 1 { refuse(name, "'\(name)' stands \(values.count) times; it may stand once.") }
        guard let value = values.first else { return nil }
        if value.isEmpty {
            refuse(name, "'\(name)' has no value.")
            return nil
        }
        return value
    }

    /// The values of a comma-separated parameter, each of which must be among these.
    mutating func list(_ name: String, among allowed: [String]) -> [String]? {
        guard let value = single(name) else { return nil }
        let values = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for value in values where !allowed.contains(value) { refuse(name, value: value, among: allowed) }
        return values
    }

    mutating func refuse(_ name: String, value: String, among allowed: [String]) {
        let hint: String
        if allowed.isEmpty {
            hint = "there is nothing to choose from here."
        } else if let near = nearest(to: value, among: allowed) {
            hint = "did you mean '\(near)'?"
        } else if allowed.count <= 12 {
            hint = "use \(allowed.joined(separator: ", "))."
        } else {
            hint = "nothing of a like name is known."
        }
        refuse(name, "'\(name)' cannot be '\(value)'; \(hint)")
    }

    mutating func boolean(_ name: String) -> Bool? {
        guard let value = single(name) else { return nil }
        guard value == "true" || value == "false" else {
            refuse(name, value: value, among: ["true", "false"])
            return nil
        }
        return value == "true"
    }

    /// `limit`: digits only, so that neither sign, space nor overflow slips through.
    mutating func limit() -> Int {
        guard let value = single("limit") else { return 20 }
        guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let limit = Int(value), (1...100).contains(limit)
        else {
            refuse("limit", "'limit' must be a whole number from 1 to 100, not '\(value)'.")
            return 20
        }
        return limit
    }

    mutating func edtf(_ name: String) -> EDTF? {
        guard let value = single(name) else { return nil }
        do { return try EDTF(value) } catch {
            refuse(name, "'\(name)' cannot be '\(value)': \(error).")
            return nil
        }
    }

    /// `format` beats `Accept`; JSON is what there is.
    mutating func format() {
        if let value = single("format"), value != "json" { refuse("format", value: value, among: ["json"]) }
    }
}
