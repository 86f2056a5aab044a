// SPDX-License-Identifier: Apache-2.0

/// One thing pointing at another. Its identity is type and id; the name is what the other was called when it was read.
package struct Reference: Sendable, Hashable {
    package let type: FactType
    package let id: String
    package let name: String

    package init(_ type: FactType, _ id: String, name: String = "") {
        self.type = type
        self.id = id
        self.name = name
    }

    package static func == (a: Reference, b: Reference) -> Bool { a.type == b.type && a.id == b.id }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(id)
    }
}
