// SPDX-License-Identifier: Apache-2.0

extension KnownNames {
    /// Where an article names what is known, in order. Mentions of people, organizations and places do not overlap each
    /// other, and neither do those of issues and events; a topic may hold a name (`US–China relations`).
    ///
    /// Names need the capitals they have, `US` all of them. Parts of names and offices are read in the light of the whole
    /// article: a surname counts once a name introduces it, or where an alias or a title tells whose it is. Two people of
    /// one surname are told apart by their titles, else it is the one introduced last. Where nothing decides between
    /// several there is no mention.
    package func mentions(in text: ArticleText) -> [Mention] {
        var resolver = MentionResolver(self, text)
        return resolver.mentions()
    }
}

/// What one article has told so far about the names in it.
struct MentionResolver {
    let names: KnownNames
    let text: ArticleText
    /// By paragraph index: the numbers of its words.
    private(set) var words: [[Int32]] = []
    private(set) var candidates: [Candidate] = []
    private var topics: [Candidate] = []
    /// By paragraph index and token: the candidate that it belongs to; -1 for none.
    private(set) var owners: [[Int32]] = []
    /// By paragraph index.
    private var cases: [CaseOfText] = []
    /// The hashes of all words that the article has without a capital.
    private(set) lazy var lowerCaseWords = Set(
        text.paragraphs.flatMap { paragraph in
            paragraph.tokens.filter { $0.shape == .lower }.map { WordTable.hash(paragraph.folded, $0.folded) }
        })
    /// For each record named whole anywhere in the article, the first candidate that does it.
    private(set) var firstWhole: [Int32: Int] = [:]

    /// For each person named whole so far, the latest candidate that did it.
    var introduced: [Int32: Int] = [:]
    /// For each record named so far, the place of its latest mention.
    var latest: [Int32: Int] = [:]
    /// What the article has called people so far.
    var titles: [GivenTitle] = []
    /// Titles behind which, after a comma, the candidate of an index stands.
    var titlesAhead: [Int: TitlePhrase] = [:]
    /// By candidate, what it turned out to be.
    var resolved: [Int: Int32] = [:]
    private var abbreviations: [String: Int32] = [:]
    private var found: [Mention] = []

    init(_ names: KnownNames, _ text: ArticleText) {
        self.names = names
        self.text = text
        for paragraph in text.paragraphs {
            let spotter = MentionSpotter(names, paragraph)
            var owner = [Int32](repeating: -1, count: paragraph.tokens.count)
            for candidate in spotter.entities {
                for token in candidate.tokens { owner[token] = Int32(candidates.count) }
                candidates.append(candidate)
            }
            words.append(spotter.words)
            owners.append(owner)
            cases.append(CaseOfText(paragraph, owners: owner))
            topics += spotter.topics
        }
        for (index, candidate) in candidates.enumerated() where candidate.tokens.count > 1 {
            for form in forms(candidate) where form.kind == .whole && firstWhole[form.record] == nil {
                firstWhole[form.record] = index
            }
        }
    }

    mutating func mentions() -> [Mention] {
        for paragraph in text.paragraphs.indices {
            var token = 0
            while token < words[paragraph].count {
                token = read(Position(paragraph: paragraph, token: token))
            }
        }
        addTopics()
        return found.sorted {
            ($0.span.paragraph, $0.span.start, $0.span.end, $0.entity.id)
                < ($1.span.paragraph, $1.span.start, $1.span.end, $1.entity.id)
        }
    }

    /// Reads what stands at a token, and tells where to go on.
    private mutating func read(_ position: Position) -> Int {
        let owner = Int(owners[position.paragraph][position.token])
        if owner >= 0 {
            if let result = resolve(owner) { accept(result, owner) }
            return candidates[owner].tokens.upperBound
        }
        if names.flags(word(position)).contains(.office), let office = office(at: position) {
            if let (person, confidence) = office.person {
                add(person, office.tokens, in: position.paragraph, .office, confidence)
            }
            return max(office.tokens.upperBound, position.token + 1)
        }
        if !abbreviations.isEmpty, token(position)?.shape == .upper,
            let record = abbreviations[text.paragraphs[position.paragraph].text(position.token)]
        {
            add(record, position.token..<position.token + 1, in: position.paragraph, .abbreviation, 0.9)
        }
        return position.token + 1
    }

