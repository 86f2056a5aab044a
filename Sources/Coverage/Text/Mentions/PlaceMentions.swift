// SPDX-License-Identifier: Apache-2.0

extension MentionResolver {
    /// Which organization or place a candidate names.
    func other(_ index: Int, _ forms: [NameForm]) -> Resolution? {
        let candidate = candidates[index]
        guard !isPartOfLongerName(candidate, forms) else { return nil }
        let sure = forms.filter { $0.kind == .whole }
        guard var options = sure.isEmpty ? acceptable(index, forms) : sure else { return nil }
        // `Washington` of the United States is short for Washington, DC too.
        if options.contains(where: { names.kind($0.record) == .country }) {
            options += forms.filter { $0.kind == .short && names.kind($0.record) == .city }
        }
        let organizations = options.filter { [.country, .organization].contains(names.kind($0.record)) }
        let places = options.filter { [.territory, .city, .place].contains(names.kind($0.record)) }
        guard let (record, confidence) = choice(index, organizations, places) else { return nil }
        return Resolution(record: record, tokens: candidate.tokens, form: .name, confidence: confidence)
    }

    private func choice(_ index: Int, _ organizations: [NameForm], _ places: [NameForm]) -> (Int32, Double)? {
        let organization = single(organizations, index)
        let place = single(places, index)
        guard let organization else {
            guard let place else { return nil }
            return placeOrGovernment(place, index)
        }
        let scene = scene(index)
        guard let place else {
            // A capital that is no known place: where it is one, nothing known is named.
            if isByname(index, of: organization), case .place = scene { return nil }
            return (organization, 0.95)
        }
        // A country that nothing makes a territory acts; so does a capital, if it is listed among its country's names.
        return if case .place = scene { (place, scene.confidence) } else { (organization, scene.confidence) }
    }

    /// Whether a country is named by a word that has nothing of its name, as a capital has not.
    private func isByname(_ index: Int, of organization: Int32) -> Bool {
        guard names.kind(organization) == .country, candidates[index].tokens.count == 1,
            let token = token(candidates[index].start), token.shape != .upper
        else { return false }
        let beginning = text.paragraphs[candidates[index].paragraph].text(token).prefix(3)
        return !NameWords(names.record(organization).reference.name).words.contains { $0.folded.hasPrefix(beginning) }
    }

    /// A city that is no known byname of its country's government, but does what only governments do.
    private func placeOrGovernment(_ place: Int32, _ index: Int) -> (Int32, Double) {
        let country = names.countries[Int(place)]
        guard country != KnownNames.noRecord, names.kind(place) == .city, scene(index) == .government(0.9)
        else { return (place, 0.95) }
        return (country, 0.6)
    }

    /// Of several records of one name the one that the article has named, or whose country it has; a country before what
    /// is none. Nil where that leaves several.
    private func single(_ forms: [NameForm], _ index: Int) -> Int32? {
        guard forms.count > 1 else { return forms.first?.record }
        let records = forms.map(\.record)
        for isLikelier in [
            { names.isCountry($0) }, { latest[$0] != nil },
            { record in
                let country = names.countries[Int(record)]
                return country != KnownNames.noRecord && latest[country] != nil
            },
        ] as [(Int32) -> Bool] {
            let likelier = records.filter(isLikelier)
            if likelier.count == 1 { return likelier[0] }
        }
        return nil
    }

    /// Of forms that others may share (`Foreign Ministry`) those whose record the article has named, or whose country
    /// stands beside them, or that are nobody else's.
    private func acceptable(_ index: Int, _ forms: [NameForm]) -> [NameForm]? {
        let beside = countriesBefore(candidates[index].start)
        if let beside {
            let own = forms.filter { beside.contains(names.countries[Int($0.record)]) }
            return own.isEmpty ? nil : own
        }
        let named = forms.filter { latest[$0.record] != nil }
        if !named.isEmpty {
            let last = named.max { latest[$0.record] ?? 0 < latest[$1.record] ?? 0 }
            return last.map { [$0] }
        }
        let later = forms.filter { firstWhole[$0.record] != nil }
        if later.count == 1 { return later }
        return forms.count == 1 ? forms : nil
    }

    /// The countries that an adjective, a name or a possessive right before a token tells.
    private func countriesBefore(_ position: Position) -> [Int32]? {
        let before = position.moved(-1)
        guard let token = token(before) else { return nil }
        if token.kind == .possessive { return ownerBefore(before).map { [$0] } }
        if let owner = owner(before) { return country(of: owner).map { [$0] } }
        return token.isCapitalized ? names.demonyms[word(before)] : nil
    }

