// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct QuotationTests {
    /// Form, speaker and words of each quotation: `direct ada-morn: We go home`.
    private func read(_ text: String) -> [String] {
        let article = ArticleText(text)
        return QuotationReader.quotations(in: article, mentions: SpeechSetting.mentions(in: article)).map { quotation in
            let words = quotation.spans.map { span in
                String(article[number: span.paragraph]?.cut(span.start, span.end) ?? "")
            }
            let speaker = quotation.speaker?.id ?? quotation.speakerAs.map { "'\($0)'" } ?? "-"
            return "\(quotation.form.rawValue) \(speaker): \(words.joined(separator: " / "))"
        }
    }

    private func direct(_ text: String) -> [String] { read(text).filter { $0.hasPrefix("direct") } }

    @Test(arguments: [
        #""We have a plan for the bay," Morn said."#, "“We have a plan for the bay,” said Ada Morn on Friday.",
        "Morn said: “We have a plan for the bay,”", "On Friday Morn told reporters, \"We have a plan for the bay,\"",
        "“We have a plan for the bay,” Morn, the minister of Arvenia, told reporters.",
        "“We have a plan for the bay,” according to Ada Morn.", "‘We have a plan for the bay,’ Morn said.",
        "'We have a plan for the bay,' Morn said.", "«We have a plan for the bay,» Morn said.",
        "„We have a plan for the bay,“ Morn said.",
    ])
    func findsTheSpeaker(text: String) { #expect(direct(text) == ["direct ada-morn: We have a plan for the bay,"]) }

    @Test func takesNounsForTheUnnamed() {
        #expect(
            direct("“We have a plan for the bay,” a senior official said.")
                == ["direct 'a senior official': We have a plan for the bay,"])
        #expect(
            direct("“We have a plan for the bay,” Belmark said.") == ["direct belmark: We have a plan for the bay,"])
    }

    @Test func knowsWhoIsMeantByHeAndShe() {
        #expect(
            direct("Morn met Lind in Port Sel. “We have a plan for the bay,” she said.")
                == ["direct ada-morn: We have a plan for the bay,"])
        #expect(
            direct("“We have a plan,” Lind said. “It will take us some years,” he added.")
                == ["direct bo-lind: We have a plan,", "direct bo-lind: It will take us some years,"])
        // Told on without another word of who speaks.
        #expect(
            direct("“We have a plan,” Lind said. “It will take us some years.”")
                == ["direct bo-lind: We have a plan,", "direct bo-lind: It will take us some years."])
    }

    /// Where a mark is missing, the sentence or the paragraph is the border.
    @Test func endsWhereAMarkIsMissing() {
        #expect(
            direct("The talks went on. We have a plan for the bay,” Morn said.")
                == ["direct ada-morn: We have a plan for the bay,"])
        #expect(
            direct("Morn said: “We have a plan for the bay.\nNothing else came of it.")
                == ["direct ada-morn: We have a plan for the bay."])
    }

    @Test func goesOnOverParagraphs() {
        #expect(
            direct(
                "Morn said: “We have a plan for the bay.\n“It will take years.\n“It is worth it.”\nThe talks went on.")
                == ["direct ada-morn: We have a plan for the bay. / It will take years. / It is worth it."])
    }

    @Test func keepsNestedQuotationsInside() {
        #expect(
            direct("“He told me ‘never again’ and left the room,” Morn said.")
                == ["direct ada-morn: He told me ‘never again’ and left the room,"])
        #expect(
            direct("“He told me “never again” and left the room,” Morn said.")
                == ["direct ada-morn: He told me “never again” and left the room,"])
    }

    @Test(arguments: [
        "The officials' plan and the ministers' answer came late.", "It is Morn's plan, and Lind's too.",
        "In the '90s and the '00s nothing moved.", "The so-called “red line” was crossed.",
        "It follows a policy of “strategic patience” on the bay.", "A \"northern spy ship\" was seen off the coast.",
        "He read “The Long Road Home” on the way.", "A ship of 5'10\" was seen.", "The \"cold war\" mentality is back.",
    ])
    func tellsTermsAndApostrophesFromSpeech(text: String) { #expect(direct(text).isEmpty) }

    /// Short words are speech where they are ascribed and are no name for something.
    @Test(arguments: [
        ("An envoy cautioned that Belmark expects “no miracles” from the visit.", "direct 'An envoy': no miracles"),
        ("One diplomat, who would not be named, foresees “no miracles”.", "direct 'One diplomat': no miracles"),
        ("Morn spoke of a “short, sharp and useful” hour.", "direct ada-morn: short, sharp and useful"),
        ("Morn countered that Lind had seen five, “two of them ours”.", "direct ada-morn: two of them ours"),
        ("Morn was blunt about it: “We go home.”", "direct ada-morn: We go home."),
        // Of another clause, and of somebody who works for somebody.
        (
            "Morn called the hour “short, sharp and useful”, while Lind said it was long.",
            "direct ada-morn: short, sharp and useful"
        ),
        (
            "An aide to Morn warned that it would be “a courtesy, not a talk”.",
            "direct 'An aide to Morn': a courtesy, not a talk"
        ),
    ])
    func tellsShortSpeechFromTerms(text: String, expected: String) { #expect(direct(text) == [expected]) }

    @Test(arguments: [
        ("Morn said that the bay belongs to both.", "indirect ada-morn: the bay belongs to both"),
        ("Morn told reporters that the bay belongs to both.", "indirect ada-morn: the bay belongs to both"),
        ("According to Lind, the bay belongs to both.", "indirect bo-lind: the bay belongs to both"),
        ("The bay belongs to both, according to Bo Lind.", "indirect bo-lind: The bay belongs to both"),
        ("The bay belongs to both, Lind said on Friday.", "indirect bo-lind: The bay belongs to both"),
        ("Lind stressed the need for patience.", "indirect bo-lind: the need for patience"),
        ("Senior officials said the bay belongs to both.", "indirect 'Senior officials': the bay belongs to both"),
        (
            "Arvenian officials played it down, stating that the visit is short.",
            "indirect 'Arvenian officials': the visit is short"
        ),
        (
            "Cy Dahl, the ministry's man for the north, emphasized that the bay is shared.",
            "indirect cy-dahl: the bay is shared"
        ),
    ])
    func findsWhatIsTold(text: String, expected: String) { #expect(read(text) == [expected]) }

    @Test(arguments: [
        "These incidents have highlighted the need for patience.", "The visit will stress ties of old.",
        "The report is due on Friday.", "Their promise of help came late.",
    ])
    func takesNoThingForASpeaker(text: String) { #expect(read(text).isEmpty) }

    @Test func countsScalars() throws {
        let text = ArticleText("\u{1F469}\u{200D}\u{1F680}e\u{301} “We have a plan for it,” Morn said.")
        let found = QuotationReader.quotations(in: text, mentions: SpeechSetting.mentions(in: text))
        #expect(found.map(\.spans) == [[TextSpan(paragraph: 1, start: 7, end: 29)]])
        #expect(found.map(\.isMarked) == [true])
    }

    @Test func standsAnyText() throws {
        let parts =
            [
                "Morn", "Lind", "Belmark", "said", "told", "reporters", "that", "the", "officials", "he", "according",
                "to", "added",
                "We", "go", "stressed", "need", "saying", "was", "quoted", "as",
            ] + RandomParts.oddities
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomParts(seed: seed)
        for _ in 0..<150 {
            let text = ArticleText(random.text(of: parts, count: 60))
            let mentions = SpeechSetting.mentions(in: text)
            let found = QuotationReader.quotations(in: text, mentions: mentions)
            #expect(QuotationReader.quotations(in: text, mentions: mentions.reversed()) == found, "seed \(seed)")
            for span in found.flatMap(\.spans) {
                let length = text[number: span.paragraph]?.raw.unicodeScalars.count ?? 0
                #expect(0 <= span.start && span.start < span.end && span.end <= length, "seed \(seed)")
            }
            #expect(found.allSatisfy { (0...1).contains($0.confidence) }, "seed \(seed)")
        }
    }
}
