// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct LineageTests {
    private let original = """
        Ada Morn will meet Bo Lind in Port Sel on Friday to settle who may fish in the northern bay.
        Arvenia sent 40 patrol boats to the bay in March, after a trawler of Belmark was rammed.
        The harbour of Port Sel has been closed to Arvenian crews since the autumn of 2029.
        Lind offered a joint commission of 12 experts, which Morn called a useful beginning.
        Both capitals expect the Northern Forum to take up the quarrel before the winter.
        """
    /// The same things in the same order and other words.
    private let rewritten = """
        On Friday, a meeting of Morn with Lind at Port Sel is meant to decide on fishing in the northern bay.
        In March, a Belmark trawler was rammed, whereupon 40 boats on patrol were dispatched there by Arvenia.
        Crews from Arvenia have found the Port Sel harbour closed from autumn 2029 on.
        Morn greeted as useful what Lind proposed, namely 12 experts in a commission run jointly.
        A discussion of the quarrel at the Northern Forum, still before winter, is awaited in the capitals.
        """
    private let unrelated = """
        Cy Dahl opened a school of music in the hills above the lake, to the sound of three hundred drums.
        The orchestra of Arvenia will tour the coast next year with works by composers of the region.
        Tickets are sold at the theatre, where the ballet rehearses until the repair of its own house is done.
        """

    private func compared(_ a: String, _ b: String) throws -> (overlap: Overlap, alignment: FactAlignment) {
        let articles = try [SpeechSetting.article("a", a), SpeechSetting.article("b", b)]
        let others = try SpeechSetting.article("c", unrelated)
        var rarity = FactRarity()
        for article in articles + [others] { rarity.add(article.factSequence) }
        return (
            Overlap(articles[0].text.paragraphs.map(\.raw), articles[1].text.paragraphs.map(\.raw)),
            FactAlignment(articles[0].factSequence, articles[1].factSequence, rarity: rarity)
        )
    }

    @Test func seesACopyInOtherWords() throws {
        let (overlap, alignment) = try compared(original, rewritten)
        #expect(overlap.passages.isEmpty)
        #expect(alignment.pairs.count >= 4)
        #expect(alignment.pairs.allSatisfy { $0.a.paragraph == $0.b.paragraph })
        let kinship = try #require(Kinship(overlap, alignment))
        #expect(kinship.confidence >= 0.5)
        // Without copied words it is never counted for certain.
        #expect(kinship.confidence < LineageFinder.certain)
        #expect(kinship.reason.contains("same order"))
    }

    @Test func isSureOfCopiedWords() throws {
        let (overlap, alignment) = try compared(original, original + "\nIt was a quiet day in the capital otherwise.")
        let kinship = try #require(Kinship(overlap, alignment))
        #expect(kinship.confidence >= 0.9)
        #expect(kinship.reason.contains("wording"))
    }

    @Test func tellsNothingOfOthers() throws {
        let (overlap, alignment) = try compared(original, unrelated)
        #expect(Kinship(overlap, alignment) == nil)
    }

    /// The same things in reverse are no copy's order.
    @Test func wantsTheOrder() throws {
        let reversed = original.split(separator: "\n").reversed().joined(separator: "\n")
        let straight = try compared(original, rewritten).alignment
        let turned = try compared(reversed, rewritten).alignment
        #expect(turned.shareA < straight.shareA)
        #expect(turned.pairs.count <= 2)
    }

    @Test func samplesTheSameOfBoth() throws {
        let first = try SpeechSetting.article("a", original).factSequence
        let same = try SpeechSetting.article("b", original).factSequence
        let other = try SpeechSetting.article("c", unrelated).factSequence
        #expect(first.sketch == same.sketch)
        #expect(!first.sketch.isEmpty)
        #expect(Set(first.sketch).isDisjoint(with: other.sketch))
    }

    // MARK: Groups

    private func kinship(_ confidence: Double) -> Kinship { Kinship(confidence: confidence, reason: "A test says so.") }

    @Test func groupsByCreditAndByCopy() {
        var finder = LineageFinder()
        finder.add("first", credit: "North Wire")
        finder.add("second", credit: "North  Wire")
        finder.add("copy", credit: nil)
        finder.add("rewrite", credit: nil)
        finder.add("own", credit: nil)
        finder.link("copy", "first", kinship(0.85))
        finder.link("rewrite", "second", kinship(0.6))
        let lineages = finder.lineages
        #expect(lineages["first"]?.group == "north-wire")
        #expect(lineages["second"] == lineages["first"])
        #expect(lineages["copy"]?.group == "north-wire")
        #expect(lineages["copy"]?.confidence == 0.85)
        #expect(lineages["rewrite"]?.group == "north-wire")
        #expect(lineages["rewrite"]?.confidence == 0.6)
        #expect(lineages["own"] == nil)
    }

    @Test func keepsCreditsApart() {
        var finder = LineageFinder()
        finder.add("a", credit: "North Wire")
        finder.add("b", credit: "South Wire")
        finder.link("a", "b", kinship(0.9))
        #expect(finder.lineages["a"]?.group == "north-wire")
        #expect(finder.lineages["b"]?.group == "south-wire")
    }

    /// What is linked weakly to a group brings nothing else along, and a link too weak is none.
    @Test func doesNotChainDoubts() {
        var finder = LineageFinder()
        for article in ["a", "b", "c", "d"] { finder.add(article, credit: nil) }
        finder.link("a", "b", kinship(0.9))
        finder.link("b", "c", kinship(0.6))
        finder.link("c", "d", kinship(0.55))
        finder.link("a", "d", kinship(0.4))
        finder.link("a", "a", kinship(1))
        finder.link("a", "unknown", kinship(1))
        let lineages = finder.lineages
        #expect(lineages["a"]?.group == "a")
        #expect(lineages["b"]?.group == "a")
        #expect(lineages["c"]?.confidence == 0.6)
        #expect(lineages["d"] == nil)
    }

    @Test func doesNotHangOnTheOrderOfLinks() {
        let links = [("a", "b", 0.9), ("c", "d", 0.9), ("b", "c", 0.85), ("d", "e", 0.7)]
        let outcomes = [links, links.reversed()].map { links in
            var finder = LineageFinder()
            for article in ["a", "b", "c", "d", "e"] { finder.add(article, credit: nil) }
            for (a, b, confidence) in links { finder.link(a, b, kinship(confidence)) }
            return finder.lineages
        }
        #expect(outcomes[0] == outcomes[1])
        // A certain link makes one group of two.
        #expect(Set(["a", "b", "c", "d"].compactMap { outcomes[0][$0]?.group }) == ["a"])
    }
}
