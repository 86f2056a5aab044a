// SPDX-License-Identifier: Apache-2.0

/// All names that may be found in articles, ready for finding them: made once for a state of the records, and shared.
package struct KnownNames: Sendable {
    /// An office that a record gives to a person.
    struct Office: Sendable {
        let person: Int32
        let words: OfficeWords
        /// The country it belongs to, as an index into `records`; `noRecord` where it is not known.
        let country: Int32
    }

    static let noRecord: Int32 = -1

    /// What a record is, as far as the linker's rules go.
    enum Kind: UInt8, Sendable {
        case person
        /// A country as an organization, and any other.
        case country, organization
        /// A country as a place, a city, and any other.
        case territory, city, place
        /// An issue or an event.
        case topic

        init(_ record: KnownRecord) {
            self =
                switch record.reference.type {
                case .person: .person
                case .organization: record.organizationKind == .country ? .country : .organization
                case .place: record.placeKind == .country ? .territory : record.placeKind == .city ? .city : .place
                default: .topic
                }
        }
    }

    let records: [KnownRecord]
    private(set) var words = WordTable()
    /// By word number; words beyond its end have none.
    private var flags: [WordFlags] = []
    private(set) var trie = NameTrie()
    private(set) var misspellings = Misspellings([], in: WordTable())
    /// By person.
    private(set) var offices: [Int32: [Office]] = [:]
    /// By country and the number of the main word (`minister`).
    private var officesOfCountries: [UInt64: [Office]] = [:]
    /// Adjectives of countries, by word number, each with the countries that it may be of.
    private(set) var demonyms: [Int32: [Int32]] = [:]
    /// For each record the country that it belongs to or lies in, as an organization's index; for a country itself.
    private(set) var countries: [Int32]
    /// The numbers of words that grammar asks for.
    let grammar: Grammar
    /// By record.
    private let kinds: [Kind]

    /// What the tables take, in bytes, the records' own strings aside.
    package var footprint: Int {
        words.footprint + flags.count * 4 + trie.footprint + misspellings.footprint + demonyms.count * 40
            + offices.count * 160 + records.count * 5
    }

    /// Records of which each type has an id only once; their order decides nothing but ties.
    package init(_ records: [KnownRecord]) {
        self.records = records
        var table = WordTable()
        for (word, others) in EnglishWords.spellings {
            let number = table.insert(word)
            for other in others { table.insert(other, as: number) }
        }
        flags = Self.flags(&table)
        grammar = Grammar(&table)
        words = table
        kinds = records.map(Kind.init)
        let index = RecordIndex(records)
        countries = index.countries
        addForms(index)
        addDemonyms()
        addOffices(index)
    }

    func flags(_ word: Int32) -> WordFlags { word >= 0 && Int(word) < flags.count ? flags[Int(word)] : [] }

    /// The record of a form, and what it is.
    func record(_ index: Int32) -> KnownRecord { records[Int(index)] }

    func kind(_ index: Int32) -> Kind { kinds[Int(index)] }

    func isCountry(_ index: Int32) -> Bool { kind(index) == .country || kind(index) == .territory }

    func offices(of country: Int32, head: Int32) -> [Office] { officesOfCountries[Self.key(country, head)] ?? [] }

    private static func key(_ country: Int32, _ head: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: country)) << 32 | UInt64(UInt32(bitPattern: head))
    }

    // MARK: Building

    private static func flags(_ table: inout WordTable) -> [WordFlags] {
        var flags: [WordFlags] = []
        for (flag, list) in EnglishWords.lists {
            for word in NameWords(list).words {
                let number = Int(table.insert(word.folded))
                while flags.count <= number { flags.append([]) }
                flags[number].insert(flag)
            }
        }
        return flags
    }

    private mutating func addForms(_ index: RecordIndex) {
        let (table, flags) = (words, flags)
        let maker = NameForms { word in
            let number = table.number(of: word)
            return number >= 0 && Int(number) < flags.count
                && !flags[Int(number)].isDisjoint(with: [.title, .titleModifier])
        }
        var nameWords = Set<Int32>()
        for (number, record) in records.enumerated() {
            for form in maker.forms(of: record, countryNames: index.countryNames(of: Int32(number))) {
                let numbers = form.words.words.map { words.insert($0.folded) }
                trie.insert(numbers, self.form(form, of: Int32(number)))
                if form.kind != .topic { nameWords.formUnion(numbers) }
            }
        }
        trie.freeze()
        misspellings = Misspellings(nameWords, in: words)
    }

    private func form(_ form: NameForms.Form, of record: Int32) -> NameForm {
        let only = form.words.count == 1 ? form.words.words.first : nil
        let name = NameWords(records[Int(record)].reference.name)
        return NameForm(
            record: record, kind: form.kind, isListed: form.isListed, capitals: capitals(form, of: record),
            isAbbreviation: only.map { $0.shape == .upper && $0.folded.utf8.count <= 3 } ?? false,
            letters: Int32(clamping: form.words.words.reduce(0) { $0 + $1.folded.utf8.count }),
            isFirst: name.words.first?.folded == form.words.words.first?.folded)
    }

    /// Which words of a form need a capital: those that have one in the name. But the first word of an issue has it
    /// because it stands first; the further words of an organization or a place lose it in some papers (`Taiwan
    /// strait`), and so do all of a ministry's or an army's (`the foreign ministry`).
    private func capitals(_ form: NameForms.Form, of record: Int32) -> UInt32 {
        var capitals: UInt32 = 0
        let record = records[Int(record)]
        for (index, word) in form.words.words.prefix(32).enumerated() where word.needsCapital {
            let isNeeded =
                switch record.reference.type {
                case .organization where form.words.count > 1:
                    switch record.organizationKind {
                    case .ministry, .agency, .military, .mission:
                        word.shape == .upper || form.kind == .whole && index == 0
                    default: index == 0 || word.shape == .upper
                    }
                case .place: index == 0 || word.shape == .upper
                case .issue, .event: index > 0 || word.shape == .upper
                default: true
                }
            if isNeeded { capitals |= 1 << UInt32(index) }
        }
        return capitals
    }

    private mutating func addDemonyms() {
        for (index, record) in records.enumerated() where countries[index] == Int32(index) {
            for name in [record.reference.name] + record.aliases {
                for adjective in Demonyms.adjectives(of: name) {
                    let word = words.insert(adjective)
                    if demonyms[word]?.contains(Int32(index)) != true {
                        demonyms[word, default: []].append(Int32(index))
                    }
                }
            }
        }
    }

    private mutating func addOffices(_ index: RecordIndex) {
        for (person, record) in records.enumerated() {
            for office in record.offices {
                let numbers = NameWords(office.title).words.map { words.insert($0.folded) }
                guard let words = OfficeWords(numbers, names: self) else { continue }
                let organization = office.organization.flatMap { index.organizations[$0] }
                let country = organization.map { countries[Int($0)] } ?? Self.noRecord
                let held = Office(
                    person: Int32(person), words: words, country: country == Self.noRecord ? countries[person] : country
                )
                offices[held.person, default: []].append(held)
                officesOfCountries[Self.key(held.country, words.head), default: []].append(held)
            }
        }
    }
}

