// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct BoilerplateTests {
    private func kinds(_ text: String) -> [Boilerplate.Kind?] {
        let article = ArticleText(text)
        return article.paragraphs.map { article.boilerplate[$0.number]?.kind }
    }

    @Test func marksThePageAroundTheProse() {
        let text = """
            Envoy Reaches Harbour Town for Talks on Fishing Rights
            Envoy Reaches Harbour Town for Talks on Fishing Rights
            The envoy at the pier
            Photo by: Harbour Press
            Contents
            Old quarrels
            New hopes
            The envoy arrived on Monday, and spoke of comments that others had made.
            Old quarrels
            Fishing has divided the two coasts for years.
            New hopes
            Both sides hope for more.
            (Courtesy: Coastal Wire)
            Fishermen Wait for Word from the Capital
            Post a Comment
            """
        #expect(
            kinds(text) == [
                nil, .repeatedTitle, .caption, .imageCredit, .tableOfContents, .tableOfContents, .tableOfContents, nil,
                nil,
                nil, nil, nil, .creditLine, .relatedLink, .commentPrompt,
            ])
        #expect(ArticleText(text).credit == "Coastal Wire")
        #expect(ArticleText(text).boilerplate[4]?.credited == "Harbour Press")
    }

    @Test(
        arguments: [
            ("Image Credit: Someone", .imageCredit, "Someone"),
            ("Photo: A. Person/The Agency", .imageCredit, "A. Person/The Agency"),
            ("[Photo courtesy of The Agency]", .imageCredit, "The Agency"),
            ("Source: Al-Somewhere.", .creditLine, "Al-Somewhere"),
            ("(With inputs from agencies)", .creditLine, "agencies"),
            ("Courtesy of the Daily Page", .creditLine, "the Daily Page"),
            ("Originally published by The Page", .creditLine, "The Page"),
            ("The pier at dawn. Photo: Harbour Press", .imageCredit, "Harbour Press"),
            ("0 Comments", .commentPrompt, nil),
            ("Leave a Reply", .commentPrompt, nil), ("Table of Contents", .tableOfContents, nil),
            ("Related Articles", .relatedLink, nil), ("Also Read: Ships Return to Harbour", .relatedLink, nil),
            ("Share this article", .pageNotice, nil), ("Sign up for our newsletter", .pageNotice, nil),
            ("© 2031 The Page. All rights reserved.", .pageNotice, nil),
        ] as [(String, Boilerplate.Kind, String?)])
    func readsLines(line: String, kind: Boilerplate.Kind, credited: String?) {
        let article = ArticleText("A headline of some words\nSome prose that ends here.\n" + line)
        #expect(article.boilerplate[3] == Boilerplate(paragraph: 3, kind: kind, credited: credited))
    }

    @Test(arguments: [
        "The source of the dispute is an old map.", "He declined to comment.",
        "Sources said that the talks would go on.",
        "Images of the harbour went around the world.", "Photos of the harbour went around.",
        "Source of the quarrel is a map.", "The ships came. Pictures by the crew show it.",
        "Related talks took place in the north.", "An old quarrel:",
        "Read more slowly, he told them.", "Comments by both sides were cautious.",
    ])
    func leavesProse(line: String) {
        #expect(kinds("A headline of some words\n\(line)\nMore prose follows this.") == [nil, nil, nil])
    }

    /// A headline may return without its opening words.
    @Test func seesPartsOfTheTitle() {
        let text =
            "Coast News 2031: Why Is the Envoy Going to Harbour Town?\nWhy is the envoy going to Harbour Town?\nProse, at last."
        #expect(kinds(text) == [nil, .repeatedTitle, nil])
    }

    @Test func listsRelatedTitles() {
        let text =
            "A headline of some words\nProse ends here.\nRelated Article\nFishermen Wait for Word\n\nPost a Comment"
        #expect(kinds(text) == [nil, nil, .relatedLink, .relatedLink, .commentPrompt])
        #expect(ArticleText("").boilerplate.isEmpty)
    }
}
