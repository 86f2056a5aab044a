// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// The content of `POST /v1/batch`: changes that are made together or not at all.
struct ChangeList {
    private static let most = 1000

    /// What could be read. Where there are faults it is looked at all the same, so that all that is wrong is told at once.
    private(set) var edits: [Edit] = []
    /// The number of each edit's change.
    private(set) var numbers: [Int] = []
    /// What is wrong with the changes themselves, those without a condition included.
    let faults: [FaultList.Fault]
    /// The changes without a condition.
    let unconditional: [FaultList.Fault]

    /// - Throws: 422 for what is no list of changes.
    init(_ content: JSONValue, links: Links) throws {
        let list = FaultList()
        let reader = ObjectReader(content, at: JSONPointer(), faults: list, members: ["changes"])
        let changes = reader.array("changes", required: true) { ($0, $1) }
        if reader.has("changes"), list.isEmpty, !(1...Self.most).contains(changes.count) {
            list.add(JSONPointer().appending(member: "changes"), "must have 1 to \(Self.most) changes")
        }
        guard list.isEmpty else { throw RefusalWording.problem(list.faults) }
        let missing = FaultList()
        for (number, (value, place)) in changes.enumerated() {
            let change = ChangeReader(value, at: place, faults: list, unconditional: missing)
            guard let edit = change.edit(links: links) else { continue }
            edits.append(edit)
            numbers.append(number)
        }
        unconditional = missing.faults
        for fault in unconditional { list.add(fault.pointer, fault.message) }
        faults = list.faults
    }
}

/// Reads one change of a batch.
private struct ChangeReader {
    private enum Method: String, CaseIterable {
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    private static let members = ["method", "path", "ifMatch", "ifNoneMatch", "replacedBy", "body"]

    let reader: ObjectReader
    let place: JSONPointer
    let faults: FaultList
    /// The changes without a condition.
    let unconditional: FaultList
    private let body: JSONValue?

    init(_ value: JSONValue, at place: JSONPointer, faults: FaultList, unconditional: FaultList) {
        self.place = place
        self.faults = faults
        self.unconditional = unconditional
        reader = ObjectReader(value, at: place, faults: faults, members: Self.members)
        body = if case .object(let object) = value { object["body"] } else { nil }
    }

    /// Nil where it cannot be told what is to be changed.
    func edit(links: Links) -> Edit? {
        guard let method = method(), let target = target(links) else { return nil }
        refuseStrangers(to: method)
        switch (method, target.id) {
        case (.post, nil): return content().map { edit(target.type, .create($0)) }
        case (.post, _?), (_, nil):
            fault("path", "must be that of \(method == .post ? "a collection" : "a record") with \(method.rawValue)")
            return nil
        case (_, let id?):
            let condition = condition(mayCreate: method == .put)
            if method == .delete {
                let replacement = reader.optionalString("replacedBy")
                return Edit(target.type, .delete(id: id, replacedBy: replacement, if: condition), at: place)
            }
            return content().map {
                edit(
                    target.type,
                    method == .put
                        ? .replace(id: id, with: $0, if: condition) : .patch(id: id, with: $0, if: condition))
            }
        }
    }

    private func edit(_ type: FactType, _ action: Edit.Action) -> Edit {
        Edit(type, action, at: place.appending(member: "body"))
    }

    private func fault(_ name: String, _ message: String) { faults.add(place.appending(member: name), message) }

    private func method() -> Method? {
        let text = reader.string("method")
        let method = Method(rawValue: text)
        if method == nil, !text.isEmpty {
            fault("method", "must be \(Method.allCases.map(\.rawValue).joined(separator: ", ")), not '\(text)'")
        }
        return method
    }

    /// Members that have no meaning with the method.
    private func refuseStrangers(to method: Method) {
        let strangers =
            switch method {
            case .post: ["ifMatch", "ifNoneMatch", "replacedBy"]
            case .put, .patch: ["replacedBy"]
            case .delete: ["body"]
            }
        for name in strangers where reader.has(name) { fault(name, "has no meaning with \(method.rawValue)") }
    }

    private func content() -> JSONValue? {
        if body == nil { fault("body", "is missing") }
        return body
    }

    /// Where the condition is at fault, one that lets the rest be looked at.
    private func condition(mayCreate: Bool) -> Edit.Condition {
        do throws(ConditionFault) {
            return try Edit.Condition(
                ifMatch: reader.optionalString("ifMatch"), ifNoneMatch: reader.optionalString("ifNoneMatch"),
                mayCreate: mayCreate)
        } catch {
            switch error {
            case .missing(let detail): unconditional.add(place.appending(member: "ifMatch"), Self.members(for: detail))
            case .malformed(let detail), .weak(let detail):
                fault(reader.has("ifMatch") ? "ifMatch" : "ifNoneMatch", Self.members(for: detail))
            }
            return .present
        }
    }

    /// Here members stand for the fields of other requests.
    private static func members(for fields: String) -> String {
        fields.replacing("If-Match", with: "ifMatch").replacing("If-None-Match", with: "ifNoneMatch")
    }

    /// What a path names, given as a client finds it in `href`.
    private func target(_ links: Links) -> (type: FactType, id: String?)? {
        let text = reader.string("path")
        guard !text.isEmpty else { return nil }
        if text.contains("?") {
            fault("path", "must have no query: what a parameter says is a member of the change, such as 'replacedBy'")
            return nil
        }
        let pieces = links.path(of: text).split(separator: "/", omittingEmptySubsequences: false)
        guard (3...4).contains(pieces.count), pieces[0].isEmpty, pieces[1] == "v1", pieces.last?.isEmpty == false,
            let type = FactType.allCases.first(where: { $0.collection == pieces[2] })
        else {
            fault("path", "must be that of a collection of records, such as '/v1/events', or of a record in one")
            return nil
        }
        guard pieces.count == 4 else { return (type, nil) }
        do throws(PercentCodingError) {
            return (type, try PercentCoding.decode(pieces[3]))
        } catch {
            fault("path", error.detail)
            return nil
        }
    }
}
