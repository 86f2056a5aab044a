// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import Dispatch
import JSON
import Synchronization
import TestSupport

extension TestCoverage {
    static let desk = Author(name: "desk", token: nil, address: "192.0.2.7", request: "r-1", action: "test")

    /// Makes changes and waits for them. The answer kept for them is `answer`.
    @discardableResult
    func edit(
        _ edits: [Edit], key: IdempotencyKey? = nil, by author: Author = TestCoverage.desk,
        deadline: Duration = .seconds(30),
        answer: String = "done"
    ) throws -> (outcomes: [EditOutcome], result: EditResult) {
        let made = Mutex<(outcomes: [EditOutcome], result: Result<EditResult, any Error>?)>(([], nil))
        let isThere = DispatchSemaphore(value: 0)
        try database.edit(edits, by: author, key: key, deadline: deadline) { _, outcomes in
            made.withLock { $0.outcomes = outcomes }
            return KeptAnswer(status: 200, fields: [("X-Note", "a \"b\"")], content: Array(answer.utf8))
        } completion: { result in
            made.withLock { $0.result = result }
            isThere.signal()
        }
        isThere.wait()
        let (outcomes, result) = made.withLock { $0 }
        struct NoResult: Error {}
        guard let result else { throw NoResult() }
        return (outcomes, try result.get())
    }

    /// One change of members of a record.
    func patch(_ type: FactType, _ id: String, _ changes: JSONValue, at pointer: JSONPointer = JSONPointer()) -> Edit {
        Edit(type, .patch(id: id, with: changes, if: .present), at: pointer)
    }

    func delete(_ type: FactType, _ id: String, replacedBy: String? = nil) -> Edit {
        Edit(type, .delete(id: id, replacedBy: replacedBy, if: .present))
    }

    func record<Record: StoredFact>(_ id: String, _ type: Record.Type = Record.self) throws -> Stored<Record>? {
        try database.read { try $0.record(id, of: type) }
    }

    /// What the check of the whole database finds, in words.
    func findings() throws -> [String] {
        let report = try database.read { try $0.check() }
        return report.damage + report.findings.map { "\($0.type) \($0.id): \($0.reason)" }
            + report.failures.map { "\($0.type) \($0.id): a citation does not hold" }
    }
}

/// The faults of a refusal, each as its pointer and what it says.
func faults(of body: () throws -> Void) -> [String] {
    do {
        try body()
        return []
    } catch EditRefusal.faulty(let faults) {
        return faults.map(\.description)
    } catch { return ["\(error)"] }
}
