// SPDX-License-Identifier: Apache-2.0

/// Tells the events one after the other.
struct Story {
    /// An event that others can be parts of.
    private struct Whole {
        let id: String
        let days: ClosedRange<Int>
    }

    private let world: World
    private var wholes: [Whole] = []

    init(_ world: World) {
        self.world = world
    }

    private static let kinds = [
        "meeting", "meeting", "meeting", "meeting", "call", "call", "visit", "visit", "announcement", "activity",
        "activity",
        "agreement", "policy", "incident", "engagement", "summit", "postponement",
    ]
    private static let subjects = [
        "trade", "patrols", "debt", "climate", "borders", "research", "visas", "shipping", "grain",
    ]

    /// The records of these events, and what hangs on them, by type.
    mutating func tell(_ range: Range<Int>, _ numbers: inout SeededNumbers) -> [String: [String]] {
        var records: [String: [String]] = [:]
        for index in range {
            let id = "event-\(numbers.pick(Self.subjects))-\(Text.padded(index, 6))"
            let issues = distinct(numbers.number(below: 3) + 1, of: world.issues, &numbers)
            let article = world.articles[numbers.skewed(below: world.articles.count)]
            records["events", default: []].append(event(id, index, issues, article, &numbers))
            if index % 5 == 0 {
                records["statements", default: []].append(statement(id, index, issues, article, &numbers))
            }
            if index % 50 == 0 {
                records["discrepancies", default: []].append(discrepancy(id, index, article, &numbers))
            }
        }
        return records
    }

    private mutating func event(
        _ id: String, _ index: Int, _ issues: [String], _ article: World.Article, _ numbers: inout SeededNumbers
    ) -> String {
        let kind = numbers.pick(Self.kinds)
        var start = numbers.number(below: 336 * 20)
        var length = kind == "visit" || kind == "summit" ? numbers.number(below: 6) : 0
        var edtf: String?
        var partOf: String?
        if numbers.happens(inHundred: 25), !wholes.isEmpty {
            let whole = wholes[numbers.skewed(below: wholes.count)]
            start = whole.days.lowerBound + numbers.number(below: whole.days.count)
            length = 0
            edtf = Day(start).text
            partOf = whole.id
        } else {
            edtf = date(start, length, kind, &numbers)
            if kind == "visit" || kind == "summit" { edtf = interval(start, length) }
        }
        if partOf == nil, kind == "visit" || kind == "summit" {
            wholes.append(Whole(id: id, days: start...(start + length)))
        }
        let status: String? =
            kind == "policy" ? "ongoing" : partOf != nil || numbers.happens(inHundred: 90) ? "occurred" : nil
        let plan = numbers.pick(["scheduled", "expected", "possible", "postponed", "cancelled"])
        let isWhole = partOf == nil && (kind == "visit" || kind == "summit")
        let stage = status ?? (isWhole ? "occurred" : numbers.happens(inHundred: 80) ? plan : nil)
        let people = distinct(numbers.number(below: 4), of: world.people, &numbers)
        let participants = people.map { "{\"person\":{\"id\":\"\($0)\"},\"role\":\"participant\"}" }.joined(
            separator: ",")
        let organizations = distinct(numbers.number(below: 3), of: world.organizations, &numbers)
        let place = numbers.happens(inHundred: 80) ? world.places[numbers.skewed(below: world.places.count)] : nil
        var citations = [cite(article, stage, &numbers)]
        for other in distinct(numbers.number(below: 2), of: world.articles.map(\.id), &numbers)
        where other != article.id {
            citations.append(cite(World.Article(id: other, published: 0), stage, &numbers))
        }
        let dateObject = edtf.map { "{\"edtf\":\"\($0)\",\"basis\":\"stated\",\"note\":null}" } ?? "null"
        let subject = numbers.pick(Self.subjects)
        return """
            {"id":"\(id)","title":"\(kind.prefix(1).uppercased() + kind.dropFirst()) on \(subject) \(index % 7919)",\
            "summary":"They speak of \(subject) and of \(numbers.pick(Self.subjects)).","kind":"\(kind)",\
            "status":\(Text.quoted(stage)),"date":\(dateObject),"place":\(Text.reference(place)),\
            "partOf":\(Text.reference(partOf)),"participants":[\(participants)],\
            "organizations":\(Text.references(organizations)),"issues":\(Text.references(issues)),\
            "evidence":[\(citations.joined(separator: ","))]}
            """
    }

    private func date(_ start: Int, _ length: Int, _ kind: String, _ numbers: inout SeededNumbers) -> String? {
        if kind == "policy" { return "\(Day(start).month)/.." }
        switch numbers.number(below: 100) {
        case 0..<4: return nil
        case 4..<14: return Day(start).month
        case 14..<16: return "\(Day(start).text)/"
        case 16..<18: return "/\(Day(start).text)"
        case 18..<22: return "\(Day(start).text)~"
        case 22..<32: return interval(start, numbers.number(below: 60) + 1)
        case 32..<33: return interval(start, numbers.number(below: 3000) + 1)
        default: return Day(start).text
        }
    }

    private func interval(_ start: Int, _ length: Int) -> String {
        length == 0 ? Day(start).text : "\(Day(start).text)/\(Day(start + length).text)"
    }

    private func statement(
        _ event: String, _ index: Int, _ issues: [String], _ article: World.Article, _ numbers: inout SeededNumbers
    ) -> String {
        let isNamed = numbers.happens(inHundred: 80)
        let speaker = isNamed ? world.people[numbers.skewed(below: world.people.count)] : nil
        return """
            {"id":"statement-\(Text.padded(index, 6))","gist":"Nothing is settled about \(numbers.pick(Self.subjects)) \(index % 977)",\
            "speaker":\(Text.reference(speaker)),"speakerAs":\(isNamed ? "null" : "\"an aide\""),\
            "form":"\(numbers.pick(["direct", "indirect"]))","event":\(Text.reference(event)),\
            "issues":\(Text.references(issues)),"date":{"edtf":"\(Day(numbers.number(below: 336 * 20)).text)","basis":"stated","note":null},\
            "variants":[],"evidence":[\(cite(article, nil, &numbers))]}
            """
    }

    private func discrepancy(
        _ event: String, _ index: Int, _ article: World.Article, _ numbers: inout SeededNumbers
    ) -> String {
        let accounts = (1...2).map {
            "{\"claim\":\"There were \($0).\",\"evidence\":[\(cite(article, nil, &numbers))]}"
        }
        return """
            {"id":"discrepancy-\(Text.padded(index, 6))","aspect":"How many \(numbers.pick(Self.subjects)) \(index)",\
            "subject":{"type":"event","id":"\(event)"},"kind":"\(numbers.pick(["number", "scope", "wording"]))",\
            "accounts":[\(accounts.joined(separator: ","))]}
            """
    }

    private func cite(_ article: World.Article, _ stage: String?, _ numbers: inout SeededNumbers) -> String {
        """
        {"article":{"id":"\(article.id)"},"paragraph":\(numbers.number(below: World.paragraphs) + 1),"anchors":["word"]\
        \(stage.map { ",\"status\":\"\($0)\"" } ?? "")}
        """
    }

    private func distinct(_ count: Int, of ids: [String], _ numbers: inout SeededNumbers) -> [String] {
        var chosen: [String] = []
        for _ in 0..<count {
            let id = ids[numbers.skewed(below: ids.count)]
            if !chosen.contains(id) { chosen.append(id) }
        }
        return chosen
    }
}
