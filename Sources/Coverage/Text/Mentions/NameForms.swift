// SPDX-License-Identifier: Apache-2.0

/// A way to name a record, as a row of words.
struct NameForm: Sendable {
    enum Kind: UInt8, Sendable {
        /// The name or an alias: says by itself who is meant.
        case whole
        /// The family name, or an alias that is one, by itself.
        case familyName
        /// The other part of a person's name.
        case givenName
        /// A part of an organization's or a place's name that others may share (`Foreign Ministry`).
        case short
        /// An issue's or event's name or alias.
        case topic
    }

    /// Index of the record.
    let record: Int32
    let kind: Kind
    /// Whether the record lists it as it is: then it counts even where the whole name never occurs.
    let isListed: Bool
    /// Bit n: the n-th word needs a capital. Words beyond the 32nd never do.
    let capitals: UInt32
    /// Whether it is a short abbreviation that needs all its capitals (`US`).
    let isAbbreviation: Bool
    /// Letters and digits of all words.
    let letters: Int32
    /// Whether it is a part of a person's name that stands at its beginning, so that more of a name may follow.
    let isFirst: Bool

    var isTopic: Bool { kind == .topic }
    var isPartOfName: Bool { kind == .familyName || kind == .givenName }
}

/// The words of a name before they have numbers.
struct NameWords {
    struct Word {
        let folded: String
        let shape: Token.Shape
        let isJoined: Bool

        var needsCapital: Bool { shape == .capitalized || shape == .upper }
    }

    var words: [Word]

    /// Quotation marks and full stops go; a comma and an ampersand stay, as words of their own.
    init(_ name: String) {
        let paragraph = ParagraphText(number: 1, raw: name[...])
        words = paragraph.tokens.compactMap { token in
            let text = paragraph.text(token)
            if token.kind == .punctuation, text != ",", text != "&" { return nil }
            return Word(folded: text, shape: token.shape, isJoined: token.gap == .hyphen)
        }
    }

    init(_ words: some Sequence<Word>) { self.words = Array(words) }

    var isEmpty: Bool { words.isEmpty }
    var count: Int { words.count }

    /// Words that hyphens join, together.
    var units: [ArraySlice<Word>] {
        var units: [ArraySlice<Word>] = []
        var start = 0
        for index in words.indices.dropFirst() where !words[index].isJoined {
            units.append(words[start..<index])
            start = index
        }
        return words.isEmpty ? [] : units + [words[start...]]
    }

    /// `The Hague` without its article; unchanged when there is nothing else.
    var withoutArticle: NameWords {
        words.count > 1 && words[0].folded == "the" ? NameWords(words.dropFirst()) : self
    }
}

/// The forms in which records may be named, from their names and aliases.
struct NameForms {
    typealias Form = (words: NameWords, kind: NameForm.Kind, isListed: Bool)

    /// Whether a folded word is a title or part of one.
    let isTitle: (String) -> Bool

    func forms(of record: KnownRecord, countryNames: [NameWords]) -> [Form] {
        switch record.reference.type {
        case .person: person(record)
        case .organization: organization(record, countryNames)
        case .place: place(record)
        case .issue, .event: ([record.reference.name] + record.aliases).map { topic($0) }
        case .statement, .discrepancy, .article: []
        }
    }

    private func topic(_ name: String) -> Form { (NameWords(name).withoutArticle, .topic, true) }

    // MARK: People

