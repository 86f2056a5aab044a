// SPDX-License-Identifier: Apache-2.0

/// Breaks a paragraph into tokens in one pass over its UTF-8, folding words on the way.
struct Tokenizer {
    private let text: [UInt8]
    /// Where the pass is: a byte, and the same place counted in Unicode scalars.
    private var byte = 0
    private var scalar = 0
    private var gap = Token.Gap.nothing
    private(set) var tokens: [Token] = []
    /// The folded forms of all tokens, one after another.
    private(set) var folded: [UInt8] = []

    /// - Parameter text: valid UTF-8.
    init(_ text: [UInt8]) {
        self.text = text
        tokens.reserveCapacity(text.count / 5 + 4)
        folded.reserveCapacity(text.count)
        while let next = peek() {
            switch next.kind {
            case .space:
                advance(next)
                gap = .space
            case .invisible, .mark: advance(next)
            case .letter, .digit: word()
            case .character: character(next)
            case .hyphen: hyphen(next)
            case .apostrophe, .other: punctuation(next)
            }
        }
    }

    // MARK: Scalars

    private enum ScalarKind {
        case letter, digit, mark, invisible, space, hyphen, apostrophe, other
        /// Of a script that does not part words.
        case character
    }

    private struct Next {
        let scalar: Unicode.Scalar
        let length: Int
        let kind: ScalarKind
    }

    private func peek() -> Next? { peek(at: byte) }

    private func peek(at index: Int) -> Next? {
        guard index < text.count else { return nil }
        let first = text[index]
        if first < 0x80 { return Next(scalar: Unicode.Scalar(first), length: 1, kind: Self.kind(ofASCII: first)) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let next = index + offset < text.count ? text[index + offset] : 0x80
            value = value << 6 | UInt32(next & 0x3F)
        }
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        return Next(scalar: scalar, length: min(length, text.count - index), kind: Self.kind(of: scalar))
    }

    private mutating func advance(_ next: Next) {
        byte += next.length
        scalar += 1
    }