    /// `Bank of China`, `China Daily`, `South Sudan`, `Mr Jordan`: other names, of which this is a part.
    private func isPartOfLongerName(_ candidate: Candidate, _ forms: [NameForm]) -> Bool {
        let (before, after) = (candidate.start.moved(-1), candidate.end.moved(1))
        let isHeadline = isHeadline(candidate.paragraph)
        if let next = token(after), next.gap == .space, next.isCapitalized, flags(after).contains(.nameEnd),
            owner(after) == nil, !isHeadline
        {
            return true
        }
        guard let previous = token(before), token(candidate.start)?.gap == .space else { return false }
        if flags(before).contains(.honorific) { return true }
        if word(before) == names.grammar.of, token(before.moved(-1))?.isCapitalized == true,
            owner(before.moved(-1)) == nil
        {
            let flags = flags(before.moved(-1))
            if !flags.isDisjoint(with: [.nameEnd]), !isHeadline { return true }
        }
        guard flags(before).contains(.nameStart), previous.isCapitalized, owner(before) == nil, !isHeadline else {
            return false
        }
        let isAbbreviation = forms.allSatisfy(\.isAbbreviation)
        return !isAbbreviation && !(beginsSentence(before) && flags(before).contains(.common))
    }

    // MARK: Country or territory, government or city

    /// What the words around a country's or a capital's name make of it.
    enum Scene: Equatable {
        case place(Double)
        case government(Double)
        case open

        var confidence: Double {
            switch self {
            case .place(let confidence), .government(let confidence): confidence
            case .open: 0.6
            }
        }
    }

    /// The part that a country or a capital plays at a place of the text.
    func scene(_ index: Int) -> Scene {
        let candidate = candidates[index]
        let after = candidate.end.moved(1)
        if isDateline(candidate) || isExplained(candidate, after) { return .place(0.9) }
        if let joined = sceneOfHyphen(candidate) { return joined }
        let next = afterPossessive(after)
        if let next, isNoun(next) {
            let flags = flags(next)
            if flags.contains(.townNoun) || flags.contains(.territory) { return .place(0.85) }
            if flags.contains(.governmentNoun) { return .government(0.9) }
        }
        if let before = sceneBefore(candidate, depth: 0) {
            // In `in US politics` the country only tells which politics.
            if case .place = before, let next, next.token > candidate.tokens.upperBound || isAttribute(candidate) {
                return .government(0.7)
            }
            return before
        }
        if token(after)?.kind == .possessive { return .government(0.85) }
        return acts(after) ? .government(0.9) : .open
    }

    /// `BEIJING, June 18 —`, `Beijing (Reuters) –`
    private func isDateline(_ candidate: Candidate) -> Bool {
        guard candidate.tokens.lowerBound == 0 else { return false }
        let words = words[candidate.paragraph]
        let dash = words.indices.dropFirst(candidate.tokens.upperBound).prefix(8).first { index in
            let paragraph = text.paragraphs[candidate.paragraph]
            return paragraph.tokens[index].kind == .punctuation && ["-", ":"].contains(paragraph.text(index))
        }
        guard let dash else { return false }
        let after = candidate.end.moved(1)
        return dash == after.token || word(after) == names.grammar.comma || word(after) == names.grammar.opening
    }

    /// `Beijing, China` and `Beijing, the capital`
    private func isExplained(_ candidate: Candidate, _ after: Position) -> Bool {
        guard word(after) == names.grammar.comma else { return false }
        if word(after.moved(1)) == names.grammar.the { return flags(after.moved(2)).contains(.townNoun) }
        guard let owner = owner(after.moved(1)), let country = country(of: owner) else { return false }
        let own = forms(candidate).filter { names.kind($0.record) == .city }
        return candidates[owner].tokens.lowerBound == after.token + 1
            && forms(candidates[owner]).contains { names.isCountry($0.record) }
            && own.contains { names.countries[Int($0.record)] == country }
            && !acts(Position(paragraph: candidate.paragraph, token: candidates[owner].tokens.upperBound))
    }

