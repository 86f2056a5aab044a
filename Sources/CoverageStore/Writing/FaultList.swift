// SPDX-License-Identifier: Apache-2.0

package import JSON

/// Everything wrong with one document, collected so that its author can mend it in one go.
package final class FaultList {
    /// One thing that is wrong, and where.
    package struct Fault: Sendable, Equatable, CustomStringConvertible {
        package let pointer: JSONPointer
        package let message: String

        package var description: String { "\(pointer.description.isEmpty ? "/" : pointer.description): \(message)" }
    }

    package private(set) var faults: [Fault] = []
    private var places: Set<JSONPointer> = []
    /// Each place where something is wrong, and all that it is a part of.
    private var surroundings: Set<JSONPointer> = []

    package init() {}

    package var isEmpty: Bool { faults.isEmpty }

    /// Whether something is wrong with what stands there, or with a part of it.
    func hasFault(at pointer: JSONPointer) -> Bool { surroundings.contains(pointer) }

    /// One fault a place: what else is wrong there only follows from the first, or can be seen when that is mended.
    package func add(_ pointer: JSONPointer, _ message: String) {
        guard places.insert(pointer).inserted else { return }
        faults.append(Fault(pointer: pointer, message: message))
        var around = JSONPointer()
        surroundings.insert(around)
        for token in pointer.tokens {
            around.append(member: token)
            surroundings.insert(around)
        }
    }
}
