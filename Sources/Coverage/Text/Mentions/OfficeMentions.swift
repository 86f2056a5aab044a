// SPDX-License-Identifier: Apache-2.0

/// An office in the text that stands by itself.
struct OfficePhrase {
    /// Its words, without article, owner and what tells the country.
    let tokens: Range<Int>
    /// Who is meant; nil when nobody can tell, or it names the person beside it.
    let person: (record: Int32, confidence: Double)?
}

extension MentionResolver {
    /// Reads the office whose main word stands at a position: `the Secretary`, `US Secretary of State`, `Singapore’s
    /// foreign minister`. Nil when the word is part of something else.
    ///
    /// Beside a person's name it is that person's title and no mention of its own. With an article or a country it means
    /// a person whom the article has introduced and whose office it may be, the one mentioned last if several; a
    /// country's office held by only one of all known people means that person without introduction. `A foreign
    /// minister`, `the former president`, `his minister` mean nobody in particular.
    mutating func office(at position: Position) -> OfficePhrase? {
        guard let head = token(position), head.isWord, !isFollowedByTitle(position) else { return nil }
        var phrase = PhraseReader(resolver: self, head: position)
        phrase.read()
        let tokens = phrase.first..<phrase.last + 1
        guard let office = OfficeWords(phrase.words, names: names) else { return nil }
        let title = TitlePhrase(words: phrase.words, office: office, countries: phrase.countries, isHonorific: false)
        let paragraph = position.paragraph
        if let person = personAhead(Position(paragraph: paragraph, token: phrase.end)) {
            titlesAhead[person] = title
            return OfficePhrase(tokens: tokens, person: nil)
        }
        if let person = personBehind(Position(paragraph: paragraph, token: phrase.start)) {
            titles.append(GivenTitle(person: person, office: office, countries: phrase.countries))
            return OfficePhrase(tokens: tokens, person: nil)
        }
        if isBeforePerson(Position(paragraph: paragraph, token: phrase.end)) {
            return OfficePhrase(tokens: tokens, person: nil)
        }
        guard !phrase.isIndefinite, phrase.isDefinite || head.shape == .capitalized else {
            return OfficePhrase(tokens: tokens, person: nil)
        }
        return OfficePhrase(tokens: tokens, person: holder(of: title, isDefinite: phrase.isDefinite))
    }

    /// `Secretary General`, `Prime Minister`, `president Smith`: the main word comes later, or a name does.
    private func isFollowedByTitle(_ position: Position) -> Bool {
        let next = position.moved(1)
        guard let token = token(next), token.gap != .nothing, token.isWord else { return false }
        if flags(next).contains(.title), !flags(next).contains(.function) { return true }
        guard let owner = owner(next) else { return false }
        return candidates[owner].tokens.lowerBound == next.token && token.gap == .space && isPerson(owner)
    }

    private func isPerson(_ candidate: Int) -> Bool {
        forms(candidates[candidate]).contains { names.kind($0.record) == .person }
    }

    /// `Secretary of State Blinken`: the longer office before a name.
    private func isBeforePerson(_ position: Position) -> Bool {
        guard token(position)?.gap == .space, let owner = owner(position) else { return false }
        return candidates[owner].tokens.lowerBound == position.token && isPerson(owner)
    }

    /// `China’s top diplomat, Wang Yi`
    private func personAhead(_ position: Position) -> Int? {
        guard word(position) == names.grammar.comma, let owner = owner(position.moved(1)), isPerson(owner),
            candidates[owner].tokens.count > 1
        else { return nil }
        return owner
    }

    /// `Vivian Balakrishnan, the foreign minister of Singapore`
    private func personBehind(_ position: Position) -> Int32? {
        guard word(position.moved(-1)) == names.grammar.comma, let owner = owner(position.moved(-2)),
            let record = resolved[owner], names.kind(record) == .person
        else { return nil }
        return record
    }

    private func holder(of title: TitlePhrase, isDefinite: Bool) -> (Int32, Double)? {
        let met = latest.keys.filter { names.kind($0) == .person && holds($0, title) }
        if let last = met.max(by: { latest[$0] ?? 0 < latest[$1] ?? 0 }) {
            let isCertain = met.count == 1 || title.countries != nil
            return (last, !isDefinite ? 0.6 : isCertain ? 0.85 : 0.65)
        }
        guard let office = title.office, let countries = title.countries, isDefinite else { return nil }
        let people = Set(
            countries.flatMap { names.offices(of: $0, head: office.head) }
                // Without introduction `the US diplomat` is too little for a `top diplomat`.
                .filter { $0.words.mayBeCalled(office) && (!office.modifiers.isEmpty || $0.words.modifiers.isEmpty) }
                .map(\.person))
        let later = people.filter { firstWhole[$0] != nil }
        if later.count == 1, let only = later.first { return (only, 0.8) }
        return later.isEmpty && people.count == 1 ? people.first.map { ($0, 0.7) } : nil
    }
}

/// Finds how far the words of an office reach around its main word, and what they tell.
private struct PhraseReader {
    let resolver: MentionResolver
    let head: Position
    /// The first and the last token of the office's own words.
    private(set) var first: Int
    private(set) var last: Int
    /// Where the whole phrase begins, with article and owner, and the token behind it, past a country.
    private(set) var start: Int
    private(set) var end: Int
    private(set) var words: [Int32]
    private(set) var countries: [Int32]?
    private(set) var isDefinite = false
    private(set) var isIndefinite = false