    private mutating func accept(_ result: Resolution, _ index: Int) {
        let candidate = candidates[index]
        resolved[index] = result.record
        if names.kind(result.record) == .person { learn(from: result, index) }
        var confidence = result.confidence
        let isMisspelt = candidate.isMisspelt || result.tokens != candidate.tokens
        if isMisspelt { confidence *= 0.8 }
        add(result.record, result.tokens, in: candidate.paragraph, result.form, confidence, isMisspelt: isMisspelt)
        if candidate.tokens.count > 1 { learnAbbreviation(of: result.record, behind: candidate) }
    }

    /// `Arvenian Trade Council (ATC)`
    private mutating func learnAbbreviation(of record: Int32, behind candidate: Candidate) {
        let (all, next) = (words[candidate.paragraph], candidate.tokens.upperBound)
        let paragraph = text.paragraphs[candidate.paragraph]
        guard next + 2 < all.count, all[next] == names.grammar.opening, all[next + 2] == names.grammar.closing,
            owners[candidate.paragraph][next + 1] < 0, paragraph.tokens[next + 1].shape == .upper
        else { return }
        let short = paragraph.text(next + 1)
        if short.first == paragraph.text(candidate.tokens.lowerBound).first { abbreviations[short] = record }
    }

    private mutating func add(
        _ record: Int32, _ tokens: Range<Int>, in index: Int, _ form: Mention.Form, _ confidence: Double,
        isMisspelt: Bool = false
    ) {
        let paragraph = text.paragraphs[index]
        guard let first = tokens.first, let last = tokens.last else { return }
        let (start, end) = (paragraph.tokens[first], paragraph.tokens[last])
        latest[record] = found.count
        found.append(
            Mention(
                span: TextSpan(paragraph: paragraph.number, start: start.start, end: end.end),
                surface: paragraph.surface(start, to: end), entity: names.record(record).reference, form: form,
                isMisspelt: isMisspelt, confidence: (confidence * 100).rounded() / 100))
    }

    /// A topic that is spelled like a name found in the same place is that name.
    private mutating func addTopics() {
        for topic in topics {
            let owner = Int(owners[topic.paragraph][topic.tokens.lowerBound])
            if owner >= 0, candidates[owner].tokens == topic.tokens, resolved[owner] != nil { continue }
            let forms = names.trie.forms(at: topic.node).filter { $0.isTopic && topic.fits($0) }
            guard let form = forms.first, forms.count == 1 || forms.allSatisfy({ $0.record == form.record }) else {
                continue
            }
            add(form.record, topic.tokens, in: topic.paragraph, .name, topic.tokens.count > 1 ? 0.9 : 0.7)
        }
    }

    // MARK: Looking around

    func forms(_ candidate: Candidate) -> [NameForm] {
        names.trie.forms(at: candidate.node).filter { !$0.isTopic && candidate.fits($0) }
    }

    func token(_ position: Position) -> Token? {
        let tokens = text.paragraphs[position.paragraph].tokens
        return tokens.indices.contains(position.token) ? tokens[position.token] : nil
    }

    /// The number of the word at a position; unknown outside the paragraph.
    func word(_ position: Position) -> Int32 {
        let words = words[position.paragraph]
        return words.indices.contains(position.token) ? words[position.token] : WordTable.unknown
    }

    func flags(_ position: Position) -> WordFlags { names.flags(word(position)) }

    /// The candidate that a token belongs to.
    func owner(_ position: Position) -> Int? {
        let owners = owners[position.paragraph]
        guard owners.indices.contains(position.token), owners[position.token] >= 0 else { return nil }
        return Int(owners[position.token])
    }

    /// Whether a token is the first word of a sentence, whose capital tells nothing.
    func beginsSentence(_ position: Position) -> Bool {
        let paragraph = text.paragraphs[position.paragraph]
        guard let sentence = paragraph.sentences.first(where: { $0.tokens.contains(position.token) }) else {
            return true
        }
        return paragraph.tokens[sentence.tokens.lowerBound..<position.token].allSatisfy { $0.kind == .punctuation }
    }

    /// Whether a capital tells nothing in a paragraph because most words have one, as in a headline.
    func isHeadline(_ paragraph: Int) -> Bool { cases[paragraph] != .prose }

    func isAllCapitals(_ paragraph: Int) -> Bool { cases[paragraph] == .allCapitals }
}