    private static func kind(ofASCII byte: UInt8) -> ScalarKind {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A: .letter
        case 0x30...0x39: .digit
        case 0...0x20, 0x7F: .space
        case 0x2D: .hyphen
        case 0x27, 0x60: .apostrophe
        default: .other
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> ScalarKind {
        if Folding.isApostrophe(scalar) { return .apostrophe }
        switch scalar.value {
        case 0x2010, 0x2011, 0x2013: return .hyphen
        // Thai and Lao, Myanmar, Khmer, kana.
        case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF: return .character
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter: return .letter
        case .otherLetter: return properties.isIdeographic ? .character : .letter
        case .decimalNumber, .letterNumber: return .digit
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        case .format: return .invisible
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .space
        default: return .other
        }
    }

    // MARK: Tokens

    private mutating func push(
        _ kind: Token.Kind, from start: (byte: Int, scalar: Int), foldedFrom: Int, shape: Token.Shape = .uncased,
        isDotted: Bool = false
    ) {
        tokens.append(
            Token(
                kind: kind, gap: gap, shape: shape, isDotted: isDotted, start: start.scalar, end: scalar,
                bytes: start.byte..<byte, folded: foldedFrom..<folded.count))
        gap = .nothing
    }

    private mutating func punctuation(_ next: Next) {
        let (start, foldedFrom) = ((byte, scalar), folded.count)
        advance(next)
        if let plain = Folding.plainPunctuation(next.scalar) {
            folded += plain.utf8
        } else {
            Folding.append(next.scalar, to: &folded)
        }
        push(.punctuation, from: start, foldedFrom: foldedFrom)
    }

    private mutating func character(_ next: Next) {
        let (start, foldedFrom) = ((byte, scalar), folded.count)
        advance(next)
        Folding.append(next.scalar, to: &folded)
        while let mark = peek(), mark.kind == .mark {
            advance(mark)
            Folding.append(mark.scalar, to: &folded)
        }
        push(.word, from: start, foldedFrom: foldedFrom)
    }

    /// Between two words that it touches it joins them; elsewhere it is a dash.
    private mutating func hyphen(_ next: Next) {
        let touchesBefore = tokens.last.map { $0.bytes.upperBound == byte && $0.kind != .punctuation } ?? false
        let after = peek(at: byte + next.length)?.kind
        guard touchesBefore, after == .letter || after == .digit || after == .character else {
            punctuation(next)
            return
        }
        advance(next)
        gap = .hyphen
    }

    /// A word or a number, and the possessive ending behind it.
    private mutating func word() {
        if acronym() {
            possessive()
            return
        }
        let (start, foldedFrom) = ((byte, scalar), folded.count)
        var end = (byte, scalar)
        var letters = Letters()
        scan: while true {
            if plainLetters(&letters) { end = (byte, scalar) }
            guard let next = peek() else { break }
            switch next.kind {
            case .letter, .digit, .mark:
                letters.take(next.scalar, isDigit: next.kind == .digit)
                advance(next)
                Folding.append(next.scalar, to: &folded)
                end = (byte, scalar)
            case .invisible: advance(next)
            case .apostrophe:
                guard peek(at: byte + next.length)?.kind == .letter, !isPossessive(at: byte) else { break scan }
                advance(next)
            case .other:
                // The comma of 1,000 and the point of 3.5.
                guard letters.beginsWithDigit, next.scalar == "," || next.scalar == ".",
                    peek(at: byte + 1)?.kind == .digit
                else { break scan }
                if next.scalar == "." { folded.append(UInt8(ascii: ".")) }
                advance(next)
            default: break scan
            }
        }
        // Invisible characters behind the last letter are not part of it.
        (byte, scalar) = end
        push(
            letters.beginsWithDigit ? .number : .word, from: start, foldedFrom: foldedFrom, shape: letters.shape)
        possessive()
    }

    /// The ASCII letters at hand, which are most of most texts; whether there are any.
    private mutating func plainLetters(_ letters: inout Letters) -> Bool {
        let start = byte
        while byte < text.count {
            let letter = text[byte]
            guard 0x61...0x7A ~= letter | 0x20 else { break }
            letters.take(plain: letter)
            folded.append(letter | 0x20)
            byte += 1
        }
        scalar += byte - start
        return byte > start
    }

    /// `U.S.`, `p.m.`, `D.C`: single ASCII letters, each with a dot, which the last of capitals may lack.
    private mutating func acronym() -> Bool {
        var length = 0
        var dots = 0
        var letters = Letters()
        while isASCIILetter(at: byte + length), !isWordCharacter(at: byte + length + 1) {
            let isDot = byte + length + 1 < text.count && text[byte + length + 1] == UInt8(ascii: ".")
            guard isDot || length >= 2 else { return false }
            letters.take(Unicode.Scalar(text[byte + length]), isDigit: false)
            length += isDot ? 2 : 1
            dots += isDot ? 1 : 0
            if !isDot { break }
        }
        // A single initial is a word, its dot punctuation.
        guard length > 2, dots > 1 || letters.shape == .upper, !isWordCharacter(at: byte + length) else { return false }
        let (start, foldedFrom) = ((byte, scalar), folded.count)
        for letter in text[byte..<byte + length] where letter != UInt8(ascii: ".") { folded.append(letter | 0x20) }
        byte += length
        scalar += length
        push(.word, from: start, foldedFrom: foldedFrom, shape: letters.shape, isDotted: true)
        return true
    }

    private func isASCIILetter(at index: Int) -> Bool {
        index < text.count && text[index] < 0x80 && Self.kind(ofASCII: text[index]) == .letter
    }

    private func isWordCharacter(at index: Int) -> Bool {
        switch peek(at: index)?.kind {
        case .letter, .digit, .mark: true
        default: false
        }
    }

    private mutating func possessive() {
        guard let apostrophe = peek(), apostrophe.kind == .apostrophe, isPossessive(at: byte) else { return }
        let (start, foldedFrom) = ((byte, scalar), folded.count)
        advance(apostrophe)
        byte += 1
        scalar += 1
        folded += "'s".utf8
        push(.possessive, from: start, foldedFrom: foldedFrom)
    }

    /// Whether an apostrophe is followed by an `s` that ends the word.
    private func isPossessive(at index: Int) -> Bool {
        guard let apostrophe = peek(at: index) else { return false }
        let s = index + apostrophe.length
        return s < text.count && text[s] | 0x20 == UInt8(ascii: "s") && !isWordCharacter(at: s + 1)
    }
}

/// What the letters of a word have shown so far.
private struct Letters {
    private var count = 0
    private var capitals = 0
    private var small = 0
    private var beginsWithCapital = false
    private(set) var beginsWithDigit = false

    mutating func take(_ scalar: Unicode.Scalar, isDigit: Bool) {
        defer { count += 1 }
        if isDigit {
            if count == 0 { beginsWithDigit = true }
        } else if isCapital(scalar) {
            capitals += 1
            if count == 0 { beginsWithCapital = true }
        } else if scalar.isASCII || scalar.properties.isLowercase {
            small += 1
        }
    }

    /// An ASCII letter.
    mutating func take(plain letter: UInt8) {
        if letter < 0x60 {
            capitals += 1
            if count == 0 { beginsWithCapital = true }
        } else {
            small += 1
        }
        count += 1
    }

    private func isCapital(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value < 0x60 : scalar.properties.isUppercase
    }

    var shape: Token.Shape {
        if capitals == 0 { return small == 0 ? .uncased : .lower }
        if small == 0 { return count == 1 ? .capitalized : .upper }
        return beginsWithCapital ? .capitalized : .mixed
    }
}
