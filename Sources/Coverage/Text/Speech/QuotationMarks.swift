// SPDX-License-Identifier: Apache-2.0

/// What stands between quotation marks: tokens of one paragraph, or of several where each new one begins with an
/// opening mark and only the last has the closing one.
struct MarkedStretch: Equatable {
    struct Piece: Equatable {
        /// Index into the article's paragraphs.
        let paragraph: Int
        /// Without the marks.
        var tokens: Range<Int>
    }

    var pieces: [Piece]
    var isOpened = true
    var isClosed = true
}

/// Pairs the quotation marks of an article.
///
/// A mark opens where it touches only what follows and closes where it touches only what precedes; where that leaves it
/// open, its shape decides, and a straight one that touches neither takes turns. An apostrophe is a quotation mark only
/// with a partner in the same paragraph. Where a closing mark is missing the stretch ends with its paragraph; where the
/// opening one is, it begins with its sentence. What is nested belongs to the stretch around it.
struct QuotationMarks {
    private var stretches: [MarkedStretch] = []

    static func stretches(in text: ArticleText) -> [MarkedStretch] {
        var marks = QuotationMarks()
        for (index, paragraph) in text.paragraphs.enumerated() where text.boilerplate[index + 1] == nil {
            marks.read(MarkReader(paragraph), index)
        }
        return marks.stretches
    }

    private mutating func read(_ reader: MarkReader, _ index: Int) {
        let tokens = reader.paragraph.tokens
        var place = 0
        /// The token after the opening mark of the stretch at hand.
        var start: Int?
        var continues = false
        var lastClosed = 0
        if let last = stretches.last, !last.isClosed, reader.doubleSide(at: 0) == .opening,
            let piece = last.pieces.last, reader.isNext(index, after: piece.paragraph)
        {
            (start, continues, place) = (1, true, 1)
        }
        while place < tokens.count {
            defer { place += 1 }
            if let begun = start {
                guard let side = reader.doubleSide(at: place) else { continue }
                if side == .opening {
                    // A second opening mark is nested when both are closed, else the first was never closed.
                    if let nested = reader.nested(at: place) {
                        place = nested
                    } else {
                        close(begun..<place, index, continues, isClosed: false)
                        (start, continues) = (place + 1, false)
                    }
                } else {
                    close(begun..<place, index, continues, isClosed: true)
                    (start, continues, lastClosed) = (nil, false, place + 1)
                }
            } else if let side = reader.doubleSide(at: place) {
                if side == .closing {
                    let sentences = reader.paragraph.sentences
                    let sentence = sentences.partitionPoint { $0.tokens.upperBound > place }
                    let from = max(lastClosed, sentence < sentences.count ? sentences[sentence].tokens.lowerBound : 0)
                    if reader.couldEndSpeech(at: place) {
                        close(from..<place, index, false, isOpened: false, isClosed: true)
                    }
                    lastClosed = place + 1
                } else {
                    start = place + 1
                }
            } else if let end = reader.endOfSingle(at: place) {
                close(place + 1..<end, index, false, isClosed: true)
                (place, lastClosed) = (end, end + 1)
            }
        }
        if let start { close(start..<tokens.count, index, continues, isClosed: false) }
    }

    private mutating func close(
        _ tokens: Range<Int>, _ paragraph: Int, _ continues: Bool, isOpened: Bool = true, isClosed: Bool
    ) {
        guard !tokens.isEmpty else { return }
        let piece = MarkedStretch.Piece(paragraph: paragraph, tokens: tokens)
        if continues, let last = stretches.indices.last {
            stretches[last].pieces.append(piece)
            stretches[last].isClosed = isClosed
        } else {
            stretches.append(MarkedStretch(pieces: [piece], isOpened: isOpened, isClosed: isClosed))
        }
    }
}

/// The quotation marks of one paragraph.
private struct MarkReader {
    let paragraph: ParagraphText
    private let bytes: [UInt8]
    /// The first double mark.
    private let firstMark: Int

