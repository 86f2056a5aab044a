// SPDX-License-Identifier: Apache-2.0

/// A paragraph that belongs to the page around an article rather than to its prose.
package struct Boilerplate: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The headline, or a good part of it, once more; or a line that an earlier one has word for word.
        case repeatedTitle
        /// What a picture shows: a short line right before the picture's credit.
        case caption
        /// Whose picture it is (`Photo: …`).
        case imageCredit
        /// Whose reporting it is (`Courtesy: …`, `Source: …`).
        case creditLine
        /// An invitation to comment, and counts of comments.
        case commentPrompt
        /// A table of contents: its heading, and entries that stand as headings further down.
        case tableOfContents
        /// A pointer to other articles (`Read more: …`), and the titles under such a heading.
        case relatedLink
        /// An invitation to share, follow or subscribe; a notice of rights.
        case pageNotice
    }

    package let paragraph: Int
    package let kind: Kind
    /// Whom a credit names; nil for the other kinds.
    package let credited: String?

    package init(paragraph: Int, kind: Kind, credited: String? = nil) {
        self.paragraph = paragraph
        self.kind = kind
        self.credited = credited
    }
}

extension Boilerplate {
    /// Marks lines by what they say and where they stand; prose is a line of more than a few words that ends like a
    /// sentence, and is never marked unless it repeats another. The first line is never marked as a repetition.
    static func find(in paragraphs: [ParagraphText]) -> [Int: Boilerplate] {
        let lines = paragraphs.map(Line.init)
        var found: [Int: Boilerplate] = [:]
        func mark(_ index: Int, _ kind: Kind, _ credited: String? = nil) {
            found[index + 1] = Boilerplate(paragraph: index + 1, kind: kind, credited: credited)
        }
        var seen = Set<[String]>()
        for (index, line) in lines.enumerated() {
            if let (kind, credited) = line.ownKind {
                mark(index, kind, credited)
            } else if line.words.count >= 4 {
                let repeatsTitle = index > 0 && (line.isPart(of: lines[0]) || lines[0].isPart(of: line))
                if seen.contains(line.words) || repeatsTitle { mark(index, .repeatedTitle) }
                seen.insert(line.words)
            }
        }
        for index in lines.indices where found[index + 1] == nil && lines[index].isHeadline {
            if index + 1 < lines.count, found[index + 2]?.kind == .imageCredit, index > 0 { mark(index, .caption) }
        }
        markFollowers(in: lines, &found)
        return found
    }

    /// The lines that a heading or a credit line above them explains.
    private static func markFollowers(in lines: [Line], _ found: inout [Int: Boilerplate]) {
        for (index, line) in lines.enumerated() {
            guard let kind = found[index + 1]?.kind else { continue }
            for next in index + 1..<max(lines.count, index + 1) {
                let isFree = found[next + 1] == nil && lines[next].isHeadline
                let isFollower =
                    switch kind {
                    case .tableOfContents:
                        isFree && lines[(next + 1)...].contains { $0.words == lines[next].words }
                    // A heading alone is followed by titles; a link that is there already by nothing.
                    case .relatedLink: isFree && line.isRelatedHeading && lines[next].words.count >= 3
                    // Behind the credit, which ends the article, only titles of others come.
                    case .creditLine:
                        isFree && lines[next].words.count >= 4 && lines[next].isTitleCase
                            && lines[(next + 1)...].allSatisfy { $0.isHeadline }
                    default: false
                    }
                guard isFollower else { break }
                let follower = kind == .creditLine ? Kind.relatedLink : kind
                found[next + 1] = Boilerplate(paragraph: next + 1, kind: follower, credited: nil)
            }
        }
    }
}

/// A paragraph as far as boilerplate goes.
private struct Line {
    let paragraph: ParagraphText
    /// Its words and numbers, folded.
    let words: [String]

    init(_ paragraph: ParagraphText) {
        self.paragraph = paragraph
        // A long paragraph is prose; its words need not be compared.
        let isLong = paragraph.tokens.count > 80
        words = isLong ? [] : paragraph.tokens.filter { $0.kind != .punctuation }.map { paragraph.text($0) }
    }

