// SPDX-License-Identifier: Apache-2.0

/// Everything that events point at: articles, countries, organizations, places, people, issues.
struct World {
    struct Article {
        let id: String
        /// The day of publication, counted in months of 28 days.
        let published: Int
    }

    let articles: [Article]
    let organizations: [String]
    let places: [String]
    /// The officials first.
    let people: [String]
    let issues: [String]
    let files: [String: [String]]

    static let paragraphs = 20
    private static let syllables = [
        "ba", "cor", "del", "fa", "gri", "hal", "jo", "kar", "lin", "mo", "nar", "os", "pel", "qua", "ri", "sol", "tam",
        "ul",
        "ven", "wex", "yor", "zan",
    ]

    init(officials: Int, issues issueCount: Int, places placeCount: Int, articles articleCount: Int) {
        var numbers = SeededNumbers(seed: 1)
        var files: [String: [String]] = [:]
        func name(_ numbers: inout SeededNumbers, _ count: Int) -> String {
            let word = (0..<count).map { _ in numbers.pick(Self.syllables) }.joined()
            return word.prefix(1).uppercased() + word.dropFirst()
        }
        let articles = (0..<articleCount).map { index in
            Article(
                id: "article-\(Text.padded(index, 4))",
                published: 12 * 28 * 2 + index * 12 * 28 * 18 / max(articleCount, 1))
        }
        func cite(_ numbers: inout SeededNumbers) -> String {
            let article = articles[numbers.number(below: articles.count)]
            return
                "[{\"article\":{\"id\":\"\(article.id)\"},\"paragraph\":\(numbers.number(below: Self.paragraphs) + 1),\"anchors\":[\"word\"]}]"
        }
        files["articles"] = articles.enumerated().map { index, article in
            let digests = (0..<Self.paragraphs).map { _ in "\"\(numbers.hexadecimal(64))\"" }.joined(separator: ",")
            return """
                {"id":"\(article.id)","source":"\(article.id).txt","headline":"Report \(index) from \(name(&numbers, 3))",\
                "publisher":"The \(numbers.pick(["Courier", "Herald", "Review", "Observer", "Post", "Gazette"]))",\
                "credit":\(index % 4 == 0 ? "\"Wire Nine\"" : "null"),\
                "published":{"edtf":"\(Day(article.published).text)","basis":"stated","note":null},"lineage":null,\
                "words":900,"sha256":"\(numbers.hexadecimal(64))","digests":[\(digests)]}
                """
        }
        // A fifth of the places are countries, and so are as many organizations, of the same ids.
        let countryCount = max(placeCount / 5, 1)
        let countries = (0..<countryCount).map { (id: "country-\(Text.padded($0, 3))", name: name(&numbers, 3)) }
        var organizations = countries.map(\.id)
        files["organizations"] = countries.map {
            Self.organization($0.id, $0.name, "country", country: nil, memberOf: [], cite(&numbers))
        }
        for index in 0..<countryCount * 8 {
            let id = "organization-\(Text.padded(index, 4))"
            let kind = index % 10 == 0 ? "alliance" : numbers.pick(["ministry", "agency", "military", "company"])
            let country = kind == "alliance" ? nil : numbers.pick(countries).id
            organizations.append(id)
            files["organizations", default: []].append(
                Self.organization(
                    id, "\(name(&numbers, 3)) \(kind)", kind, country: country,
                    memberOf: index > 0 && index % 7 == 0 ? ["organization-0000"] : [], cite(&numbers)))
        }
        var places: [String] = []
        for index in 0..<placeCount {
            let isCountry = index < countryCount
            let id = isCountry ? countries[index].id : "place-\(Text.padded(index, 4))"
            let within =
                isCountry ? nil : places[index < countryCount * 3 ? index % countryCount : numbers.number(below: index)]
            let kind = isCountry ? "country" : index < countryCount * 3 ? "city" : "building"
            places.append(id)
            files["places", default: []].append(
                """
                {"id":"\(id)","name":"\(isCountry ? countries[index].name : name(&numbers, 3))","kind":"\(kind)","aliases":[],\
                "within":\(Text.reference(within)),"latitude":\(index % 90),"longitude":\(index % 180),"evidence":\(cite(&numbers))}
                """)
        }
        var people: [String] = []
        for index in 0..<officials + officials / 5 {
            let id = "person-\(Text.padded(index, 5))"
            let category = index < officials ? "official" : index % 4 == 0 ? "detained" : "private"
            let offices =
                index < officials
                ? "[{\"title\":\"\(numbers.pick(["Minister", "Envoy", "Spokesman", "General"]))\",\"organization\":\(Text.reference(numbers.pick(organizations))),\"evidence\":\(cite(&numbers))}]"
                : "[]"
            people.append(id)
            files["people", default: []].append(
                """
                {"id":"\(id)","name":"\(name(&numbers, 2)) \(name(&numbers, 3))","category":"\(category)","aliases":[],\
                "country":\(index % 20 == 7 ? "null" : Text.reference(countries[index % countryCount].id)),\
                "offices":\(offices),"evidence":\(cite(&numbers))}
                """)
        }
        var issues: [String] = []
        for index in 0..<issueCount {
            let id = "issue-\(Text.padded(index, 4))"
            let broader = index < max(issueCount / 30, 1) ? nil : issues[numbers.skewed(below: index)]
            issues.append(id)
            files["issues", default: []].append(
                """
                {"id":"\(id)","name":"\(name(&numbers, 3)) question","aliases":[],"summary":"About \(name(&numbers, 2)).",\
                "broader":\(Text.reference(broader)),"positions":[{"party":{"id":"\(countries[index % countryCount].id)"},\
                "gist":"It wants \(name(&numbers, 2)).","evidence":\(cite(&numbers))}],"evidence":\(cite(&numbers))}
                """)
        }
        (self.articles, self.organizations, self.places, self.people, self.issues) =
            (articles, organizations, places, people, issues)
        self.files = files
    }

    private static func organization(
        _ id: String, _ name: String, _ kind: String, country: String?, memberOf: [String], _ evidence: String
    ) -> String {
        """
        {"id":"\(id)","name":"\(name)","kind":"\(kind)","aliases":[],"country":\(Text.reference(country)),\
        "memberOf":\(Text.references(memberOf)),"evidence":\(evidence)}
        """
    }
}

/// A day in a calendar of twelve months of 28 days, from 2000-01-01: every one is a day of the real one too.
struct Day {
    let number: Int

    init(_ number: Int) {
        self.number = number
    }

    var month: String { "\(2000 + number / 336)-\(Text.padded(number / 28 % 12 + 1, 2))" }
    var text: String { "\(month)-\(Text.padded(number % 28 + 1, 2))" }
}
