// SPDX-License-Identifier: Apache-2.0

/// A word, a number or one punctuation mark of a paragraph.
///
/// `U.S.` is one word, `us` with dots; `Xi’an` is one, `xian`; `China’s` is a word and a possessive ending; `US-China`
/// is two words joined by a hyphen. Scripts that do not part words have a word for each character.
package struct Token: Sendable, Hashable {
    package enum Kind: UInt8, Sendable {
        case word
        case number
        /// The `’s` of a possessive, or of *is* and *has*.
        case possessive
        /// One character that is neither letter nor digit.
        case punctuation
    }

    /// What stands between a token and the one before it.
    package enum Gap: UInt8, Sendable {
        case nothing, space, hyphen
    }

    package enum Shape: UInt8, Sendable {
        /// `summit`
        case lower
        /// `Summit`, and a single capital letter
        case capitalized
        /// `NATO`, `U.S.`, `G20`
        case upper
        /// `eBay`
        case mixed
        /// Of a script without case, or no letters at all.
        case uncased
    }

    package let kind: Kind
    package let gap: Gap
    package let shape: Shape
    /// Whether it has the dots of an abbreviation (`U.S.`); they belong to it.
    package let isDotted: Bool
    /// Unicode scalar offsets in the raw paragraph, end exclusive.
    package let start: Int
    package let end: Int
    /// The same in UTF-8.
    let bytes: Range<Int>
    /// Where its folded form stands in the paragraph's `folded`.
    let folded: Range<Int>

    /// Whether it begins with a capital letter.
    package var isCapitalized: Bool { shape == .capitalized || shape == .upper }
    package var isWord: Bool { kind == .word }
}

/// A stretch of text from one sentence's first token to its last.
package struct Sentence: Sendable, Hashable {
    /// Unicode scalar offsets in the raw paragraph, end exclusive: closing quotation marks belong to it, white space
    /// around it does not.
    package let start: Int
    package let end: Int
    /// Indices into the paragraph's tokens.
    package let tokens: Range<Int>
}
