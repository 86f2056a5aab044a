// SPDX-License-Identifier: Apache-2.0

/// What events, people, issues, organizations, places and articles have in common.
package protocol Fact: Sendable, Equatable {
    /// What the store works out for each record from others, such as counts; `NothingDerived` when there is nothing.
    associatedtype Derived: DerivedValues

    static var type: FactType { get }
    var id: String { get }
    /// What a reference shows: a name, an event's title.
    var name: String { get }
    /// The citations of the fact as a whole; empty for an article, which is coverage itself.
    var evidence: [Citation] { get }
    /// Every record this one points at, with the place where it does (a JSON pointer).
    var references: [(pointer: String, reference: Reference)] { get }
    /// The texts a search should find it by, beside its name, each with the member it stands in.
    var searchText: [(member: String, text: String)] { get }
    /// The citations of its parts, each with the part's path: `offices/0`, `positions/2`.
    var partEvidence: [(part: String, citations: [Citation])] { get }
}

extension Fact {
    package var reference: Reference { Reference(Self.type, id, name: name) }
    package var partEvidence: [(part: String, citations: [Citation])] { [] }

    /// What an answer shows as the fact's evidence: its own, or what its parts cite where it has none itself.
    package var allEvidence: [Citation] { evidence.isEmpty ? partEvidence.flatMap(\.citations) : evidence }
}

/// What is worked out for a record from others; at first nothing is.
package protocol DerivedValues: Sendable {
    init()
}

/// Marks a fact about which nothing is derived.
package struct NothingDerived: DerivedValues {
    package init() {}
}

/// A fact as the database holds it.
package struct Stored<Value: Fact>: Sendable {
    package let value: Value
    /// From 1, one more at each change.
    package let revision: Int
    /// RFC 3339, UTC, whole seconds.
    package let updatedAt: String
    package var coverage: CoverageCount
    package var derived: Value.Derived

    /// The same record with another value.
    package func with(_ value: Value) -> Stored {
        Stored(value: value, revision: revision, updatedAt: updatedAt, coverage: coverage, derived: derived)
    }

    package init(
        value: Value, revision: Int, updatedAt: String, coverage: CoverageCount, derived: Value.Derived
    ) {
        self.value = value
        self.revision = revision
        self.updatedAt = updatedAt
        self.coverage = coverage
        self.derived = derived
    }
}
