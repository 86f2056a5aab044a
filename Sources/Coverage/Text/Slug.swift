// SPDX-License-Identifier: Apache-2.0

/// An id: words of lower-case ASCII letters and digits, joined by single hyphens (`qin-gang`).
package struct Slug: Sendable, Hashable, Comparable, CustomStringConvertible {
    package static let maximumLength = 100

    package let description: String

    /// Nil unless the text matches `[a-z0-9]+(-[a-z0-9]+)*` and has at most 100 bytes.
    package init?(_ text: String) {
        guard 1...Self.maximumLength ~= text.utf8.count else { return nil }
        var isAfterHyphen = true
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-") {
                if isAfterHyphen { return nil }
                isAfterHyphen = true
            } else {
                guard Self.isWordByte(byte) else { return nil }
                isAfterHyphen = false
            }
        }
        if isAfterHyphen { return nil }
        description = text
    }

    /// The slug of a plain name: diacritics are dropped (`Zürich` gives `zurich`), apostrophes and full stops vanish
    /// (`Xi’an`, `U.S.` give `xian`, `us`), and all else that is no Latin letter or digit parts words. A long name is
    /// cut between words. Nil when nothing remains.
    package static func make(from name: String) -> Slug? {
        var words: [String] = [""]
        for scalar in name.unicodeScalars {
            if let letters = foldedToASCII(scalar) {
                words[words.count - 1] += letters
            } else if words.last != "" {
                words.append("")
            }
        }
        return Slug(cut(words.filter { !$0.isEmpty }.joined(separator: "-"), to: maximumLength))
    }

    /// The slug with a number behind it, for a name that is taken: `qin-gang-2`. The words give way if it gets long.
    package func numbered(_ number: UInt32) -> Slug {
        let suffix = "-\(number)"
        return Slug(Self.cut(description, to: Self.maximumLength - suffix.utf8.count) + suffix) ?? self
    }

    /// In the order of bytes, as the database sorts.
    package static func < (a: Slug, b: Slug) -> Bool {
        a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// Whole words of ASCII text up to a length; of a first word that is longer, its beginning.
    private static func cut(_ text: String, to length: Int) -> String {
        guard text.utf8.count > length else { return text }
        let beginning = text.prefix(length + 1)
        guard let hyphen = beginning.lastIndex(of: "-") else { return String(text.prefix(length)) }
        return String(beginning[..<hyphen])
    }

    // MARK: Folding

    /// What a scalar gives to a word: ASCII letters or digits, nothing (for a mark on the letter before it, an
    /// apostrophe or a full stop), or nil when it parts words.
    private static func foldedToASCII(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "a"..."z", "0"..."9": return String(scalar)
        case "A"..."Z": return String(scalar).lowercased()
        case "'", "\u{2019}", "\u{2018}", "\u{02BB}", "\u{02BC}", ".": return ""
        default: break
        }
        if scalar.isASCII { return nil }
        switch scalar.properties.generalCategory {
        case .nonspacingMark: return ""
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter: return latinBase(of: scalar)
        default: return nil
        }
    }
}
