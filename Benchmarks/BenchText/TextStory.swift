// SPDX-License-Identifier: Apache-2.0

import Coverage

/// Names and articles in the manner of news, the same for the same numbers.
struct TextStory {
    private(set) var records: [KnownRecord] = []
    private var state: UInt64 = 2023

    init(names count: Int) {
        let countries = max(1, count / 200)
        for number in 0..<countries {
            let (id, name) = ("country-\(number)", "\(word(3))ia")
            var organization = KnownRecord(Reference(.organization, id, name: name))
            organization.organizationKind = .country
            var place = KnownRecord(Reference(.place, id, name: name))
            place.placeKind = .country
            records += [organization, place]
        }
        while records.count < count {
            let number = records.count
            switch pick(20) {
            case 0..<10: records.append(person(number, countries))
            case 10..<13:
                var ministry = KnownRecord(
                    Reference(.organization, "organization-\(number)", name: "\(word(2)) \(word(3)) Council"),
                    aliases: ["\(word(2).uppercased().prefix(4))"])
                ministry.organizationKind = .forum
                records.append(ministry)
            case 13..<18:
                var city = KnownRecord(Reference(.place, "place-\(number)", name: word(3)))
                city.placeKind = .city
                city.within = "country-\(pick(countries))"
                records.append(city)
            default:
                records.append(
                    KnownRecord(
                        Reference(.issue, "issue-\(number)", name: "\(word(3)) \(word(2).lowercased()) rights")))
            }
        }
    }

    private mutating func person(_ number: Int, _ countries: Int) -> KnownRecord {
        let family = word(3)
        var person = KnownRecord(
            Reference(.person, "person-\(number)", name: "\(word(2)) \(family)"), aliases: pick(2) == 0 ? [family] : [])
        person.country = "country-\(pick(countries))"
        person.offices = [.init(title: Self.titles[pick(Self.titles.count)], organization: person.country)]
        return person
    }

    /// About a name in every ten words, half of the people by their surname; paragraphs of some 80 words.
    mutating func article(words: Int) -> String {
        let cast = (0..<8).map { _ in records[pick(records.count)].reference.name }
        var text = ""
        for number in 0..<words {
            let isEnd = number % 20 == 19
            if pick(10) == 0 {
                let name = cast[pick(cast.count)]
                text += pick(2) == 0 ? name : String(name.split(separator: " ").last ?? "")
                if pick(4) == 0 { text += "’s" }
            } else if pick(40) == 0 {
                text += "the " + Self.titles[pick(Self.titles.count)].lowercased()
            } else {
                text += Self.prose[pick(Self.prose.count)]
            }
            text += number % 80 == 79 ? ".\n" : isEnd ? ". “" : pick(12) == 0 ? ", " : " "
        }
        return text
    }

    // MARK: Numbers and words

    private mutating func pick(_ bound: Int) -> Int {
        // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private mutating func word(_ syllables: Int) -> String {
        var word = ""
        for _ in 0..<syllables { word += Self.onsets[pick(Self.onsets.count)] + Self.rimes[pick(Self.rimes.count)] }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private static let onsets = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st", "br",
    ]
    private static let rimes = ["a", "e", "i", "o", "u", "an", "en", "in", "on", "ar", "er", "ö", "á", "ai"]
    private static let titles = ["Foreign Minister", "President", "Secretary of State", "Ambassador", "Trade Envoy"]
    private static let prose = """
        the of to and a in that on for with as at by from it was his her they which this after over said told would will
        could talks visit meeting ministers agreement between both sides months before during trade fishing border river
        ships harbour tensions remained channels open officials warned expected summit next week statement reporters while
        although despite government policy exports tariffs security partners region leaders discussed progress slowly
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