    /// `US-China relations`, `Beijing-based`, `pro-Beijing`
    private func sceneOfHyphen(_ candidate: Candidate) -> Scene? {
        let after = candidate.end.moved(1)
        if token(after)?.gap == .hyphen {
            let text = text.paragraphs[candidate.paragraph].text(after.token)
            return ["based", "born", "wide"].contains(text) ? .place(0.9) : .government(0.9)
        }
        return token(candidate.start)?.gap == .hyphen ? .government(0.9) : nil
    }

    private func afterPossessive(_ after: Position) -> Position? {
        guard let token = token(after) else { return nil }
        if token.kind == .possessive { return after.moved(1) }
        return token.gap == .space ? after : nil
    }

    private func isNoun(_ position: Position) -> Bool {
        guard let token = token(position), token.isWord, token.gap == .space else { return false }
        return flags(position).isDisjoint(with: [.function, .auxiliary])
    }

    /// Whether a noun follows directly, so that the name stands for an adjective.
    private func isAttribute(_ candidate: Candidate) -> Bool {
        let next = candidate.end.moved(1)
        guard let token = token(next), token.isWord, token.shape == .lower, token.gap == .space else { return false }
        guard flags(next).isDisjoint(with: [.function, .auxiliary, .acting, .calendar, .travel, .locative, .relation])
        else { return false }
        let word = text.paragraphs[candidate.paragraph].text(token)
        return !["ing", "ed", "ly"].contains { word.hasSuffix($0) }
    }

    /// What the words before a name say: a preposition, a verb of going, or another name that it is joined to by *and*.
    private func sceneBefore(_ candidate: Candidate, depth: Int) -> Scene? {
        var place = candidate.start.moved(-1)
        if word(place) == names.grammar.the { place = place.moved(-1) }
        let (word, flags) = (word(place), flags(place))
        guard token(place) != nil else { return nil }
        let isList = word == names.grammar.and || word == names.grammar.comma
        if isList, depth < 8 {
            let beforeComma = self.word(place.moved(-1)) == names.grammar.comma ? place.moved(-2) : place.moved(-1)
            if let owner = owner(beforeComma), isCountryLike(owner) {
                let first = sceneBefore(candidates[owner], depth: depth + 1)
                return first ?? .government(0.75)
            }
            // `the capital, Beijing`
            return word == names.grammar.comma && self.flags(place.moved(-1)).contains(.townNoun) ? .place(0.85) : nil
        }
        if word == names.grammar.of {
            return self.flags(place.moved(-1)).isDisjoint(with: [.townNoun, .territory]) ? nil : .place(0.85)
        }
        if word == names.grammar.to {
            return goes(before: place) ? .place(0.9) : isExchange(before: place) ? .government(0.85) : .place(0.6)
        }
        if word == names.grammar.from { return isExchange(before: place) ? .government(0.85) : .place(0.75) }
        if word == names.grammar.for, goes(before: place) { return .place(0.85) }
        if flags.contains(.locative) { return .place(0.9) }
        if flags.contains(.relation) { return .government(0.85) }
        if flags.contains(.travel), !flags.contains(.function) { return .place(0.9) }
        return flags.contains(.acting) ? .government(0.8) : nil
    }

    private func isCountryLike(_ index: Int) -> Bool {
        forms(candidates[index]).contains { names.isCountry($0.record) || names.kind($0.record) == .city }
    }

    /// Whether one of the few words before a preposition is about going somewhere.
    private func goes(before preposition: Position) -> Bool {
        (1...4).contains { flags(preposition.moved(-$0)).contains(.travel) }
    }

    private func isExchange(before preposition: Position) -> Bool {
        (1...2).contains { flags(preposition.moved(-$0)).contains(.exchange) }
    }

    /// Whether a verb of saying or acting follows, past an adverb or something between commas.
    func acts(_ after: Position) -> Bool {
        var place = after
        if word(place) == names.grammar.comma {
            let commas = (1...8).first { word(place.moved($0)) == names.grammar.comma }
            guard let commas else { return false }
            place = place.moved(commas + 1)
        }
        for _ in 0..<3 {
            let flags = flags(place)
            if flags.contains(.acting) || flags.contains(.auxiliary) { return true }
            guard let token = token(place), token.isWord,
                text.paragraphs[place.paragraph].text(token).hasSuffix("ly") || flags.contains(.function)
            else {
                return false
            }
            if word(place) == names.grammar.and, let owner = owner(place.moved(1)) {
                // `Washington and Beijing have`
                place = Position(paragraph: place.paragraph, token: candidates[owner].tokens.upperBound)
            } else {
                place = place.moved(1)
            }
        }
        return false
    }
}