/// The numbers of the few words whose place in a sentence matters.
struct Grammar: Sendable {
    let the, of, possessive, and, between, comma, stop, quote, opening, closing, his, her, its, their: Int32
    let to, from, `for`: Int32

    init(_ table: inout WordTable) {
        the = table.insert("the")
        of = table.insert("of")
        possessive = table.insert("'s")
        and = table.insert("and")
        between = table.insert("between")
        comma = table.insert(",")
        stop = table.insert(".")
        quote = table.insert("\"")
        opening = table.insert("(")
        closing = table.insert(")")
        his = table.insert("his")
        her = table.insert("her")
        its = table.insert("its")
        their = table.insert("their")
        to = table.insert("to")
        from = table.insert("from")
        self.for = table.insert("for")
    }
}

/// How records hang together.
struct RecordIndex {
    private let records: [KnownRecord]
    let organizations: [String: Int32]
    private let places: [String: Int32]

    init(_ records: [KnownRecord]) {
        self.records = records
        var organizations: [String: Int32] = [:]
        var places: [String: Int32] = [:]
        for (index, record) in records.enumerated() {
            switch record.reference.type {
            case .organization: organizations[record.reference.id] = Int32(index)
            case .place: places[record.reference.id] = Int32(index)
            default: break
            }
        }
        self.organizations = organizations
        self.places = places
    }

    var countries: [Int32] {
        records.indices.map { index in
            let record = records[index]
            if record.organizationKind == .country { return Int32(index) }
            if let country = record.country { return organizations[country] ?? KnownNames.noRecord }
            return record.reference.type == .place ? country(around: Int32(index)) : KnownNames.noRecord
        }
    }

    /// The organization of the country that a place is or lies in.
    private func country(around place: Int32) -> Int32 {
        var place = place
        // A tree is not that deep; data that is no tree must not hold us up.
        for _ in 0..<16 {
            let record = records[Int(place)]
            if record.placeKind == .country { return organizations[record.reference.id] ?? KnownNames.noRecord }
            guard let within = record.within, let next = places[within] else { break }
            place = next
        }
        return KnownNames.noRecord
    }

    /// The names and adjectives of a record's country, the longest first; none for a country.
    func countryNames(of index: Int32) -> [NameWords] {
        guard let id = records[Int(index)].country, let country = organizations[id], country != index else { return [] }
        let record = records[Int(country)]
        let names = [record.reference.name] + record.aliases
        let adjectives = names.flatMap { Demonyms.adjectives(of: $0) }
        return (names + adjectives).map { NameWords($0).withoutArticle }.sorted { $0.count > $1.count }
    }
}