    /// How many tokens a mark is looked for that closes a nested stretch, or one in single marks.
    private static let reach = 1000

    init(_ paragraph: ParagraphText) {
        self.paragraph = paragraph
        bytes = Array(paragraph.raw.utf8)
        firstMark =
            paragraph.tokens.firstIndex { $0.kind == .punctuation && paragraph.text($0) == "\"" }
            ?? paragraph.tokens.count
    }

    private var tokens: [Token] { paragraph.tokens }

    /// A stretch over paragraphs goes on in the next one; captions and the like between them do not count.
    func isNext(_ index: Int, after previous: Int) -> Bool { index - previous <= 3 }

    private func raw(_ index: Int) -> String { String(decoding: bytes[tokens[index].bytes], as: UTF8.self) }

    private func touchesBefore(_ index: Int) -> Bool { index > 0 && tokens[index].gap == .nothing }

    private func touchesAfter(_ index: Int) -> Bool { index + 1 < tokens.count && tokens[index + 1].gap == .nothing }

    enum Side {
        case opening, closing, either
    }

    /// Which way a double mark faces; nil for another token.
    func doubleSide(at index: Int) -> Side? {
        guard index < tokens.count, tokens[index].kind == .punctuation, paragraph.text(index) == "\"" else {
            return nil
        }
        switch (touchesBefore(index), touchesAfter(index)) {
        case (false, true): return .opening
        case (true, false):
            // An inch mark: 5'10".
            return tokens[index - 1].kind == .number && raw(index) == "\"" && index == firstMark
                ? nil : .closing
        default: break
        }
        switch raw(index) {
        case "\u{201C}", "\u{201E}", "\u{201F}", "\u{AB}": return .opening
        case "\u{201D}", "\u{BB}": return .closing
        default: break
        }
        guard touchesBefore(index) else { return .either }
        return ["(", "[", "-", "'", "/"].contains(paragraph.text(index - 1)) ? .opening : .closing
    }

    /// Where a nested stretch that opens here closes, if the one around it closes after that.
    func nested(at index: Int) -> Int? {
        var depth = 2
        var end: Int?
        for place in index + 1..<max(index + 1, min(tokens.count, index + Self.reach)) {
            guard let side = doubleSide(at: place) else { continue }
            depth += side == .opening ? 1 : -1
            if depth == 1 { end = end ?? place }
            if depth == 0 { return end }
        }
        return nil
    }

    /// A closing mark without an opening one ends speech when a comma or the end of a sentence stands before or after.
    func couldEndSpeech(at index: Int) -> Bool {
        let stops: Set = [",", ".", "!", "?", "..."]
        return index > 0 && stops.contains(paragraph.text(index - 1)) || stops.contains(paragraph.text(index + 1))
    }

    /// Where a stretch in single marks that opens here closes; nil when the mark is an apostrophe.
    func endOfSingle(at index: Int) -> Int? {
        guard isSingle(index), !touchesBefore(index) || isBracket(index - 1), touchesAfter(index) else { return nil }
        let next = paragraph.text(index + 1)
        // 'em, '90s, 'til.
        if ["em", "tis", "twas", "til", "cause", "n"].contains(next) || next.first?.isNumber == true { return nil }
        var plain: Int?
        var plural: Int?
        for place in index + 2..<max(index + 2, min(tokens.count, index + Self.reach)) where isSingle(place) {
            guard touchesBefore(place), !touchesAfter(place) || tokens[place + 1].kind == .punctuation else { continue }
            // A stop inside the mark makes it one for certain; behind an s it may be a possessive.
            if tokens[place - 1].kind == .punctuation { return place }
            if paragraph.text(place - 1).hasSuffix("s") {
                plural = plural ?? place
            } else {
                plain = plain ?? place
            }
        }
        return plain ?? plural
    }

    private func isSingle(_ index: Int) -> Bool {
        tokens[index].kind == .punctuation && paragraph.text(index) == "'"
    }

    private func isBracket(_ index: Int) -> Bool { index >= 0 && ["(", "[", "-"].contains(paragraph.text(index)) }
}
