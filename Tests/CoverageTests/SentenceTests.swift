// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct SentenceTests {
    @Test(arguments: [
        ["He came.", "She left!", "Did they meet?", "They did"],
        ["The U.S. President met Mr. Doe and Gen. J. B. Roe.", "All went well."],
        ["They flew to the U.S.", "The talks began."], ["He is from the U.K.", "But she is not."],
        ["“We go.”", "He went."], ["“Why now?” he asked.", "“Because.”"],
        ["“We hope,” he said, “to meet.”", "They met."],
        ["It grew by 3.5 percent to 1,000.50 points.", "Nobody minded."],
        ["Wait... and see.", "Then go…", "Far away."],
        ["(It was late.)", "So they left."], ["At 5 p.m. Doe arrived.", "At 6 p.m.", "He left."],
        ["Doe Corp. signed on Jan. 5.", "The end."], ["これは文です。", "次の文。"],
        ["No end in sight"], ["“First.", "Second.”", "Third."], ["The vote was 3 to 1.", "2 did not vote."],
    ])
    func partsSentences(sentences: [String]) {
        let isWide = sentences[0].contains("。")
        let text = " " + sentences.joined(separator: isWide ? "" : " ") + " "
        let paragraph = ParagraphText(number: 1, raw: text[...])
        #expect(paragraph.sentences.map { String(paragraph.cut($0.start, $0.end)) } == sentences)
    }

    @Test func findsTheSentenceOfAnOffset() {
        let paragraph = ParagraphText(number: 1, raw: "One. Two.")
        #expect(paragraph.sentence(at: 0)?.start == 0)
        #expect(paragraph.sentence(at: 4)?.start == 0)
        #expect(paragraph.sentence(at: 5)?.start == 5)
        #expect(paragraph.sentence(at: 99)?.start == 5)
        #expect(ParagraphText(number: 1, raw: "\u{200B}").sentence(at: 0) == nil)
    }
}