    private func person(_ record: KnownRecord) -> [Form] {
        let name = withoutSuffix(NameWords(record.reference.name))
        let listed = record.aliases.map { NameWords($0) }.filter { !$0.isEmpty }
        let aliases = listed.map(withoutTitles)
        var forms: [Form] = [(name, .whole, true)]
        let units = name.units
        for (alias, listed) in zip(aliases, listed) {
            if listed.count > alias.count { forms.append((listed, .whole, true)) }
            // A single word of the name is part of it; any other is a name of its own.
            let isPart = alias.units.count == 1 && units.count > 1 && isPartOfName(alias, units)
            forms.append((alias, isPart ? .familyName : .whole, true))
        }
        guard units.count > 1 else { return forms }
        let isFamilyFirst = isFamilyFirst(name, units, aliases, record.country)
        let parts = parts(units, isFamilyFirst: isFamilyFirst)
        forms += parts.family.map { ($0, .familyName, false) }
        forms.append((parts.given, .givenName, false))
        // The order of the other half of the world, and names without what stands in the middle.
        if units.count == 2 { forms.append((NameWords(units[1] + units[0]), .whole, false)) }
        if units.count > 2, !isFamilyFirst, let first = units.first, let family = parts.family.last {
            forms.append((NameWords(Array(first) + family.words), .whole, false))
        }
        let initials = units.prefix { $0.count == 1 && $0.first?.folded.count == 1 }
        if initials.count > 1 {
            let fused = NameWords.Word(
                folded: initials.joined().map(\.folded).joined(), shape: .upper, isJoined: false)
            forms.append((NameWords([fused] + units[initials.count...].joined()), .whole, false))
        }
        return forms
    }

    private func isPartOfName(_ alias: NameWords, _ units: [ArraySlice<NameWords.Word>]) -> Bool {
        units.contains { $0.map(\.folded) == alias.words.map(\.folded) }
    }

    /// Aliases such as `President X` name X too.
    private func withoutTitles(_ alias: NameWords) -> NameWords {
        let last = alias.words.count - 1
        let start = alias.words.indices.first { index in
            let word = alias.words[index].folded
            return index == last || !(isTitle(word) || ["of", "for"].contains(word))
        }
        return NameWords(alias.words[(start ?? 0)...])
    }

    private func withoutSuffix(_ name: NameWords) -> NameWords {
        let words = name.words.filter { $0.folded != "," }
        let isSuffixed = words.count > 2 && ["jr", "sr", "ii", "iii", "iv"].contains(words.last?.folded ?? "")
        return NameWords(isSuffixed ? words.dropLast() : words[...])
    }

    private func isFamilyFirst(
        _ name: NameWords, _ units: [ArraySlice<NameWords.Word>], _ aliases: [NameWords], _ country: String?
    ) -> Bool {
        let (first, last) = (units.first.map { $0.map(\.folded) }, units.last.map { $0.map(\.folded) })
        let singles = aliases.filter { $0.units.count == 1 }.map { $0.words.map(\.folded) }
        if singles.contains(where: { $0 == last }) { return false }
        if singles.contains(where: { $0 == first }) { return true }
        if let country, EnglishWords.familyFirstCountries.contains(country) { return true }
        let begins = first?.count == 1 && EnglishWords.familyNames.contains(first?.first ?? "")
        let ends = last?.count == 1 && EnglishWords.familyNames.contains(last?.first ?? "")
        return begins && !ends && country.map { ["singapore", "malaysia"].contains($0) } ?? true
    }

    /// The family name, in the forms it is used in, and the given name.
    private func parts(
        _ units: [ArraySlice<NameWords.Word>], isFamilyFirst: Bool
    ) -> (family: [NameWords], given: NameWords) {
        if isFamilyFirst { return ([NameWords(units[0])], NameWords(units[1...].joined())) }
        let last = units.count - 1
        var family = [NameWords(units[last])]
        var start = last
        while start > 1, !isCapital(units[start - 1]) { start -= 1 }
        if start < last {
            family.append(NameWords(units[start...].joined()))
        } else if units.count > 2, units[last - 1].first.map({ $0.folded.count > 1 }) ?? false {
            // A double name, such as the Spanish have: both, or the first of them.
            family.append(NameWords(units[(last - 1)...].joined()))
        }
        return (family, NameWords(units[0]))
    }

