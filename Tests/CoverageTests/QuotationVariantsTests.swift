// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct QuotationVariantsTests {
    private func wordings(_ texts: String...) throws -> [QuotedWording] {
        try texts.enumerated().flatMap { number, text in
            let article = try SpeechSetting.article("article-\(number)", text)
            return article.quotations.compactMap {
                QuotedWording(article: "article-\(number)", text: article.text, quotation: $0)
            }
        }
    }

    @Test func catchesOneWrongWord() throws {
        let wordings = try wordings(
            "“We will never trade the fishing grounds for promises,” Morn said.",
            "Morn said: “We will never trade the hunting grounds for promises.”")
        let pair = try #require(QuotationVariants.pairs(wordings).first)
        #expect(pair.diff.runs.map(\.kind) == [.kept, .deleted, .inserted, .kept])
        #expect(pair.diff.runs[1].a == TextSpan(paragraph: 1, start: 25, end: 32))
        #expect(pair.diff.runs[2].b == TextSpan(paragraph: 1, start: 36, end: 43))
        #expect(pair.diff.similarity == 0.889)
        #expect(QuotationVariants.groups(wordings) == [[0, 1]])
    }

    @Test func findsAFreerTelling() throws {
        let wordings = try wordings(
            "“I trust that in the coming weeks I will sit down with Lind again and settle the serious quarrels we have,” Morn said.",
            "“I’m trusting that, over the next few weeks, I’ll be sitting down with Lind again and settling serious quarrels we have,” Morn said."
        )
        #expect(QuotationVariants.groups(wordings) == [[0, 1]])
    }

    @Test func keepsOthersApart() throws {
        #expect(
            try QuotationVariants.pairs(
                wordings(
                    "“We will never trade the fishing grounds for promises,” Morn said.",
                    "“We will never trade the fishing grounds for promises,” Lind said.",
                    "“We had a good dinner in the harbour and will come again,” Morn said.")
            ).isEmpty)
        // Within one article a repetition is none.
        #expect(
            try QuotationVariants.pairs(
                wordings(
                    "“We will never trade the bay for promises,” Morn said. “We will never trade the bay for promises,” Morn said."
                )
            ).isEmpty)
    }
}
