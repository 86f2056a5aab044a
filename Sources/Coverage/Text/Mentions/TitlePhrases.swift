// SPDX-License-Identifier: Apache-2.0

/// What stands before a name, or for it: `US Secretary of State`, `the Chinese foreign minister`, `Mr`.
struct TitlePhrase {
    /// The numbers of its words, in order, countries and articles left out.
    let words: [Int32]
    /// The office that they name; nil for `Mr` and the like.
    let office: OfficeWords?
    /// The countries that its adjective or a country's name in it may mean; nil when it tells none.
    let countries: [Int32]?
    /// Whether it is nothing but `Mr` and the like.
    let isHonorific: Bool
}

/// A title that the article has given to a person.
struct GivenTitle {
    let person: Int32
    let office: OfficeWords
    let countries: [Int32]?
}

extension MentionResolver {
    /// The title right before a token; nil when there is none.
    func titleBefore(_ position: Position) -> TitlePhrase? {
        var words: [Int32] = []
        var countries: [Int32]?
        var hasTitle = false
        var place = position.moved(-1)
        /// The token behind the one at hand: nothing but a space or a hyphen may stand between.
        var gap = token(position)?.gap
        while let token = token(place), gap == .space || gap == .hyphen, position.token - place.token <= 10 {
            let (word, flags) = (word(place), flags(place))
            if let owner = owner(place) {
                guard hasTitle, let country = country(of: owner) else { break }
                countries = [country]
                break
            }
            if let adjective = names.demonyms[word], hasTitle, token.isCapitalized {
                countries = adjective
            } else if token.kind == .possessive {
                countries = hasTitle ? ownerBefore(place).map { [$0] } ?? countries : countries
                break
            } else if word == names.grammar.of || word == names.grammar.for {
                guard !words.isEmpty, self.flags(place.moved(-1)).contains(.title) else { break }
                words.append(word)
            } else if !flags.isDisjoint(with: [.title, .titleModifier, .rank, .office]) {
                if flags.contains(.title) { hasTitle = true }
                words.append(word)
            } else {
                break
            }
            gap = token.gap
            place = place.moved(-1)
        }
        guard hasTitle else { return nil }
        words.reverse()
        let isHonorific = words.allSatisfy { names.flags($0).contains(.honorific) }
        return TitlePhrase(
            words: words, office: OfficeWords(words, names: names), countries: countries, isHonorific: isHonorific)
    }

    /// The country that owns what follows a possessive ending: its own, or that of the person before it.
    func ownerBefore(_ possessive: Position) -> Int32? {
        owner(possessive.moved(-1)).flatMap { country(of: $0) }
    }

    /// The country that a candidate is or belongs to, as far as all of its forms agree.
    func country(of index: Int) -> Int32? {
        if let record = resolved[index] { return known(names.countries[Int(record)]) }
        let countries = Set(forms(candidates[index]).map { names.countries[Int($0.record)] })
        return countries.count == 1 ? countries.first.flatMap(known) : nil
    }

    private func known(_ record: Int32) -> Int32? { record == KnownNames.noRecord ? nil : record }

    /// Whether a person may have an office of a title: one that the record gives, or that the article has given.
    func holds(_ person: Int32, _ title: TitlePhrase) -> Bool {
        guard let office = title.office else { return false }
        let isKnown = (names.offices[person] ?? []).contains {
            $0.words.mayBeCalled(office) && agrees($0.country, title.countries)
        }
        return isKnown
            || titles.contains {
                $0.person == person && $0.office.mayBeCalled(office) && agree($0.countries, title.countries, person)
            }
    }

    func agrees(_ country: Int32, _ countries: [Int32]?) -> Bool {
        guard let countries, country != KnownNames.noRecord else { return true }
        return countries.contains(country)
    }

    private func agree(_ given: [Int32]?, _ asked: [Int32]?, _ person: Int32) -> Bool {
        if let given, let asked { return given.contains(where: asked.contains) }
        return agrees(names.countries[Int(person)], asked)
    }
}
