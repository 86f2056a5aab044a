// SPDX-License-Identifier: Apache-2.0

extension MentionResolver {
    /// Which person a candidate names.
    mutating func person(_ index: Int, _ forms: [NameForm], _ title: TitlePhrase?) -> Resolution? {
        let candidate = candidates[index]
        let whole = forms.filter { $0.kind == .whole }
        if !whole.isEmpty {
            guard candidate.tokens.count > 1 || !isOtherPerson(candidate, whole, title) else { return nil }
            return self.whole(candidate, whole, title)
        }
        if let extended = withMisspeltGivenName(candidate, forms) { return extended }
        guard !isOtherPerson(candidate, forms, title) else { return nil }
        return part(index, forms, title)
    }

    // MARK: Whole names

    private func whole(_ candidate: Candidate, _ forms: [NameForm], _ title: TitlePhrase?) -> Resolution? {
        var options = forms
        if options.count > 1 {
            // Two people of one name: the one whose title it is, else the one met before.
            let titled = title.map { title in options.filter { holds($0.record, title) } } ?? []
            options = titled.count == 1 ? titled : options.filter { introduced[$0.record] != nil }
        }
        guard options.count == 1, let form = options.first else { return nil }
        let confidence = forms.count > 1 ? 0.7 : form.isListed ? 0.98 : 0.9
        return Resolution(record: form.record, tokens: candidate.tokens, form: .name, confidence: confidence)
    }

    // MARK: Parts of names

    private func part(_ index: Int, _ forms: [NameForm], _ title: TitlePhrase?) -> Resolution? {
        let candidate = candidates[index]
        func resolution(_ form: NameForm, _ confidence: Double) -> Resolution {
            // Joined to an unknown name it may be part of a longer one.
            let isJoined = isJoinedToUnknown(candidate)
            return Resolution(
                record: form.record, tokens: candidate.tokens, form: .partOfName,
                confidence: isJoined ? 0.5 : form.kind == .familyName ? confidence : 0.6)
        }
        let before = forms.filter { introduced[$0.record] != nil }
        if !before.isEmpty {
            let titled = title.map { title in before.filter { holds($0.record, title) } } ?? []
            let options = titled.isEmpty ? before : titled
            let families = options.filter { $0.kind == .familyName }
            let latest = (families.isEmpty ? options : families).max {
                introduced[$0.record] ?? 0 < introduced[$1.record] ?? 0
            }
            return latest.map { resolution($0, options.count > 1 ? 0.8 : 0.95) }
        }
        let families = forms.filter { $0.kind == .familyName }
        if let title {
            let titled = families.filter { holds($0.record, title) }
            if titled.count == 1 { return resolution(titled[0], 0.85) }
        }
        let later = families.filter { (firstWhole[$0.record] ?? -1) > index }
        if !later.isEmpty {
            let first = later.min { firstWhole[$0.record] ?? 0 < firstWhole[$1.record] ?? 0 }
            return first.map { resolution($0, later.count > 1 ? 0.6 : 0.85) }
        }
        // Never named whole: an alias that is nobody else's name, or a title before a name that only one has.
        let listed = families.filter(\.isListed)
        if listed.count == 1, families.count == 1 || title == nil || title?.isHonorific == true {
            return resolution(listed[0], families.count > 1 ? 0.5 : title != nil ? 0.85 : 0.75)
        }
        if let title, families.count == 1, title.isHonorific { return resolution(families[0], 0.6) }
        return nil
    }

