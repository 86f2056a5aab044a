// SPDX-License-Identifier: Apache-2.0

/// Which way from the day of writing a sentence looks.
enum Direction: Sendable {
    case past, coming
}

/// Reads off verbs and their helpers whether a sentence tells, at some place, of what was or of what is to come.
///
/// Not a parser: the cue nearest before the place decides, and when there is none, the first one after it. That is
/// how news is written ('X will meet Y on Monday, officials said'; 'On Monday, X is set to …').
struct Tense {
    /// How many words away a cue may stand.
    private static let reach = 40

    let words: [LexicalWord]

    /// - Parameter place: where the words in question stand.
    func direction(at place: Range<Int>) -> Direction? {
        if let direction = putOff(near: place) { return direction }
        var index = place.lowerBound - 1
        while index >= max(0, place.lowerBound - Self.reach) {
            // A semicolon or a colon begins a clause of its own.
            if let direction = cue(at: index) { return direction }
            if words[index].separator.contains(where: { $0 == ";" || $0 == ":" }) { break }
            index -= 1
        }
        index = place.upperBound
        while index < min(words.count, place.upperBound + Self.reach) {
            if let direction = cue(at: index) { return direction }
            index += 1
        }
        return nil
    }

    /// What 'was scheduled for February but postponed' lies behind, though it had been to come.
    private func putOff(near place: Range<Int>) -> Direction? {
        let near = words[max(0, place.lowerBound - 8)..<place.lowerBound]
        let wasDue = near.contains { ["originally", "initially", "previously"].contains($0.lower) }
        return wasDue ? .past : nil
    }

    /// What a word tells by itself or with those right before it; nil for a word that tells nothing.
    private func cue(at index: Int) -> Direction? {
        let word = words[index].lower
        if VerbLexicon.coming.contains(word) { return wasBefore(index) ? .past : .coming }
        if word == "to", isInfinitive(index) {
            return index > 0 && VerbLexicon.governorsOfComing.contains(words[index - 1].lower)
                ? wasBefore(index - 1) ? .past : .coming : nil
        }
        if VerbLexicon.appointing.contains(word), ["for", "on", "in"].contains(next(index)) {
            return wasBefore(index) ? .past : .coming
        }
        if isPresentProgressive(index) || isScheduledPresent(index) { return .coming }
        let isPast = VerbLexicon.past.contains(word) || VerbLexicon.isPastForm(words[index])
        return isPast && !isAfterComingHelper(index) && !isPerfect(index) ? .past : nil
    }

    private func next(_ index: Int) -> String { index + 1 < words.count ? words[index + 1].lower : "" }

    /// 'was to', 'had planned to'.
    private func wasBefore(_ index: Int) -> Bool {
        words[max(0, index - 3)..<index].contains { ["was", "were", "had"].contains($0.lower) }
    }

    /// 'to meet', and not 'to China', 'to the'.
    private func isInfinitive(_ index: Int) -> Bool {
        guard index + 1 < words.count else { return false }
        return !words[index + 1].isCapitalized && !VerbLexicon.determiners.contains(words[index + 1].lower)
    }

    /// 'is travelling on Sunday'.
    private func isPresentProgressive(_ index: Int) -> Bool {
        guard words[index].lower.hasSuffix("ing"), index > 0 else { return false }
        return VerbLexicon.travelling.contains(words[index].lower)
            && ["is", "are", "be", "'s", "s"].contains(words[index - 1].lower)
    }

    /// 'On Monday she sits down with …': the present tense beside a date tells of what is planned.
    private func isScheduledPresent(_ index: Int) -> Bool {
        let word = words[index].lower
        guard index > 0, word.hasSuffix("s"), word.utf8.count > 3, !words[index].isCapitalized else { return false }
        return ["he", "she", "it", "who"].contains(words[index - 1].lower) && !SpeechLexicon.saying.contains(word)
            && !["does", "this", "also", "always", "was"].contains(word)
    }

    /// 'has kept Tuesday free': English has no perfect of a day that is over.
    private func isPerfect(_ index: Int) -> Bool {
        words[max(0, index - 2)..<index].contains { ["has", "have"].contains($0.lower) }
    }

    /// 'is expected', 'will be held': participles that are still to come.
    private func isAfterComingHelper(_ index: Int) -> Bool {
        let before = words[max(0, index - 3)..<index].map(\.lower)
        return before.contains("will") || before.contains("be")
            || VerbLexicon.governorsOfComing.contains(words[index].lower)
    }
}

/// English verbs by what they tell of time, lower case.
enum VerbLexicon {
    static let coming: Set<String> = [
        "will", "shall", "upcoming", "forthcoming", "next", "tomorrow", "ahead", "ll", "begins", "starts",
        "arrives", "departs", "opens",
    ]

    /// What comes before 'to' or 'for' when something is still to happen.
    static let governorsOfComing: Set<String> = [
        "set", "due", "scheduled", "expected", "slated", "likely", "plan", "plans", "planned", "planning", "intend",
        "intends", "hopes", "hope", "going", "invited", "invitation", "ready", "prepares", "preparing", "prepared",
        "agreed", "agrees", "vowed", "wants", "about", "is", "are", "poised", "booked", "hoping", "aims", "expects",
    ]

    /// What a date comes behind right away: 'scheduled for June'.
    static let appointing: Set<String> = ["set", "due", "scheduled", "expected", "slated", "planned", "booked"]

    static let past: Set<String> = [
        "was", "were", "had", "did", "said", "told", "met", "held", "spoke", "went", "came", "left", "began", "took",
        "gave", "flew", "saw", "made", "became", "sought", "brought", "found", "fell", "rose", "grew", "wrote", "sent",
        "led", "won", "lost", "struck", "shot", "drew", "hosted", "ago", "earlier", "previously", "kept", "paid",
        "sat", "stood", "spent", "put", "broke", "chose", "built", "knew", "laid", "called",
    ]

    static let travelling: Set<String> = [
        "travelling", "traveling", "visiting", "meeting", "leaving", "arriving", "flying", "hosting", "heading",
        "going", "coming", "holding", "departing",
    ]

    static let determiners: Set<String> = [
        "the", "a", "an", "his", "her", "its", "their", "this", "that", "these", "those", "our", "my", "your", "both",
        "all", "some", "any", "no", "each", "other",
    ]

    /// Words in -ed that are no past of a verb.
    private static let deceptive: Set<String> = [
        "need", "indeed", "speed", "hundred", "united", "red", "exceed", "proceed", "succeed", "feed", "seed", "bed",
        "agreed-upon", "breed", "deed", "freed", "greed", "led", "shed", "sacred", "so-called",
    ]

    /// By its ending: 'outlined', 'visited'.
    static func isPastForm(_ word: LexicalWord) -> Bool {
        !word.isCapitalized && word.lower.hasSuffix("ed") && word.lower.utf8.count > 4
            && !deceptive.contains(word.lower)
    }
}
