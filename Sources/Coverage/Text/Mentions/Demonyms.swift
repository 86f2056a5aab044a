// SPDX-License-Identifier: Apache-2.0

/// Adjectives of countries: `Chinese`, `Arvenian`. They tell whose minister somebody is; alone they name nobody.
enum Demonyms {
    /// The folded adjectives that a country of a name may have. Where grammar leaves a choice they are all here, real
    /// or not: a wrong one harms nothing, since no text has it. Of a name in several words (`South Korea`) the last one
    /// is changed, and only it is given, unless the name is irregular.
    static func adjectives(of name: String) -> [String] {
        let words = NameWords(name).withoutArticle.words.map(\.folded)
        guard let last = words.last, last.utf8.allSatisfy({ 0x61...0x7A ~= $0 }), last.utf8.count >= 3 else {
            return []
        }
        if let irregular = irregular[words.joined(separator: " ")] { return irregular }
        // `Arabia` of Saudi Arabia gives Saudi; a republic gives nothing.
        guard words.count == 1 || ["north", "south", "east", "west", "new"].contains(words[0]) else { return [] }
        var stems = [last]
        for ending in ["a", "e", "y", "ia", "ea", "o", "os", "land", "s"] where last.hasSuffix(ending) {
            let stem = String(last.dropLast(ending.utf8.count))
            if stem.utf8.count >= 3 { stems.append(stem) }
        }
        return stems.flatMap { stem in suffixes.map { stem + $0 } }.filter { $0 != last }
    }

    private static let suffixes = ["n", "an", "ian", "ean", "ese", "i", "ish", "ic", "er", "nian", "vian"]

    private static let irregular: [String: [String]] = [
        "united states": ["american"], "united states of america": ["american"], "america": ["american"],
        "united kingdom": ["british"], "britain": ["british"], "great britain": ["british"],
        "france": ["french"], "germany": ["german"], "netherlands": ["dutch"], "greece": ["greek"],
        "spain": ["spanish"],
        "switzerland": ["swiss"], "thailand": ["thai"], "turkey": ["turkish"], "turkiye": ["turkish"],
        "philippines": ["philippine", "filipino"], "norway": ["norwegian"], "denmark": ["danish"], "wales": ["welsh"],
        "ireland": ["irish"], "iceland": ["icelandic"], "saudi arabia": ["saudi"], "united arab emirates": ["emirati"],
        "czech republic": ["czech"], "czechia": ["czech"], "slovakia": ["slovak"], "serbia": ["serbian", "serb"],
        "croatia": ["croatian", "croat"], "poland": ["polish"], "finland": ["finnish"], "sweden": ["swedish"],
        "peru": ["peruvian"], "argentina": ["argentine", "argentinian"], "afghanistan": ["afghan"],
        "kazakhstan": ["kazakh"], "uzbekistan": ["uzbek"], "tajikistan": ["tajik"], "kyrgyzstan": ["kyrgyz"],
        "turkmenistan": ["turkmen"], "cyprus": ["cypriot"], "new zealand": ["zealand"], "monaco": ["monegasque"],
        "european union": ["european"], "russian federation": ["russian"], "laos": ["lao", "laotian"],
        "congo": ["congolese"], "myanmar": ["burmese", "myanmar"], "malta": ["maltese"], "sri lanka": ["lankan"],
        "israel": ["israeli"], "holland": ["dutch"], "england": ["english"], "scotland": ["scottish"],
    ]
}