    // MARK: What a line looks like

    private func endsWith(_ marks: Set<String>) -> Bool {
        let last = paragraph.tokens.last { !["\"", "'", ")"].contains(paragraph.text($0)) }
        return last.map { $0.kind == .punctuation && marks.contains(paragraph.text($0)) } ?? false
    }

    /// Short, and without the end of a sentence.
    var isHeadline: Bool { 1...20 ~= words.count && !endsWith([".", "!", ",", ";", ":", "..."]) }

    /// Whether most of its longer words have a capital.
    var isTitleCase: Bool {
        let long = paragraph.tokens.filter { $0.isWord && $0.folded.count > 3 }
        return !long.isEmpty && long.count { $0.isCapitalized } * 3 >= long.count * 2
    }

    /// Whether it stands word for word in another line, of which it is a good half.
    func isPart(of other: Line) -> Bool {
        guard words.count >= 4, words.count <= other.words.count, words.count * 2 >= other.words.count else {
            return false
        }
        return (0...other.words.count - words.count).contains { start in
            other.words[start..<start + words.count].elementsEqual(words)
        }
    }

    // MARK: What a line says

    /// The kind that it has whatever stands around it, and whom it credits.
    var ownKind: (Boilerplate.Kind, String?)? {
        guard 1...24 ~= words.count else { return nil }
        let tokens = paragraph.tokens.indices
        if let credited = credit(in: tokens, after: Self.imageWords, then: Self.creditWords) ?? trailingCredit {
            return (.imageCredit, credited)
        }
        if let credited = credit(in: tokens, after: Self.sourceWords, then: []) { return (.creditLine, credited) }
        if words.count <= 8, !endsWith(["."]) {
            if isCommentPrompt { return (.commentPrompt, nil) }
            if Self.contents.contains(words) { return (.tableOfContents, nil) }
            if isRelatedHeading { return (.relatedLink, nil) }
        }
        if isRelatedLink { return (.relatedLink, nil) }
        return isPageNotice ? (.pageNotice, nil) : nil
    }

    /// The picture's credit behind its caption, in one line: `The harbour at dawn. Photo: NAME`
    private var trailingCredit: String? {
        guard paragraph.sentences.count > 1, let last = paragraph.sentences.last,
            paragraph.tokens[last.tokens].contains(where: { paragraph.text($0) == ":" })
        else { return nil }
        return credit(in: last.tokens, after: Self.imageWords, then: Self.creditWords)
    }

    /// The name in a line such as `Image Credit: NAME`, `(Courtesy: NAME)`, `Photo by NAME`, `Source - NAME`: what
    /// stands behind the colon or the preposition, without brackets. Nil when the line is no credit.
    private func credit(in range: Range<Int>, after openings: [[String]], then seconds: Set<String>) -> String? {
        let tokens = paragraph.tokens
        let words = tokens[range].filter { $0.kind != .punctuation }.map { paragraph.text($0) }
        var index = tokens[range].firstIndex { $0.kind != .punctuation } ?? range.lowerBound
        guard let opening = openings.first(where: { words.starts(with: $0) }) else { return nil }
        index += opening.count
        var isMarked = false
        while index < range.upperBound {
            let text = paragraph.text(index)
            if tokens[index].kind == .punctuation {
                guard [":", "-", "/", "|"].contains(text) else { return nil }
                isMarked = true
            } else if !isMarked, Self.introduces(text, after: paragraph.text(index - 1)) {
                isMarked = true
            } else if isMarked || !seconds.contains(text) {
                break
            }
            index += 1
        }
        guard isMarked, index < range.upperBound else { return nil }
        var end = range.upperBound - 1
        while end > index, tokens[end].kind == .punctuation { end -= 1 }
        // A sentence may begin like a credit, but is longer.
        guard end - index < 12 else { return nil }
        return paragraph.surface(tokens[index], to: tokens[end])
    }

