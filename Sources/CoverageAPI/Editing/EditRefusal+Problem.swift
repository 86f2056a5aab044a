// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// How refusals are worded to one client.
struct RefusalWording: Sendable {
    /// Whether the client may know who deleted what.
    let isAdmin: Bool
    /// Of a batch, the change that each edit is; nil where the request is one change.
    var changes: [Int]?
    /// The changes of a batch that lack a condition. Nothing else being wrong, that is what is said.
    var unconditional: [FaultList.Fault] = []
    /// Whether what a fault points at came as parameters of the query, by the same names.
    var isParameters = false
    /// For changes of records that are not there, what could have been meant.
    var candidates: [Int: [String]] = [:]

    /// The most faults one answer names.
    private static let most = 100

    func problem(_ refusal: EditRefusal) -> Problem {
        switch refusal {
        case .unknown(let type, let id, let index):
            return located(.unknown(id, of: type, among: candidates[index] ?? []), index)
        case .gone(let tombstone, let index):
            return located(.gone(tombstone, to: isAdmin), index)
        case .taken(let type, let id, let index):
            let detail = "The id '\(id)' is another \(type.rawValue)'s, or was: ids are never used again."
            return located(Problem(.idTaken, detail, faults: [.init(.pointer("/id"), detail)]), index)
        case .conditionFailed(let condition, let type, let id, let revision, let index):
            let isNew = condition == .absent
            let detail =
                isNew
                ? "The \(type.rawValue) '\(id)' is there already, at revision \(revision); change it under 'If-Match'."
                : "The \(type.rawValue) '\(id)' is at revision \(revision) now; read it again and decide anew."
            let field = isNew ? "If-None-Match" : "If-Match"
            return located(
                Problem(.preconditionFailed, detail, faults: [.init(.header(field), detail)]), index,
                isNew ? "ifNoneMatch" : "ifMatch")
        case .tokenOver:
            return .unauthorized(
                "The token was revoked, or has expired, while the request waited; nothing was done.", .invalidToken)
        case .referredTo(let reference, let others, let index):
            let faults = others.map {
                Problem.Fault(place(index), "The \($0.type.rawValue) '\($0.id)' refers to it.")
            }
            let names = others.prefix(3).map { "\($0.type.rawValue):\($0.id)" }.joined(separator: ", ")
            let more = others.count > 3 ? " and others" : ""
            return Problem(
                .stillReferredTo,
                "The \(reference.type.rawValue) '\(reference.id)' cannot be deleted while others refer to it: \(names)\(more).",
                faults: faults)
        case .faulty(let faults) where !unconditional.isEmpty && faults == unconditional:
            return Self.problem(lacking: faults)
        case .faulty(let faults): return Self.problem(faults, isParameters: isParameters)
        case .several(let refusals, let faults):
            var problems = refusals.map(problem)
            if !faults.isEmpty { problems.append(Self.problem(faults, isParameters: isParameters)) }
            // What has to be read anew comes before what has to be written otherwise.
            let first = problems.removeFirst()
            return Problem(
                first.type, "\(first.detail) More is wrong beside that; 'errors' has all of it.",
                faults: Array((first.faults + problems.flatMap(\.faults)).prefix(Self.most)))
        }
    }

    /// Everything that is wrong with the content, each fault with its place.
    static func problem(_ faults: [FaultList.Fault], isParameters: Bool = false) -> Problem {
        let named = named(faults, isParameters: isParameters)
        let first = named.prefix(3).map { fault in
            let detail = fault.detail.hasSuffix(".") ? fault.detail.dropLast() : fault.detail[...]
            return switch fault.place {
            case .parameter(let name), .header(let name): "'\(name)': \(detail)"
            case .pointer(let pointer): "\(pointer.isEmpty ? "it" : pointer) \(detail)"
            }
        }
        let rest = faults.count > first.count ? "; and \(faults.count - first.count) more" : ""
        let all = first.joined(separator: "; ") + rest
        let end = all.hasSuffix("?") ? "" : "."
        let isOfParameters = isParameters && named.allSatisfy { if case .parameter = $0.place { true } else { false } }
        return Problem(
            isOfParameters ? .invalidParameter : .invalidBody,
            isOfParameters ? "\(all)\(end)" : "The content cannot be accepted: \(all)\(end)", faults: named)
    }

    private static func problem(lacking conditions: [FaultList.Fault]) -> Problem {
        let lacking = conditions.count == 1 ? "a change has none" : "\(conditions.count) changes have none"
        return Problem(
            .preconditionRequired, "What has been read is changed under 'ifMatch'; \(lacking).",
            faults: named(conditions))
    }

    private static func named(_ faults: [FaultList.Fault], isParameters: Bool = false) -> [Problem.Fault] {
        faults.prefix(most).map { fault in
            // Beside a plain text, everything but the text itself is said by parameters.
            guard isParameters, let name = fault.pointer.tokens.first else {
                return Problem.Fault(.pointer(fault.pointer.description), fault.message)
            }
            return Problem.Fault(name == "text" ? .pointer("") : .parameter(name), fault.message)
        }
    }

    /// In a batch, the change at fault is what a fault points at, or one of its members.
    private func located(_ problem: Problem, _ index: Int, _ member: String? = nil) -> Problem {
        changes == nil
            ? problem : Problem(problem.type, problem.detail, faults: [.init(place(index, member), problem.detail)])
    }

    private func place(_ index: Int, _ member: String? = nil) -> Problem.Fault.Place {
        guard let changes else { return .parameter("id") }
        let change = changes.indices.contains(index) ? changes[index] : index
        let pointer = JSONPointer().appending(member: "changes").appending(index: change)
        return .pointer((member.map { pointer.appending(member: $0) } ?? pointer).description)
    }
}

extension Context {
    /// How a refusal of what the request asks for is worded.
    var wording: RefusalWording { RefusalWording(isAdmin: isAdmin) }

    /// Refuses to change a record that is not there, so that the writer has not to. Nothing is lost by that: what was acknowledged
    /// before the request was read is in the reader's snapshot, and what is written meanwhile has not been told to anybody.
    /// - Throws: 404 or 410.
    func requireRecord(of edit: Edit) throws {
        guard let id = edit.action.target, try !reader.has(id, of: edit.type) else { return }
        if let tombstone = try reader.tombstone(id, of: edit.type) { throw Problem.gone(tombstone, to: isAdmin) }
        throw Problem.unknown(id, of: edit.type, among: try reader.ids(near: id, of: edit.type))
    }

    /// How refusals of a batch are worded. For the first of records that are not there, what could have been meant is looked for
    /// here, since the writer has better to do.
    func wording(of edits: [Edit]) throws -> RefusalWording {
        var wording = wording
        for (index, edit) in edits.enumerated() where wording.candidates.count < 3 {
            guard let id = edit.action.target, try !reader.has(id, of: edit.type) else { continue }
            wording.candidates[index] = try reader.ids(near: id, of: edit.type)
        }
        return wording
    }
}

extension Edit.Action {
    /// The id of the record that has to be there.
    fileprivate var target: String? {
        switch self {
        case .create, .replace(_, _, .absent): nil
        case .replace(let id, _, _), .patch(let id, _, _), .delete(let id, _, _): id
        }
    }
}
