// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

/// A world that never was, with names of every shape that the rules are about.
enum KnownWorld {
    static let names = KnownNames(records)

    static let records: [KnownRecord] = [
        person("mara-okoye", "Mara Okoye", country: "arvenia", office: "Foreign Minister", at: "arvenia"),
        person(
            "tomas-vel", "Tomás Vél", ["Vél"], country: "belmark", office: "Secretary of State", at: "belmark-state"),
        person("wang-tao", "Wang Tao", ["Wang"], country: "cathia", office: "President", at: "cathia"),
        person("wang-min", "Wang Min", ["Wang"], country: "cathia", office: "Trade Minister", at: "cathia"),
        person("ilse-brandenburger", "Ilse Brandenburger", country: "belmark", office: "Ambassador", at: "belmark"),
        person("john-miller", "John Miller", country: "belmark", office: "Spokesman", at: "belmark-state"),
        person("lena-miller", "Lena Miller", country: "arvenia"),
        person("jan-van-der-meer", "Jan van der Meer", country: "belmark"),
        person("petra-austin", "Petra Austin", country: "belmark"),
        person("theo-may", "Theo May", country: "belmark"),
        person("sergei-lavin", "Сергей Лавин", ["Sergei Lavin"]),
        person("xi-lan", "习兰", ["Xi Lan"], country: "cathia"),
        person("j-b-priddle", "J. B. Priddle"),
        country("arvenia", "Arvenia", ["Port Savel"]), country("belmark", "Belmark", ["US", "Harrow"]),
        country("cathia", "Cathia"),
        organization("belmark-state", "Belmark Department of State", .ministry, ["State Department"], "belmark"),
        organization("arvenian-foreign-ministry", "Ministry of Foreign Affairs of Arvenia", .ministry, [], "arvenia"),
        organization("cathian-foreign-ministry", "Foreign Ministry of Cathia", .ministry, [], "cathia"),
        organization("aubel", "AUBEL", .alliance, []), organization("quad", "Quad", .alliance, []),
        organization("council", "Northern Trade Council", .forum, []),
        organization("peoples-army", "People's Army", .military, [], "cathia"),
        placeCountry("arvenia", "Arvenia"), placeCountry("belmark", "Belmark", ["US"]),
        placeCountry("cathia", "Cathia"),
        place("port-savel", "Port Savel", .city, "arvenia"), place("harrow", "Harrow", .city, "belmark"),
        place("lindholm", "Lindholm", .city, "cathia"), place("austin", "Austin", .city, "belmark"),
        place("zurich", "Zürich", .city, nil), place("sund", "Greater Sund", .strait, nil),
        place("savel-dc", "Savel, DC", .city, "arvenia"),
        KnownRecord(Reference(.issue, "fishing", name: "Fishing rights"), aliases: ["fishing quotas"]),
        KnownRecord(Reference(.issue, "relations", name: "Arvenia–Cathia relations")),
        KnownRecord(Reference(.event, "visit", name: "Vél's visit to Arvenia")),
    ]

    private static func person(
        _ id: String, _ name: String, _ aliases: [String] = [], country: String? = nil, office: String? = nil,
        at organization: String? = nil
    ) -> KnownRecord {
        var record = KnownRecord(Reference(.person, id, name: name), aliases: aliases)
        record.country = country
        if let office { record.offices = [.init(title: office, organization: organization)] }
        return record
    }

    private static func organization(
        _ id: String, _ name: String, _ kind: OrganizationKind, _ aliases: [String], _ country: String? = nil
    ) -> KnownRecord {
        var record = KnownRecord(Reference(.organization, id, name: name), aliases: aliases)
        record.organizationKind = kind
        record.country = country
        return record
    }

    private static func country(_ id: String, _ name: String, _ aliases: [String] = []) -> KnownRecord {
        organization(id, name, .country, aliases)
    }

    private static func place(
        _ id: String, _ name: String, _ kind: PlaceKind, _ within: String?, _ aliases: [String] = []
    ) -> KnownRecord {
        var record = KnownRecord(Reference(.place, id, name: name), aliases: aliases)
        record.placeKind = kind
        record.within = within
        return record
    }

    private static func placeCountry(_ id: String, _ name: String, _ aliases: [String] = []) -> KnownRecord {
        place(id, name, .country, nil, aliases)
    }
}

/// Each mention of a text as `surface=type:id`, those of topics left out.
private func found(_ text: String, topics: Bool = false) -> [String] {
    KnownWorld.names.mentions(in: ArticleText(text)).filter {
        let isTopic = $0.entity.type == .issue || $0.entity.type == .event
        return isTopic == topics
    }.map { "\($0.surface)=\($0.entity.type.rawValue):\($0.entity.id)" }
}

@Suite struct MentionTests {
    // MARK: Words