    /// `Anthony Blinken` for Antony: a word before a surname that is its first name but for a letter.
    private func withMisspeltGivenName(_ candidate: Candidate, _ forms: [NameForm]) -> Resolution? {
        let before = candidate.start.moved(-1)
        guard let token = token(before), token.isWord, token.isCapitalized, owner(before) == nil || isGivenName(before),
            self.token(candidate.start)?.gap == .space, flags(before).isDisjoint(with: [.title, .function])
        else { return nil }
        let folded = text.paragraphs[before.paragraph].folded
        let matching = forms.filter { form in
            guard form.kind == .familyName, !form.isFirst else { return false }
            let given =
                NameWords(names.record(form.record).reference.name).words.first.map { Array($0.folded.utf8) } ?? []
            return given.count >= Misspellings.shortestWord && isOneEdit(Array(folded[token.folded]), given)
        }
        guard matching.count == 1, let form = matching.first, owner(before) == nil else { return nil }
        return Resolution(
            record: form.record, tokens: before.token..<candidate.tokens.upperBound, form: .name, confidence: 0.95)
    }

    // MARK: Other people

    /// Whether words with a capital around a part of a name make it another name: `Hunter Biden`, `Wang Wentao`, `Gates
    /// Foundation`.
    private mutating func isOtherPerson(_ candidate: Candidate, _ forms: [NameForm], _ title: TitlePhrase?) -> Bool {
        let (before, after) = (candidate.start.moved(-1), candidate.end.moved(1))
        if title == nil, let start = token(candidate.start), start.gap == .space, mayBeGivenName(before) { return true }
        guard let next = token(after), next.gap == .space, next.isWord, next.isCapitalized, !next.isDotted else {
            return false
        }
        let flags = flags(after)
        if flags.contains(.nameEnd), !isHeadline(candidate.paragraph) { return true }
        guard forms.allSatisfy(\.isFirst), owner(after) == nil || isGivenName(after) else { return false }
        return flags.isEmpty && names.demonyms[word(after)] == nil && !isHeadline(candidate.paragraph)
            && !hasLowerCaseTwin(after)
    }

    /// Whether a word with a capital before a surname looks like a first name: it is no title, no word of grammar, no
    /// adjective of a country and no part of another name.
    private mutating func mayBeGivenName(_ position: Position) -> Bool {
        guard let token = token(position), token.isWord, token.isCapitalized, !token.isDotted else { return false }
        if owner(position) != nil { return isGivenName(position) }
        guard flags(position).isEmpty, names.demonyms[word(position)] == nil else { return false }
        if isHeadline(position.paragraph) { return false }
        guard beginsSentence(position) else { return true }
        let text = text.paragraphs[position.paragraph].text(token)
        return !["ing", "ly", "ed"].contains { text.hasSuffix($0) } && !hasLowerCaseTwin(position)
    }

    /// Whether a token is a candidate for somebody's first name and nothing else.
    private func isGivenName(_ position: Position) -> Bool {
        guard let owner = owner(position), resolved[owner] == nil || candidates[owner].tokens.count == 1 else {
            return false
        }
        return forms(candidates[owner]).allSatisfy { $0.kind == .givenName }
    }

    /// Whether the article has the same word without a capital: then it is no name.
    private mutating func hasLowerCaseTwin(_ position: Position) -> Bool {
        guard let token = token(position) else { return false }
        return lowerCaseWords.contains(WordTable.hash(text.paragraphs[position.paragraph].folded, token.folded))
    }

    private func isJoinedToUnknown(_ candidate: Candidate) -> Bool {
        let after = candidate.end.moved(1)
        let isBehind = token(candidate.start)?.gap == .hyphen && isUnknownName(candidate.start.moved(-1))
        return isBehind || token(after)?.gap == .hyphen && isUnknownName(after)
    }

    private func isUnknownName(_ position: Position) -> Bool {
        owner(position) == nil && token(position)?.isCapitalized == true && flags(position).isEmpty
    }

    // MARK: Learning

    /// What a mention tells about those that follow: who has been introduced, and with which title.
    mutating func learn(from result: Resolution, _ index: Int) {
        let candidate = candidates[index]
        let title = titlesAhead[index] ?? titleBefore(candidate.start)
        if result.form == .name { introduced[result.record] = index }
        guard let title, let office = title.office else { return }
        titles.append(GivenTitle(person: result.record, office: office, countries: title.countries))
        // A title with a surname introduces as well as a first name does.
        if introduced[result.record] == nil { introduced[result.record] = index }
    }
}
