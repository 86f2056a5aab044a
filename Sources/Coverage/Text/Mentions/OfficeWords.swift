// SPDX-License-Identifier: Apache-2.0

/// An office as words: `Deputy Foreign Minister` is a minister, foreign, and deputy.
struct OfficeWords: Sendable {
    /// The number of its main word.
    let head: Int32
    /// The others that tell it from other offices, without articles and prepositions.
    let modifiers: Set<Int32>
    /// Those of them that make it a lower or former one.
    let ranks: Set<Int32>

    init(head: Int32, modifiers: Set<Int32>, names: KnownNames) {
        self.head = head
        self.modifiers = modifiers
        ranks = modifiers.filter { names.flags($0).contains(.rank) }
    }

    /// Of a title's words; nil when none of them is an office. In `Secretary of State` the main word stands before the
    /// preposition, elsewhere last.
    init?(_ words: [Int32], names: KnownNames) {
        let main = words.firstIndex(of: names.grammar.of).map { words[..<$0] } ?? words[...]
        guard let head = main.last(where: { names.flags($0).contains(.office) }) else { return nil }
        let modifiers = words.filter { $0 != head && !names.flags($0).contains(.function) }
        self.init(head: head, modifiers: Set(modifiers), names: names)
    }

    /// Whether an office may be spoken of by these words: all that is said fits, and what lowers an office is said.
    func mayBeCalled(_ other: OfficeWords) -> Bool {
        head == other.head && other.modifiers.isSubset(of: modifiers) && ranks.isSubset(of: other.modifiers)
    }
}
