// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Zürich", "zurich"), ("Zu\u{308}rich", "zurich"), ("Łódź", "lodz"), ("GROẞ und groß", "gross und gross"),
        ("İstanbul", "istanbul"), ("Ødegård", "odegard"), ("Sørensen’s", "sorensen's"),
        ("“Yes” «no»", "\"yes\" \"no\""),
        ("a\u{A0}b\u{202F}c \t d", "a b c d"), ("co\u{AD}op\u{200B}er\u{2060}ate", "cooperate"),
        ("\u{202E}left\u{202C}", "left"), ("US–China — now…", "us-china - now..."), ("ＵＳ", "us"), ("ﬁnd", "find"),
        ("Горбачёв Йод", "горбачев иод"), ("Горбаче\u{308}в", "горбачев"), ("Αθήνα", "αθηνα"), ("東京", "東京"),
        ("हिन्दी", "हिन्दी"), ("👩‍🚀!", "👩🚀!"), ("", ""),
    ])
    func folds(text: String, expected: String) {
        #expect(Array(FoldedText(text).text.unicodeScalars) == Array(expected.unicodeScalars))
    }

    /// Each folded word, cut from the original by its offsets.
    @Test(arguments: [
        ("The  Zu\u{308}rich talks", "zurich", "Zu\u{308}rich"), ("groß!", "gross", "groß"), ("ß", "s", "ß"),
        ("“co\u{AD}operate”", "cooperate", "co\u{AD}operate"), ("wait…", "...", "…"), ("👩‍🚀 Łódź", "lodz", "Łódź"),
    ])
    func knowsTheOriginal(text: String, folded: String, original: String) throws {
        let all = FoldedText(text)
        let word = Array(folded.unicodeScalars)
        let start = try #require(
            (0...all.scalars.count - word.count).first { all.scalars[$0..<$0 + word.count].elementsEqual(word) })
        let range = all.original(start..<start + word.count)
        let scalars = Array(text.unicodeScalars)[range]
        #expect(scalars.elementsEqual(original.unicodeScalars))
        #expect(all.original(0..<all.scalars.count) == 0..<text.unicodeScalars.count)
    }
}
