// SPDX-License-Identifier: Apache-2.0

/// Words that tell of an event, folded.
struct EventTrigger: Equatable {
    let kind: EventKind
    /// Whether it is a verb whose subject and object take part ('met').
    let isVerb: Bool
    /// What to call an event that has no better name than its kind: `Banquet`.
    var label: String?

    /// - Parameter word: the word at a distance from the one in question, empty beyond the sentence.
    static func at(_ word: (Int) -> String) -> EventTrigger? {
        let (before, after) = (word(-1), word(1))
        let word = (here: word(0), behind: [after, word(2), word(3)])
        if ["sit", "sits", "sat", "sitting"].contains(word.here), after == "down" {
            return EventTrigger(kind: .meeting, isVerb: true)
        }
        if ["speak", "speaks", "spoke", "talked"].contains(word.here), word.behind.contains("by"),
            !phones.isDisjoint(with: word.behind)
        {
            return EventTrigger(kind: .call, isVerb: true)
        }
        return of(word.here, before: before, after: after)
    }

    private static let phones: Set<String> = ["phone", "telephone", "video"]

    private static func of(_ word: String, before: String, after: String) -> EventTrigger? {
        if phones.contains(before), ["call", "conversation", "talk", "talks"].contains(word) {
            return EventTrigger(kind: .call, isVerb: false)
        }
        if ["press", "news"].contains(before), ["conference", "briefing"].contains(word) {
            return EventTrigger(kind: .announcement, isVerb: false)
        }
        if let label = occasions[word] { return EventTrigger(kind: .activity, isVerb: false, label: label) }
        if let kind = nouns[word] {
            return EventTrigger(kind: kind, isVerb: false)
        }
        if let kind = verbs[word] { return EventTrigger(kind: kind, isVerb: true) }
        return nil
    }

    /// Whether a word puts off, or calls off, what it is said of.
    static func puttingOff(_ word: String, after: String) -> EventStatus? {
        switch word {
        case "postponed", "delayed", "postpone", "delay", "postponing", "delaying", "deferred", "postpones": .postponed
        case "put" where after == "off": .postponed
        case "cancelled", "canceled", "cancel", "cancelling", "scrapped", "aborted": .cancelled
        case "called" where after == "off": .cancelled
        default: nil
        }
    }

    private static let nouns: [String: EventKind] = [
        "visit": .visit, "trip": .visit, "tour": .visit, "journey": .visit, "meeting": .meeting, "talks": .meeting,
        "discussion": .meeting, "discussions": .meeting, "meetings": .meeting, "summit": .summit,
        "gathering": .summit, "briefing": .announcement, "arrival": .visit,
    ]

    private static let occasions: [String: String] = [
        "banquet": "Banquet", "dinner": "Dinner", "lunch": "Lunch", "luncheon": "Lunch", "stop": "Stop",
        "stopover": "Stop", "roundtable": "Round table",
    ]

    private static let verbs: [String: EventKind] = [
        "meet": .meeting, "meets": .meeting, "met": .meeting, "received": .meeting, "receives": .meeting,
        "welcomed": .meeting, "hosted": .meeting,
        "visited": .visit, "visiting": .visit, "visits": .visit, "travelled": .visit, "traveled": .visit,
        "travels": .visit, "travel": .visit, "travelling": .visit, "traveling": .visit, "flew": .visit, "flies": .visit,
        "arrived": .visit, "arrives": .visit, "arrive": .visit, "landed": .visit, "lands": .visit,
        "phoned": .call, "telephoned": .call,
    ]
}

/// Reads how sure a sentence is of an event, around the word that tells of it.
struct EventModality {
    let words: [LexicalWord]
    /// Where all the words of events stand.
    let triggers: [Int]

    /// - Parameter index: of the trigger.
    func status(at index: Int, kind: EventKind) -> EventStatus? {
        let near = words[max(0, index - 12)..<min(words.count, index + 8)].map(\.lower)
        // What is hoped for is what stands before the next such word: 'the hope for a meeting, building on their talks'.
        let others = triggers.last { $0 < index } ?? -1
        let before = words[max(0, index - 12, others + 1)..<index].map(\.lower)
        if kind == .visit, let off = puttingOff(near: index) { return off }
        if !Self.possible.isDisjoint(with: before) { return .possible }
        if !Self.expected.isDisjoint(with: before) { return .expected }
        if !Self.scheduled.isDisjoint(with: before) || words[index].lower == "upcoming" { return .scheduled }
        if near.contains("scheduled") || near.contains("upcoming") || near.contains("planned") { return .scheduled }
        if kind == .visit, near.contains("embarked") || near.contains("engaged") || near.contains("currently") {
            return .ongoing
        }
        let isPast = VerbLexicon.past.contains(words[index].lower) || VerbLexicon.isPastForm(words[index])
        if isPast { return .occurred }
        switch Tense(words: words).direction(at: index..<index + 1) {
        case .coming?: return .scheduled
        case .past?: return kind == .visit ? nil : .occurred
        case nil: return nil
        }
    }

    /// The status by the nearest word of putting off within reach.
    func puttingOff(near index: Int) -> EventStatus? {
        placeOfPuttingOff(near: index).flatMap { status(ofPuttingOff: $0) }
    }

    private func status(ofPuttingOff place: Int) -> EventStatus? {
        EventTrigger.puttingOff(words[place].lower, after: place + 1 < words.count ? words[place + 1].lower : "")
    }

    /// Where that word stands. Of two events it puts off the nearer one.
    func placeOfPuttingOff(near index: Int) -> Int? {
        for distance in 1...12 {
            for place in [index - distance, index + distance] where words.indices.contains(place) {
                guard status(ofPuttingOff: place) != nil else { continue }
                if !triggers.contains(where: { abs($0 - place) < distance }) { return place }
            }
        }
        return nil
    }

    private static let possible: Set<String> = [
        "may", "might", "could", "possibility", "possible", "whether", "unclear", "if", "hopes", "hoping", "hope",
        "desire", "wish",
        "opportunity",
    ]
    private static let expected: Set<String> = ["expected", "likely", "expects", "anticipated", "expecting"]
    private static let scheduled: Set<String> = [
        "will", "set", "scheduled", "due", "plans", "slated", "upcoming", "confirmed",
    ]
}