/// How a paragraph uses capitals.
enum CaseOfText {
    case prose, headline, allCapitals

    /// A headline has no sentence end, and of its longer words that belong to no name most have a capital.
    init(_ paragraph: ParagraphText, owners: [Int32]) {
        let tokens = paragraph.tokens
        self = .prose
        guard tokens.contains(where: \.isCapitalized) else { return }
        if !tokens.contains(where: {
            $0.shape == .lower || $0.shape == .mixed || $0.shape == .capitalized && $0.folded.count > 1
        }) {
            self = .allCapitals
        } else if tokens.count <= 40, let last = tokens.last, ![".", "\""].contains(paragraph.text(last)) {
            let long = tokens.indices.filter { owners[$0] < 0 && tokens[$0].isWord && tokens[$0].folded.count > 3 }
            if long.count >= 2, long.count(where: { tokens[$0].isCapitalized }) * 10 >= long.count * 7 {
                self = .headline
            }
        }
    }
}

/// A token of an article.
struct Position {
    let paragraph: Int
    let token: Int

    func moved(_ distance: Int) -> Position { Position(paragraph: paragraph, token: token + distance) }
}

/// What a candidate turned out to be.
struct Resolution {
    let record: Int32
    let tokens: Range<Int>
    let form: Mention.Form
    let confidence: Double
}

extension MentionResolver {
    /// What a candidate is; nil when it is nothing known, or nobody can tell what.
    mutating func resolve(_ index: Int) -> Resolution? {
        let candidate = candidates[index]
        let forms = forms(candidate)
        guard !isOrdinaryWord(candidate, forms) else { return nil }
        let people = forms.filter { names.kind($0.record) == .person }
        let others = forms.filter { names.kind($0.record) != .person }
        let start = Position(paragraph: candidate.paragraph, token: candidate.tokens.lowerBound)
        let title = titleBefore(start)
        let person = people.isEmpty ? nil : self.person(index, people, title)
        let other = others.isEmpty || title?.isHonorific == true ? nil : self.other(index, others)
        guard let person, let other else { return person ?? other }
        // Austin the city and Austin the minister.
        let isPlace = flags(start.moved(-1)).contains(.locative) || word(start.moved(-1)) == names.grammar.to
        return title != nil || introduced[person.record] != nil && !isPlace ? person : other
    }

    /// Whether a candidate of one word is rather the word than the name: a month in a date, or a word like `Will` where
    /// its capital tells nothing.
    private func isOrdinaryWord(_ candidate: Candidate, _ forms: [NameForm]) -> Bool {
        guard candidate.tokens.count == 1, let token = token(candidate.start) else { return false }
        let flags = flags(candidate.start)
        if flags.contains(.function) || flags.contains(.auxiliary) || flags.contains(.calendar) {
            if candidate.isUpper, token.isDotted { return false }
            if isAllCapitals(candidate.paragraph) || isHeadline(candidate.paragraph) && !candidate.isUpper {
                return true
            }
            let isMet = forms.contains { introduced[$0.record] != nil } && acts(candidate.end.moved(1))
            if !candidate.isUpper, beginsSentence(candidate.start) { return !isMet }
        }
        guard flags.contains(.calendar) else { return false }
        // `since May`, `May 5`, `last May`; and a month that nobody in the article is called by.
        let (before, after) = (candidate.start.moved(-1), candidate.start.moved(1))
        let isDate =
            self.token(after)?.kind == .number || self.token(before)?.kind == .number
            || !self.flags(before).isDisjoint(with: [.calendar, .indefinite])
            || self.flags(before).contains(.function) && !isPartner(before)
        return isDate || titleBefore(candidate.start) == nil && forms.allSatisfy { introduced[$0.record] == nil }
    }

    /// Whether a preposition or conjunction joins people rather than dates: `with May`, `and May`.
    private func isPartner(_ position: Position) -> Bool {
        let text = text.paragraphs[position.paragraph].text(position.token)
        return ["with", "and", "against", "that", "but", "while", "as", "when", "or"].contains(text)
    }
}

extension Candidate {
    var start: Position { Position(paragraph: paragraph, token: tokens.lowerBound) }
    /// The last token.
    var end: Position { Position(paragraph: paragraph, token: tokens.upperBound - 1) }
}
