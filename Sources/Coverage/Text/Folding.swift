// SPDX-License-Identifier: Apache-2.0

/// One spelling for words that a reader takes for the same: case, diacritics and width do not count, and neither do
/// characters that cannot be seen.
enum Folding {
    /// Appends what a scalar gives to a folded word, as UTF-8: nothing for a mark or an invisible character, two
    /// letters for some (`ß`).
    static func append(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
        let value = scalar.value
        switch value {
        case 0x41...0x5A: folded.append(UInt8(truncatingIfNeeded: value | 0x20))
        case 0..<0x80: folded.append(UInt8(truncatingIfNeeded: value))
        case 0xC0..<0x250, 0x1E00..<0x1F00: folded += latin(value) ?? Array(scalar.properties.lowercaseMapping.utf8)
        case 0xFB00...0xFB06: folded += (latinBase(of: scalar) ?? String(scalar)).utf8
        case 0xFF01...0xFF5E: append(Unicode.Scalar(UInt8(truncatingIfNeeded: value - 0xFEE0)), to: &folded)
        case _ where isDiacritic(scalar) || isInvisible(scalar): break
        default: folded += (withoutMark[Character(scalar)] ?? scalar.properties.lowercaseMapping).utf8
        }
    }

    /// Marks that scripts put on a letter without making it another one. The vowel signs of Indic scripts are not among
    /// them.
    static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0x483...0x489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE00...0xFE0F,
            0xFE20...0xFE2F, 0x591...0x5BD, 0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7, 0x64B...0x65F, 0x670:
            true
        default: false
        }
    }

    /// What is not there for the eye: soft hyphens, zero-width characters, marks of direction.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0xAD && scalar.properties.generalCategory == .format
    }

    static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "'", "\u{2019}", "\u{2018}", "\u{2BC}", "\u{2BB}", "\u{FF07}", "`", "\u{B4}": true
        default: false
        }
    }

    /// A quotation mark or dash in its plain form; nil for all else.
    static func plainPunctuation(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{2BC}", "\u{FF07}", "`", "\u{B4}": "'"
        case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{AB}", "\u{BB}", "\u{2033}", "\u{FF02}": "\""
        case "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{FF0D}": "-"
        case "\u{2026}": "..."
        default: nil
        }
    }

    /// The plain letters of U+00C0 to U+024F and U+1E00 to U+1EFF.
    private static func latin(_ value: UInt32) -> [UInt8]? {
        value < 0x250 ? latinLetters[Int(value - 0xC0)] : additionalLatinLetters[Int(value - 0x1E00)]
    }

    private static let latinLetters = letters(0xC0..<0x250)
    private static let additionalLatinLetters = letters(0x1E00..<0x1F00)

    private static func letters(_ values: Range<UInt32>) -> [[UInt8]?] {
        values.map { Unicode.Scalar($0).flatMap(latinBase(of:)).map { Array($0.utf8) } }
    }

    /// Greek and Cyrillic letters that have a code point of their own for a letter with a mark (`й`, `ё`, `ή`), found
    /// by canonical equivalence.
    private static let withoutMark: [Character: String] = {
        var bases: [Character: String] = [:]
        for value in [0x391...0x3C9, 0x400...0x4FF].joined() {
            guard let letter = Unicode.Scalar(UInt32(value)), letter.properties.isAlphabetic else { continue }
            for mark in ["\u{300}", "\u{301}", "\u{304}", "\u{306}", "\u{308}"] {
                let marked = String(letter) + mark
                guard marked.count == 1, let character = marked.first else { continue }
                bases[character] = letter.properties.lowercaseMapping
            }
        }
        return bases
    }()
}

/// The base of a Latin letter, lower case, which its Unicode name tells: `LATIN SMALL LETTER O WITH STROKE` is an `o`.
/// This reaches further than canonical decomposition, which leaves `ø`, `ł` and `đ` whole. Nil for all else.
func latinBase(of scalar: Unicode.Scalar) -> String? {
    let words = (scalar.properties.name ?? "").split(separator: " ")
    guard words.count >= 4, words[0] == "LATIN", words[2] == "LETTER" || words[2] == "LIGATURE" else { return nil }
    let base = words[3...].prefix { $0 != "WITH" }.joined(separator: " ")
    switch base {
    case "SHARP S": return "ss"
    case "THORN": return "th"
    case "ETH": return "d"
    case "ENG": return "ng"
    case "DOTLESS I": return "i"
    default: return base.utf8.count <= 2 ? base.lowercased() : nil
    }
}

/// A text in one spelling: case, diacritics and width folded, quotation marks and dashes plain, every run of white
/// space one space, what cannot be seen gone. Each scalar knows where it stands in the original.
package struct FoldedText: Sendable, Hashable {
    package let scalars: [Unicode.Scalar]
    /// For each folded scalar the offset, in Unicode scalars, of the one it comes from; then the original's length.
    private let offsets: [Int]

    package init(_ original: some StringProtocol) {
        var scalars: [Unicode.Scalar] = []
        var offsets: [Int] = []
        var bytes: [UInt8] = []
        var offset = 0
        for scalar in original.unicodeScalars {
            if scalar.properties.isWhitespace {
                if scalars.last != " " {
                    scalars.append(" ")
                    offsets.append(offset)
                }
            } else {
                bytes.removeAll(keepingCapacity: true)
                if let plain = Folding.plainPunctuation(scalar) {
                    bytes += plain.utf8
                } else {
                    Folding.append(scalar, to: &bytes)
                }
                for folded in String(decoding: bytes, as: UTF8.self).unicodeScalars {
                    scalars.append(folded)
                    offsets.append(offset)
                }
            }
            offset += 1
        }
        self.scalars = scalars
        self.offsets = offsets + [offset]
    }

    package var text: String { String(String.UnicodeScalarView(scalars)) }

    /// Where a stretch of the folded scalars stands in the original: Unicode scalar offsets. Marks and invisible
    /// characters behind its last scalar belong to it.
    package func original(_ range: Range<Int>) -> Range<Int> {
        let range = range.clamped(to: 0..<scalars.count)
        guard let last = range.last else { return offsets[range.lowerBound]..<offsets[range.lowerBound] }
        // A letter that folds to two shares its offset with the second.
        let end = offsets[(last + 1)...].first { $0 > offsets[last] } ?? offsets[last] + 1
        return offsets[range.lowerBound]..<end
    }
}