    @Test func keepsToWholeWords() {
        #expect(found("AUBEL and the US, not us, nor USB.") == ["AUBEL=organization:aubel", "US=organization:belmark"])
        #expect(found("The quad bikes of the Quad").map { $0 } == ["Quad=organization:quad"])
        #expect(found("Arvenians, Arvenian and Okoyes") == [])
        #expect(found("the U.S. and Aubel") == ["U.S.=organization:belmark", "Aubel=organization:aubel"])
    }

    @Test func readsPossessivesAndHyphens() {
        #expect(
            found("Arvenia’s answer; US-Cathia trade; an Arvenian-led group")
                == ["Arvenia=organization:arvenia", "US=organization:belmark", "Cathia=organization:cathia"])
        #expect(
            found("the People’s Army and the People's army") == [
                "People’s Army=organization:peoples-army", "People's army=organization:peoples-army",
            ])
    }

    @Test func prefersTheLongest() {
        #expect(
            found("the Belmark Department of State said") == ["Belmark Department of State=organization:belmark-state"])
        #expect(found("Mara Okoye") == ["Mara Okoye=person:mara-okoye"])
    }

    @Test func foldsUnicode() {
        #expect(found("Toma\u{301}s Ve\u{301}l") == ["Toma\u{301}s Ve\u{301}l=person:tomas-vel"])
        #expect(
            found("Tomas Vel in Zurich, Zu\u{308}rich") == [
                "Tomas Vel=person:tomas-vel", "Zurich=place:zurich", "Zu\u{308}rich=place:zurich",
            ])
        #expect(found("Mara\u{A0}Ok\u{AD}oye\u{200B}") == ["Mara\u{A0}Ok\u{AD}oye=person:mara-okoye"])
        #expect(found("Сергей Лавин и 习兰") == ["Сергей Лавин=person:sergei-lavin", "习兰=person:xi-lan"])
        #expect(found("今天习兰说") == ["习兰=person:xi-lan"])
        #expect(found("👩‍🚀\u{202E}Mara Okoye\u{202C}👍🏽") == ["Mara Okoye=person:mara-okoye"])
    }

    @Test func countsScalars() throws {
        let mention = try #require(KnownWorld.names.mentions(in: ArticleText("one\n👩‍🚀 e\u{301} Mara Okoye’s")).first)
        #expect(mention.span == TextSpan(paragraph: 2, start: 7, end: 17))
    }

    // MARK: People

    @Test func resolvesSurnamesOnceIntroduced() {
        #expect(found("Okoye spoke.") == [])
        #expect(found("Mara Okoye came. Okoye spoke.") == ["Mara Okoye=person:mara-okoye", "Okoye=person:mara-okoye"])
        let early = KnownWorld.names.mentions(in: ArticleText("Okoye spoke. Then Mara Okoye left, and Okoye was gone."))
        #expect(early.map(\.entity.id) == ["mara-okoye", "mara-okoye", "mara-okoye"])
        #expect(early[0].confidence < early[2].confidence)
    }

    @Test func tellsBearersOfANameApart() {
        #expect(
            found("John Miller met Lena Miller. Miller left. John Miller stayed, and Miller spoke.").map {
                $0.suffix(11)
            }
                == ["john-miller", "lena-miller", "lena-miller", "john-miller", "john-miller"])
        #expect(
            found(
                "President Wang Tao met Trade Minister Wang Min. President Wang spoke, then Wang, then Minister Wang."
            ).map { $0.suffix(8) }
                == ["wang-tao", "wang-min", "wang-tao", "wang-min", "wang-min"])
        #expect(found("Wang spoke.") == [])
        #expect(found("President Wang spoke.") == ["Wang=person:wang-tao"])
    }

    @Test func leavesOthersOfTheNameAlone() {
        #expect(
            found("Mara Okoye and her cousin Emeka Okoye met. Okoye spoke.") == [
                "Mara Okoye=person:mara-okoye", "Okoye=person:mara-okoye",
            ])
        #expect(found("Wang Tao met Wang Wentao and Wang.") == ["Wang Tao=person:wang-tao", "Wang=person:wang-tao"])
        #expect(found("John Miller gave to the Miller Foundation.") == ["John Miller=person:john-miller"])
        #expect(found("In May, Theo May spoke; may May 5 do, and since May.") == ["Theo May=person:theo-may"])
        #expect(found("Theo May spoke, and May left with May. May said so.").count == 4)
        #expect(found("Much has changed. May was warm.") == [])
    }

    @Test func readsTitlesBeforeNames() {
        #expect(
            found("US Secretary of State Tomás Vél met Mr Vél.")
                == ["US=organization:belmark", "Tomás Vél=person:tomas-vel", "Vél=person:tomas-vel"])
        #expect(found("Secretary Vél spoke.") == ["Vél=person:tomas-vel"])
    }

    @Test func readsOtherOrdersAndInitials() {
        #expect(
            found("Okoye Mara, John F. Miller, Tao Wang, J.B. Priddle, J. B. Priddle").map {
                $0.split(separator: ":").last
            }
                == ["mara-okoye", "john-miller", "wang-tao", "j-b-priddle", "j-b-priddle"])
        #expect(
            found("Jan van der Meer left. Van der Meer and Meer are one.").map { $0.split(separator: "=").first }
                == ["Jan van der Meer", "Van der Meer", "Meer"])
    }

    // MARK: Offices

    @Test func resolvesOffices() {
        #expect(
            found("Secretary of State Tomás Vél came. The Secretary spoke. A secretary wrote.")
                == ["Tomás Vél=person:tomas-vel", "Secretary=person:tomas-vel"])
        #expect(
            found("The Arvenian Foreign Minister spoke. The president did not.") == [
                "Foreign Minister=person:mara-okoye"
            ])
        #expect(
            found("Arvenia’s foreign minister spoke.") == [
                "Arvenia=organization:arvenia", "foreign minister=person:mara-okoye",
            ])
        #expect(
            found("The US secretary of state’s visit") == [
                "US=organization:belmark", "secretary of state=person:tomas-vel",
            ])
        #expect(
            found("The foreign minister of Arvenia spoke.") == [
                "foreign minister=person:mara-okoye", "Arvenia=organization:arvenia",
            ])
    }

    @Test(arguments: [
        "He is the first foreign minister of his country.", "A former secretary of state spoke.",
        "His foreign minister spoke.",
        "The next US secretary of state, whoever it is", "The deputy foreign minister of nowhere spoke.",
        "Two ministers spoke.",
        "The Arvenian defence minister spoke.", "A prominent US secretary of state spoke.", "The US secretary spoke.",
    ])
    func leavesOfficesOfNobody(text: String) {
        #expect(found(text).filter { $0.contains("person:") } == [])
    }

    /// An office that only the article knows of.
    @Test func learnsOfficesFromTheArticle() {
        #expect(
            found("Fisheries envoy Lena Miller came. The envoy spoke.") == [
                "Lena Miller=person:lena-miller", "envoy=person:lena-miller",
            ])
        #expect(
            found("Lena Miller, the Arvenian fisheries envoy, came. The fisheries envoy spoke.").suffix(1) == [
                "fisheries envoy=person:lena-miller"
            ])
        #expect(
            found("The spokesman, John Miller, came. The spokesman spoke.") == [
                "John Miller=person:john-miller", "spokesman=person:john-miller",
            ])
    }

    // MARK: Organizations and places

    @Test(arguments: [
        ("He flew to Harrow.", "place:harrow"), ("They met in Harrow.", "place:harrow"),
        ("a visit to Harrow", "place:harrow"),
        ("HARROW, June 5 — Talks began.", "place:harrow"), ("Harrow said it would wait.", "organization:belmark"),
        ("Harrow, for its part, has accused others.", "organization:belmark"),
        ("Pressure on Harrow grew.", "organization:belmark"),
        ("a response from Harrow", "organization:belmark"), ("Harrow’s airport closed.", "place:harrow"),
        ("Harrow’s policy changed.", "organization:belmark"), ("ties with Harrow", "organization:belmark"),
        ("He left Harrow.", "place:harrow"), ("the Harrow-based group", "place:harrow"),
        ("They accused Harrow of it.", "organization:belmark"),
        ("which Harrow claims", "organization:belmark"), ("the streets of Harrow", "place:harrow"),

        ("near the capital, Harrow, it rained", "place:harrow"), ("Harrow, the capital, slept.", "place:harrow"),
        ("a visit to Arvenia", "place:arvenia"), ("in Arvenia", "place:arvenia"),
        ("talks with Arvenia", "organization:arvenia"),
        ("over Arvenia’s territory", "place:arvenia"), ("Arvenia has said so.", "organization:arvenia"),
    ])
    func tellsGovernmentFromPlace(text: String, entity: String) {
        #expect(found(text).map { $0.split(separator: "=").last.map(String.init) } == [entity])
    }

    @Test func readsCapitalsInPairs() {
        #expect(
            found("between Harrow and Port Savel") == [
                "Harrow=organization:belmark", "Port Savel=organization:arvenia",
            ])
        #expect(found("in Harrow and Port Savel") == ["Harrow=place:harrow", "Port Savel=place:port-savel"])
        // A city that is nobody's byname, but does what governments do.
        #expect(
            found("Lindholm accused them; in Lindholm it rained.") == [
                "Lindholm=organization:cathia", "Lindholm=place:lindholm",
            ])
    }

    @Test func knowsPeopleFromPlaces() {
        #expect(found("They met in Austin.") == ["Austin=place:austin"])
        #expect(
            found("Petra Austin came. Austin spoke in Austin.") == [
                "Petra Austin=person:petra-austin", "Austin=person:petra-austin", "Austin=place:austin",
            ])
    }

    @Test func readsMinistries() {
        #expect(
            found("Arvenia’s Foreign Ministry said") == [
                "Arvenia=organization:arvenia", "Foreign Ministry=organization:arvenian-foreign-ministry",
            ])
        #expect(
            found("the Cathian foreign ministry said") == ["foreign ministry=organization:cathian-foreign-ministry"])
        #expect(found("the foreign ministry said") == [])
        #expect(found("the State Department said") == ["State Department=organization:belmark-state"])
    }

    @Test func learnsAbbreviations() {
        #expect(
            found("The Northern Trade Council (NTC) met. NTC members agreed. NTX did not.").map {
                $0.split(separator: "=").first
            }
                == ["Northern Trade Council", "NTC", "NTC"])
        #expect(found("NTC members agreed.") == [])
    }

    @Test func leavesLongerNames() {
        #expect(found("He read the Arvenia Times at the Bank of Cathia, then went to New Belmark.") == [])
        #expect(found("He read the Arvenia Guardian.") == [])
        #expect(found("Savel, D.C., and Savel") == ["Savel, D.C.=place:savel-dc", "Savel=place:savel-dc"])
    }

    // MARK: Misspellings

    @Test(arguments: [
        "Ilse Brandenburgar", "Ilse Brandenbruger", "Ilse Brandenburgerr", "Ilse Brandenurger", "Else Brandenburger",
        "Mara Okoyee",
    ])
    func forgivesOneLetter(name: String) throws {
        let mentions = KnownWorld.names.mentions(in: ArticleText("There \(name) spoke."))
        #expect(mentions.count == 1)
        let mention = try #require(mentions.first)
        #expect(mention.surface == name && mention.isMisspelt && mention.confidence < 0.9)
    }

    @Test func forgivesNoMore() {
        #expect(found("Ilse Brandxnbarger; Brandxxburger; Maro Okayo; Quod; Wong Tao; arvenja") == [])
        #expect(found("the Belmarks, Arvenian wine") == [])
        #expect(KnownWorld.names.mentions(in: ArticleText("Ilse Brandenburger")).map(\.isMisspelt) == [false])
    }

    // MARK: Topics

    @Test func findsTopicsAboveNames() {
        let text = "Fishing rights and fishing quotas strain Arvenia-Cathia relations."
        #expect(
            found(text, topics: true) == [
                "Fishing rights=issue:fishing", "fishing quotas=issue:fishing",
                "Arvenia-Cathia relations=issue:relations",
            ])
        #expect(found(text) == ["Arvenia=organization:arvenia", "Cathia=organization:cathia"])
        #expect(found("On Vél’s visit to Arvenia", topics: true) == ["Vél’s visit to Arvenia=event:visit"])
    }

    // MARK: Any text

    /// Whatever the text: every mention cut by its offsets gives its surface, one layer never overlaps, confidences are
    /// shares, and the same text gives the same mentions.
    @Test func holdsForAnyText() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomText(seed: seed)
        let words =
            [
                "Mara ", "Okoye", " Wang", "Tao ", "the ", "Secretary ", "of ", "State", "US", "Harrow ", "in ", "\n",
                "Miller’s ", "President ",
            ]
            + [
                "foreign ", "minister ", "Fishing rights ", "(", ")", "NTC", "Northern Trade Council ",
                "Brandenburgar ", "Arvenian ", ", ",
            ]
        for _ in 0..<400 {
            let article = ArticleText(random.text(upTo: 40, mixing: words))
            let mentions = KnownWorld.names.mentions(in: article)
            #expect(mentions == KnownWorld.names.mentions(in: article), "seed \(seed)")
            var ends: [Bool: (paragraph: Int, end: Int)] = [:]
            for mention in mentions {
                let span = mention.span
                let cut = article[number: span.paragraph]?.cut(span.start, span.end)
                #expect(cut.map { Array($0.utf8) } == Array(mention.surface.utf8), "seed \(seed)")
                #expect(!mention.surface.isEmpty && 0.0...1.0 ~= mention.confidence, "seed \(seed)")
                let isTopic = mention.entity.type == .issue || mention.entity.type == .event
                if let last = ends[isTopic], last.paragraph == span.paragraph {
                    #expect(span.start >= last.end, "seed \(seed)")
                }
                ends[isTopic] = (span.paragraph, span.end)
            }
        }
        #expect(KnownNames([]).mentions(in: ArticleText("Mara Okoye, the Secretary")).isEmpty)
    }
}
