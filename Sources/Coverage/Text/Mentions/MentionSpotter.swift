// SPDX-License-Identifier: Apache-2.0

/// A stretch of a paragraph that is spelled like a name; whether it is one, and whose, is decided later.
struct Candidate {
    /// Index of the paragraph.
    let paragraph: Int
    /// Indices of its tokens.
    let tokens: Range<Int>
    /// Where the forms that it may be end in the trie.
    let node: Int32
    /// Bit n: the n-th word of the form has a capital here.
    let capitals: UInt32
    /// Whether its first word is all capitals.
    let isUpper: Bool
    let isMisspelt: Bool

    func fits(_ form: NameForm) -> Bool {
        form.capitals & ~capitals == 0 && (!form.isAbbreviation || isUpper)
            && (!isMisspelt || form.letters >= Misspellings.shortestName)
    }
}

/// Walks a paragraph once and takes, from left to right, the longest name that begins at each word. People,
/// organizations and places are one layer, in which nothing overlaps; issues and events are another, since a topic may
/// hold names (`US–China relations`).
struct MentionSpotter {
    private let names: KnownNames
    private let paragraph: ParagraphText
    private let index: Int
    /// The number of each token's word.
    private(set) var words: [Int32]
    private(set) var entities: [Candidate] = []
    private(set) var topics: [Candidate] = []

    init(_ names: KnownNames, _ paragraph: ParagraphText) {
        self.names = names
        self.paragraph = paragraph
        index = paragraph.number - 1
        words = paragraph.tokens.map { names.words.number(of: paragraph.folded, $0.folded) }
        var (entityEnd, topicEnd) = (0, 0)
        for start in words.indices {
            if names.trie.start(words[start]) != NameTrie.none {
                let found = walk(from: start, isMisspelt: false)
                if start >= entityEnd, let entity = found.entity.map(orReachingFurther) {
                    entities.append(entity)
                    entityEnd = entity.tokens.upperBound
                }
                if let topic = found.topic, start >= topicEnd {
                    topics.append(topic)
                    topicEnd = topic.tokens.upperBound
                }
            } else if words[start] == WordTable.unknown, start >= entityEnd, let entity = misspelt(at: start) {
                // It may take in what looked like a name of its own: the first name of a misspelt surname.
                while let last = entities.last, last.tokens.lowerBound >= entity.tokens.lowerBound {
                    entities.removeLast()
                }
                if (entities.last?.tokens.upperBound ?? 0) <= entity.tokens.lowerBound { entities.append(entity) }
                entityEnd = entity.tokens.upperBound
            }
        }
    }

    // MARK: Walking the trie

    private func walk(from start: Int, isMisspelt: Bool) -> (entity: Candidate?, topic: Candidate?) {
        let tokens = paragraph.tokens
        var found: (entity: Candidate?, topic: Candidate?) = (nil, nil)
        var node = names.trie.start(words[start])
        var last = start
        var count = 0
        var capitals: UInt32 = 0
        while node != NameTrie.none {
            if count < 32, tokens[last].shape != .lower { capitals |= 1 << UInt32(count) }
            count += 1
            let forms = names.trie.forms(at: node)
            if !forms.isEmpty {
                let candidate = Candidate(
                    paragraph: index, tokens: start..<last + 1, node: node, capitals: capitals,
                    isUpper: tokens[start].shape == .upper, isMisspelt: isMisspelt)
                if forms.contains(where: { !$0.isTopic && candidate.fits($0) }) { found.entity = candidate }
                if !isMisspelt, forms.contains(where: { $0.isTopic && candidate.fits($0) }) { found.topic = candidate }
            }
            guard let next = step(from: node, after: last, isFirst: count == 1) else { break }
            (node, last) = next
        }
        return found
    }

    /// `Xi Jinping` in `President Xi Jinping`, where `President Xi` is a name too.
    private func orReachingFurther(_ candidate: Candidate) -> Candidate {
        for start in candidate.tokens.dropFirst() where names.trie.start(words[start]) != NameTrie.none {
            guard let other = walk(from: start, isMisspelt: false).entity else { continue }
            if other.tokens.upperBound > candidate.tokens.upperBound, other.tokens.count >= candidate.tokens.count {
                return other
            }
        }
        return candidate
    }

    /// The next word of a name, and where it leads: past the full stop of an initial, a quotation mark, and, behind the
    /// first word, an initial that the name has not.
    private func step(from node: Int32, after last: Int, isFirst: Bool) -> (Int32, Int)? {
        let tokens = paragraph.tokens
        var next = last + 1
        while next < tokens.count, tokens[next].kind == .punctuation {
            let node = names.trie.next(node, words[next])
            if node != NameTrie.none { return (node, next) }
            let isStop = words[next] == names.grammar.stop && tokens[next].gap == .nothing && isInitial(next - 1)
            guard isStop || words[next] == names.grammar.quote else { return nil }
            next += 1
        }
        guard next < tokens.count else { return nil }
        let found = names.trie.next(node, words[next])
        if found != NameTrie.none { return (found, next) }
        guard isFirst, isInitial(next) else { return nil }
        next += 1
        if next < tokens.count, words[next] == names.grammar.stop { next += 1 }
        guard next < tokens.count else { return nil }
        let skipped = names.trie.next(node, words[next])
        return skipped == NameTrie.none ? nil : (skipped, next)
    }

    private func isInitial(_ index: Int) -> Bool {
        let token = paragraph.tokens[index]
        return token.isWord && token.shape == .capitalized && token.folded.count == 1
    }

    // MARK: Misspellings

    /// The longest name around an unknown word that has a capital, if another word one letter away is put for it.
    private mutating func misspelt(at position: Int) -> Candidate? {
        let token = paragraph.tokens[position]
        guard token.isWord, token.shape == .capitalized, !token.isDotted else { return nil }
        var best: Candidate?
        let before = max(0, position - 3)
        defer { words[position] = WordTable.unknown }
        for word in names.misspellings.near(paragraph.folded, token.folded, in: names.words) {
            words[position] = word
            for start in before...position where names.trie.start(words[start]) != NameTrie.none {
                guard let found = walk(from: start, isMisspelt: true).entity, found.tokens.contains(position),
                    found.tokens.count > best?.tokens.count ?? 0
                else { continue }
                best = found
            }
        }
        return best
    }
}
