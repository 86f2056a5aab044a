// SPDX-License-Identifier: Apache-2.0

/// English words of saying, in lower case.
enum SpeechLexicon {
    /// What comes with quoted words, or with a clause ('said that').
    static let saying: Set<String> = forms(
        "say says said saying", "state states stated stating", "tell tells told telling", "add adds added adding",
        "note notes noted noting", "remark remarks remarked remarking", "comment commented", "reply replies replied",
        "respond responds responded responding", "answer answered", "ask asks asked asking",
        "insist insists insisted insisting",
        "argue argues argued arguing", "claim claims claimed claiming", "assert asserts asserted asserting",
        "declare declares declared declaring", "announce announces announced announcing",
        "explain explains explained explaining",
        "warn warns warned warning", "caution cautioned cautioning", "stress stresses stressed stressing",
        "emphasize emphasizes emphasized emphasizing", "emphasise emphasises emphasised emphasising",
        "underline underlines underlined underlining", "underscore underscores underscored underscoring",
        "reiterate reiterates reiterated reiterating", "repeat repeated repeating", "affirm affirms affirmed affirming",
        "reaffirm reaffirmed reaffirming", "confirm confirms confirmed confirming", "clarify clarified clarifying",
        "acknowledge acknowledges acknowledged acknowledging", "admit admits admitted admitting",
        "concede conceded conceding",
        "deny denies denied denying", "suggest suggests suggested suggesting", "maintain maintains maintained",
        "contend contends contended contending", "pledge pledged pledging", "promise promised promising",
        "vow vowed vowing",
        "write writes wrote", "tweet tweeted", "post posted", "recall recalled recalling", "conclude concluded",
        "observe observed", "continue continued", "predict predicted", "quote quoted", "describe described",
        "urge urges urged urging", "mention mentioned", "report reported", "testify testified", "joke joked",
        "quip quipped", "boast boasted", "complain complained complaining", "accuse accuses accused accusing",
        "demand demanded demanding", "propose proposed proposing", "echo echoed", "convey conveyed conveying",
        "indicate indicated indicating", "signal signaled signalled", "express expresses expressed expressing",
        "counter counters countered countering", "retort retorted retorting")

    /// Of these a thing can be the object: 'stressed the need'. A clause with 'that' may follow too.
    static let sayingOf: Set<String> = forms(
        "stress stresses stressed stressing", "emphasize emphasizes emphasized emphasizing",
        "emphasise emphasised emphasising", "underline underlined underlining",
        "underscore underscores underscored underscoring",
        "reiterate reiterates reiterated reiterating", "highlight highlights highlighted highlighting",
        "express expresses expressed expressing", "outline outlines outlined outlining",
        "convey conveys conveyed conveying",
        "confirm confirms confirmed", "reaffirm reaffirmed reaffirming", "affirm affirmed affirming",
        "announce announced announcing",
        "acknowledge acknowledged acknowledging", "deny denied denying", "urge urged urging",
        "condemn condemned condemning",
        "welcome welcomed welcoming", "criticize criticized criticizing", "criticise criticised", "praise praised",
        "accuse accuses accused accusing", "demand demanded demanding", "propose proposed proposing",
        "pledge pledged pledging",
        "promise promised", "warn warned warning", "downplay downplayed downplaying", "describe described describing",
        "characterize characterized characterizing", "reject rejected rejecting", "advocate advocated",
        "explain explained",
        "mention mentioned", "raise raised", "voice voiced voicing", "dismiss dismissed dismissing",
        "call called calling")

    /// What comes before quoted words, a clause or not: 'spoke of "…"', 'called it "…"', 'foresees "…"'.
    static let introducing = saying.union(sayingOf).union(
        forms(
            "call calls called calling", "speak speaks spoke speaking", "foresee foresees foresaw foreseeing",
            "cite cites cited citing", "hail hails hailed hailing", "label labelled labeled labelling labeling",
            "term termed", "brand branded branding", "put puts"))

    /// With which words begin that are a phrase of their own, and no name for something.
    static let phraseOpeners: Set<String> = VerbLexicon.determiners.union([
        "not", "never", "nothing", "nobody", "very", "too", "more", "less", "only", "just", "i", "we", "you", "he",
        "she",
        "it", "they", "there", "if", "when", "while", "one",
    ])

    /// Of these alone a clause without 'that' is taken for what was said.
    static let plainlySaying: Set<String> = forms(
        "say says said", "claim claims claimed", "insist insisted", "argue argued")

    /// Between a subject and its verb.
    static let betweenSubjectAndVerb: Set<String> = [
        "has", "have", "had", "also", "later", "then", "further", "repeatedly", "once", "again", "reportedly", "was",
        "were", "is",
        "are", "been", "consistently", "publicly", "privately", "recently", "reluctantly", "earlier", "previously",
        "himself",
        "herself", "both", "all", "just", "only", "now", "even", "never", "not", "often", "first", "quickly", "openly",
        "strongly",
        "firmly", "to", "did", "do", "does", "would", "will", "could", "frequently", "be", "merely", "explicitly",
        "simply",
    ]

    /// Nouns for those who speak and are not named.
    static let speakers: Set<String> = forms(
        "official officials", "spokesman spokeswoman spokesperson spokespeople", "diplomat diplomats",
        "minister ministers",
        "ministry ministries", "secretary president chancellor premier ambassador envoy",
        "analyst analysts observers observer",
        "expert experts", "source sources", "adviser advisor advisers advisors aide aides",
        "statement readout communique",
        "leader leaders", "government governments", "administration", "embassy", "department",
        "officer officers general",
        "commander lawmaker lawmakers senator senators", "critics critic", "people person witness witnesses",
        "reporter reporters",
        "professor scholar scholars researcher", "chief head director chairman chairwoman",
        "sides side countries nations",
        "negotiator negotiators", "delegation", "resident residents", "activist activists", "coordinator",
        "counterpart",
        "report", "document", "letter", "agency", "neighbors neighbours", "candidate",
        "mayor governor king queen prince",
        "allies", "media", "newspaper", "company", "executive executives", "man woman")

    /// Those that may stand for one person named before: 'the minister said'.
    static let pronouns: Set<String> = ["he", "she"]

    /// What parts one clause from the next.
    static let clauseOpeners: Set<String> = [
        "that", "and", "but", "while", "whereas", "as", "when", "after", "before", "because", "although", "though",
        "who", "which",
        "if", "where", "since", "so", "or", "despite", "amid", "during", "following", "however", "meanwhile", "instead",
        "similarly",
        "additionally",
    ]

    static let prepositions: Set<String> = [
        "of", "in", "to", "with", "for", "from", "by", "against", "between", "on", "at", "over", "into", "about",
        "near", "than",
        "under", "among", "within", "toward", "towards", "behind", "across",
    ]

    private static func forms(_ lists: String...) -> Set<String> {
        Set(lists.flatMap { $0.split(separator: " ").map(String.init) })
    }
}