    /// Whether a preposition leads to a name: `courtesy of` does, `source of` does not.
    private static func introduces(_ preposition: String, after word: String) -> Bool {
        switch preposition {
        case "by": !["source", "sources"].contains(word)
        case "of": word == "courtesy"
        case "from": ["inputs", "input", "permission", "taken", "provided"].contains(word)
        case "in", "on": ["published", "appeared"].contains(word)
        case "to": ["credit", "credits"].contains(word)
        default: false
        }
    }

    private var isCommentPrompt: Bool {
        let isAbout = words.contains { ["comment", "comments", "reply", "replies", "conversation"].contains($0) }
        let isPrompt = words.contains {
            [
                "post", "leave", "add", "write", "view", "show", "load", "join", "your", "no", "cancel", "first",
                "submit",
                "hide", "see",
            ].contains($0) || Int($0) != nil
        }
        return isAbout && words.count <= 6 && (isPrompt || words.count == 1)
    }

    /// A heading over titles of other articles.
    var isRelatedHeading: Bool {
        let adjectives: Set = ["related", "recommended", "similar", "popular", "trending", "latest", "more", "other"]
        let nouns: Set = [
            "article", "articles", "story", "stories", "news", "post", "posts", "reading", "coverage", "content",
            "topics",
            "links", "link",
        ]
        guard 1...4 ~= words.count else { return false }
        if words.count == 1 { return ["related", "recommended", "trending"].contains(words[0]) }
        return adjectives.contains(words[0]) && nouns.contains(words.last ?? "")
            || Self.relatedOpenings.contains(words)
    }

    /// `Read more: TITLE`, `Also read | TITLE`.
    private var isRelatedLink: Bool {
        guard let opening = Self.relatedOpenings.first(where: { words.starts(with: $0) }) else { return false }
        let tokens = paragraph.tokens
        let next = (tokens.firstIndex { $0.kind != .punctuation } ?? 0) + opening.count
        return next < tokens.count && [":", "|", "-", ">"].contains(paragraph.text(next))
    }

    private var isPageNotice: Bool {
        let tokens = paragraph.tokens
        if let first = tokens.first, paragraph.text(first) == "\u{A9}" { return true }
        if Self.notices.contains(where: { notice in words.starts(with: notice) }) { return words.count <= 14 }
        let text = words.joined(separator: " ")
        return text.contains("all rights reserved")
            || words.count <= 14 && text.contains("newsletter")
                && ["subscribe", "sign", "get", "join"].contains(words[0])
    }

    private static let imageWords = phrases(
        "image", "photo", "photos", "photograph", "picture", "pic", "file photo", "file image", "representative image",
        "graphic", "illustration", "video", "ap photo", "reuters photo", "featured image", "cover image")
    private static let creditWords: Set = ["credit", "credits", "courtesy", "source", "used", "taken", "provided"]
    private static let sourceWords = phrases(
        "courtesy", "source", "sources", "credit", "credits", "via", "with inputs", "with input", "inputs",
        "originally published", "first published", "this article was originally published",
        "this article was first published", "this story was originally published", "this article originally appeared",
        "reprinted with permission", "republished")
    private static let contents = phrases(
        "table of contents", "contents", "in this article", "on this page", "in this story", "jump to")
    private static let relatedOpenings = phrases(
        "read more", "read also", "also read", "see also", "more on this", "related article", "related", "also see",
        "you may also like", "you might also like", "read next", "up next", "must read", "don't miss", "dont miss",
        "recommended", "more from", "watch")
    private static let notices = phrases(
        "share this", "share on", "share via", "follow us", "subscribe", "sign up", "click here", "download our",
        "download the app", "join our", "like us on", "tweet", "print this", "email this", "advertisement", "copyright",
        "tags", "filed under", "newsletter", "stay connected", "connect with us", "support our", "donate")

    private static func phrases(_ phrases: String...) -> [[String]] {
        // The longest first, so that a phrase is not taken for its beginning.
        phrases.map { $0.split(separator: " ").map(String.init) }.sorted { $0.count > $1.count }
    }
}