    private func isCapital(_ unit: ArraySlice<NameWords.Word>) -> Bool {
        unit.first.map { $0.needsCapital || $0.shape == .uncased } ?? false
    }

    // MARK: Organizations and places

    private func organization(_ record: KnownRecord, _ countryNames: [NameWords]) -> [Form] {
        var forms: [Form] = []
        for name in [record.reference.name] + record.aliases {
            let words = NameWords(name)
            forms += withArticle(words).map { ($0, .whole, true) }
            let bare = words.withoutArticle
            if let turned = turned(bare) { forms.append((turned, .whole, false)) }
            guard let short = withoutCountry(bare, countryNames) else { continue }
            forms.append((short, .short, false))
            if let turned = turned(short) { forms.append((turned, .short, false)) }
        }
        return forms
    }

    /// With its article where that is listed with the name (`The Hague`), however it is written there, and always without.
    private func withArticle(_ words: NameWords) -> [NameWords] {
        let bare = words.withoutArticle
        guard bare.count < words.count else { return [bare] }
        return [bare, NameWords([NameWords.Word(folded: "the", shape: .lower, isJoined: false)] + bare.words)]
    }

    /// `Department of State` as `State Department`, and the other way round.
    private func turned(_ name: NameWords) -> NameWords? {
        let heads: Set = ["ministry", "department", "office", "bureau", "agency", "council"]
        let words = name.words
        guard words.count >= 2 else { return nil }
        if let of = words.firstIndex(where: { $0.folded == "of" || $0.folded == "for" }), of >= 1,
            heads.contains(words[of - 1].folded), of + 1 < words.count
        {
            var complement = words[(of + 1)...]
            if complement.first?.folded == "the" { complement = complement.dropFirst() }
            if complement.last?.folded == "affairs", complement.count == 2 { complement = complement.dropLast() }
            guard 1...3 ~= complement.count else { return nil }
            return NameWords(Array(words[..<(of - 1)]) + complement + [words[of - 1]])
        }
        guard words.count == 2, heads.contains(words[1].folded), words[0].needsCapital else { return nil }
        let of = NameWords.Word(folded: "of", shape: .lower, isJoined: false)
        return NameWords([words[1], of, words[0]])
    }

    /// `US Department of State` and `Foreign Ministry of Arvenia` without the country.
    private func withoutCountry(_ name: NameWords, _ countryNames: [NameWords]) -> NameWords? {
        let words = name.words.map(\.folded)
        for country in countryNames {
            let own = country.words.map(\.folded)
            guard !own.isEmpty else { continue }
            if words.starts(with: own) {
                let rest = name.words.dropFirst(own.count).drop { $0.folded == "'s" }
                if rest.count >= 2 { return NameWords(rest) }
            }
            if words.count >= own.count + 2, words.suffix(own.count).elementsEqual(own) {
                let rest = name.words.dropLast(own.count)
                guard rest.last?.folded == "of" || rest.last?.folded == "in" || rest.last?.folded == "the" else {
                    continue
                }
                let bare = Array(rest).trimmingLast { ["of", "in", "the"].contains($0.folded) }
                if bare.count >= 2 { return NameWords(bare) }
            }
        }
        return nil
    }

    private func place(_ record: KnownRecord) -> [Form] {
        var forms: [Form] = []
        for name in [record.reference.name] + record.aliases {
            let words = NameWords(name)
            forms += withArticle(words).map { ($0, .whole, true) }
            guard let comma = words.words.firstIndex(where: { $0.folded == "," }), comma > 0 else { continue }
            forms.append((NameWords(words.words.filter { $0.folded != "," }), .whole, false))
            forms.append((NameWords(words.words[..<comma]), .short, false))
        }
        return forms
    }
}

extension Array {
    fileprivate func trimmingLast(while isUnwanted: (Element) -> Bool) -> [Element] {
        var count = count
        while count > 0, isUnwanted(self[count - 1]) { count -= 1 }
        return Array(self[..<count])
    }
}