    init(resolver: MentionResolver, head: Position) {
        self.resolver = resolver
        self.head = head
        first = head.token
        last = head.token
        start = head.token
        end = head.token + 1
        words = [resolver.word(head)]
    }

    private func at(_ token: Int) -> Position { Position(paragraph: head.paragraph, token: token) }

    mutating func read() {
        readComplement()
        readModifiers()
        readOwner()
    }

    /// `of State`, `for trade`, `of Singapore`
    private mutating func readComplement() {
        let names = resolver.names
        let preposition = at(last + 1)
        guard resolver.word(preposition) == names.grammar.of || resolver.word(preposition) == names.grammar.for
        else { return }
        var next = last + 2
        if resolver.word(at(next)) == names.grammar.the { next += 1 }
        if let owner = resolver.owner(at(next)) {
            guard let country = resolver.country(of: owner) else { return }
            countries = [country]
            // The minister of a country is a certain one.
            isDefinite = true
            end = resolver.candidates[owner].tokens.upperBound
            return
        }
        var complement: [Int32] = []
        while let token = resolver.token(at(next)), token.isWord, complement.count < 4, token.gap != .nothing,
            resolver.owner(at(next)) == nil,
            resolver.flags(at(next)).contains(.titleModifier)
                || !complement.isEmpty && resolver.word(at(next)) == names.grammar.and
        {
            complement.append(resolver.word(at(next)))
            next += 1
        }
        if complement.last == names.grammar.and {
            complement.removeLast()
            next -= 1
        }
        guard !complement.isEmpty else { return }
        words += [names.grammar.of] + complement
        last = next - 1
        end = next
        // `the secretary of state of Arvenia`
        if resolver.word(at(next)) == names.grammar.of { readCountry(after: next) }
    }

    private mutating func readCountry(after of: Int) {
        let next = resolver.word(at(of + 1)) == resolver.names.grammar.the ? of + 2 : of + 1
        guard let owner = resolver.owner(at(next)), let country = resolver.country(of: owner) else { return }
        countries = [country]
        isDefinite = true
        end = resolver.candidates[owner].tokens.upperBound
    }

    /// Backwards: `senior Chinese`, `deputy foreign`, `first`.
    private mutating func readModifiers() {
        let names = resolver.names
        var own: Int?
        while let token = resolver.token(at(first)), token.gap == .space || token.gap == .hyphen {
            let position = at(first - 1)
            guard resolver.owner(position) == nil, let before = resolver.token(position), before.isWord else { break }
            let (word, flags) = (resolver.word(position), resolver.flags(position))
            if let adjective = names.demonyms[word], before.isCapitalized {
                countries = adjective
                // What stands before it is no part of the office: `senior Chinese diplomat`.
                own = own ?? first
            } else if flags.contains(.indefinite) {
                isIndefinite = true
            } else if !flags.isDisjoint(with: [.titleModifier, .rank])
                || flags.contains(.office) && token.gap == .hyphen
            {
                words.insert(word, at: 0)
            } else {
                break
            }
            first -= 1
        }
        start = first
        first = own ?? first
    }

    /// The article, the possessor or the country before it.
    private mutating func readOwner() {
        let names = resolver.names
        let before = at(start - 1)
        guard let token = resolver.token(before) else { return }
        if token.kind == .possessive {
            start -= 1
            guard let country = resolver.ownerBefore(before) else {
                isIndefinite = true
                return
            }
            countries = [country]
            isDefinite = true
            if let owner = resolver.owner(at(start - 1)) { start = resolver.candidates[owner].tokens.lowerBound }
        } else if let owner = resolver.owner(before), resolver.token(at(start))?.gap == .space,
            let country = resolver.country(of: owner), resolver.names.isCountry(country),
            !resolver.isPersonCandidate(owner)
        {
            countries = [country]
            isDefinite = true
            start = resolver.candidates[owner].tokens.lowerBound
        }
        guard let article = determiner() else {
            if countries != nil { isDefinite = true }
            return
        }
        start = article
        if resolver.word(at(article)) == names.grammar.the { isDefinite = true } else { isIndefinite = true }
    }

    /// The token of the article, pronoun or other word that tells whether somebody certain is meant, past adjectives:
    /// `a prominent US diplomat`.
    private func determiner() -> Int? {
        for token in stride(from: start - 1, through: start - 4, by: -1) {
            let position = at(token)
            guard let word = resolver.token(position), word.isWord, resolver.token(at(token + 1))?.gap == .space,
                resolver.owner(position) == nil
            else { return nil }
            let (number, flags) = (resolver.word(position), resolver.flags(position))
            if number == resolver.names.grammar.the || flags.contains(.indefinite) || isPronoun(number) { return token }
            let isAdjective =
                word.shape == .lower
                && flags.isDisjoint(with: [.function, .auxiliary, .acting, .locative, .relation, .travel])
            guard isAdjective else { return nil }
        }
        return nil
    }

    private func isPronoun(_ word: Int32) -> Bool {
        let grammar = resolver.names.grammar
        return [grammar.his, grammar.her, grammar.its, grammar.their].contains(word)
    }
}

extension MentionResolver {
    fileprivate func isPersonCandidate(_ index: Int) -> Bool {
        forms(candidates[index]).allSatisfy { names.kind($0.record) == .person }
    }
}
