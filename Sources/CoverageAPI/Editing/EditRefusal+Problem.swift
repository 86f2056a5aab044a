// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// How refusals are worded to one client.
struct RefusalWording: Sendable {
    /// Whether the client may know who deleted what.
    let isAdmin: Bool
    /// Whether the request has several changes, of which the one at fault is named.
    let isBatch: Bool
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
                ? "There is a \(type.rawValue) '\(id)' already, at revision \(revision); change it under 'If-Match'."
                : "The \(type.rawValue) '\(id)' is at revision \(revision) now; read it again and decide anew."
            let field = isNew ? "If-None-Match" : "If-Match"
            return located(Problem(.preconditionFailed, detail, faults: [.init(.header(field), detail)]), index)
        case .tokenOver:
            return .unauthorized(
                "The token was revoked, or has expired, while the request waited; nothing was done.", .invalidToken)
        case .referredTo(let reference, let others, let index):
            let faults = others.map {
                Problem.Fault(place(index), "The \($0.type.rawValue) '\($0.id)' refers to it.")
            }
            let names = others.prefix(3).map { "\($0.type.rawValue):\($0.id)" }.joined(separator: ", ")
            return Problem(
                .stillReferredTo,
                "The \(reference.type.rawValue) '\(reference.id)' cannot be deleted while others refer to it: \(names).",
                faults: faults)
        case .faulty(let faults): return Self.problem(faults, isParameters: isParameters)
        }
    }

    /// Everything that is wrong with the content, each fault with its place.
    static func problem(_ faults: [FaultList.Fault], isParameters: Bool = false) -> Problem {
        let named = faults.prefix(most).map { fault in
            let name = isParameters ? fault.pointer.tokens.first : nil
            return Problem.Fault(name.map { .parameter($0) } ?? .pointer(fault.pointer.description), fault.message)
        }
        let first = faults.prefix(3).map { "\($0.pointer.tokens.isEmpty ? "it" : "\($0.pointer)") \($0.message)" }
        let rest = faults.count > first.count ? "; and \(faults.count - first.count) more" : ""
        let all = first.joined(separator: "; ") + rest
        let end = all.hasSuffix("?") ? "" : "."
        return Problem(.invalidBody, "The content cannot be accepted: \(all)\(end)", faults: named)
    }

    /// In a batch, the change at fault is what a fault points at.
    private func located(_ problem: Problem, _ index: Int) -> Problem {
        guard isBatch else { return problem }
        return Problem(problem.type, problem.detail, faults: [.init(place(index), problem.detail)])
    }

    private func place(_ index: Int) -> Problem.Fault.Place {
        isBatch
            ? .pointer(JSONPointer().appending(member: "changes").appending(index: index).description)
            : .parameter("id")
    }
}
