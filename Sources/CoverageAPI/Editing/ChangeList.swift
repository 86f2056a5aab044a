// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// The content of `POST /v1/batch`: changes that are made together or not at all.
struct ChangeList {
    private static let most = 1000

    let edits: [Edit]

    /// - Throws: 422 with every fault, or 428 naming the changes without a condition.
    init(_ content: JSONValue, links: Links) throws {
        let faults = FaultList()
        let reader = ObjectReader(content, at: JSONPointer(), faults: faults, members: ["changes"])
        var unconditional: [Problem.Fault] = []
        edits = reader.array("changes", required: true) { value, place in
            ChangeReader(value, at: place, faults: faults).edit(links: links, unconditional: &unconditional)
        }.compactMap(\.self)
        if reader.has("changes"), faults.faults.isEmpty, !(1...Self.most).contains(edits.count) {
            faults.add(JSONPointer().appending(member: "changes"), "must have 1 to \(Self.most) changes")
        }
        guard faults.faults.isEmpty else { throw RefusalWording.problem(faults.faults) }
        guard unconditional.isEmpty else {
            throw Problem(
                .preconditionRequired,
                "What has been read is changed under 'ifMatch'; \(unconditional.count) changes have none.",
                faults: unconditional)
        }
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
    private let body: JSONValue?

    init(_ value: JSONValue, at place: JSONPointer, faults: FaultList) {
        self.place = place
        self.faults = faults
        reader = ObjectReader(value, at: place, faults: faults, members: Self.members)
        body = if case .object(let object) = value { object["body"] } else { nil }
    }

    /// Nil where something is wrong.
    func edit(links: Links, unconditional: inout [Problem.Fault]) -> Edit? {
        guard let method = method(), let target = target(links) else { return nil }
        refuseStrangers(to: method)
        switch (method, target.id) {
        case (.post, nil): return content().map { edit(target.type, .create($0)) }
        case (.post, _?), (_, nil):
            fault("path", "must be that of \(method == .post ? "a collection" : "a record") with \(method.rawValue)")
            return nil
        case (_, let id?):
            guard let condition = condition(mayCreate: method == .put, &unconditional) else { return nil }
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

    private func condition(mayCreate: Bool, _ unconditional: inout [Problem.Fault]) -> Edit.Condition? {
        do throws(ConditionFault) {
            return try Edit.Condition(
                ifMatch: reader.optionalString("ifMatch"), ifNoneMatch: reader.optionalString("ifNoneMatch"),
                mayCreate: mayCreate)
        } catch {
            switch error {
            case .missing(let detail): unconditional.append(.init(.pointer(place.description), detail))
            case .malformed(let detail): fault(reader.has("ifMatch") ? "ifMatch" : "ifNoneMatch", detail)
            }
            return nil
        }
    }

    /// What a path names, given as a client finds it in `href`.
    private func target(_ links: Links) -> (type: FactType, id: String?)? {
        let text = reader.string("path")
        guard !text.isEmpty else { return nil }
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
