// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct OverlapIndexTests {
    /// So many words that occur nowhere else.
    private func words(_ count: Int, _ name: String) -> String {
        (0..<count).map { "\(name)\($0)" }.joined(separator: " ")
    }

    /// The paper's guarantee: eight words in a row are enough, wherever they stand.
    @Test func findsEveryShortestPassage() throws {
        let shared = words(8, "shared")
        for before in 0..<12 {
            let a = ArticleFingerprint(["\(words(before, "a")) \(shared) \(words(13, "b"))"])
            let b = ArticleFingerprint(["\(words(9, "c")) \(shared) \(words(before, "d"))"])
            #expect(!Set(a.hashes).isDisjoint(with: b.hashes), "\(before) words before")
        }
    }

    @Test func findsNothingWhereNothingIsShared() {
        let a = ArticleFingerprint([words(100, "a")])
        let b = ArticleFingerprint([words(100, "b")])
        #expect(Set(a.hashes).isDisjoint(with: b.hashes))
        // Some two fifths of the 96 shingles are kept.
        #expect((25...60).contains(a.hashes.count))
    }

    @Test func foldsAsOverlapDoes() {
        let a = ArticleFingerprint(["The café’s menu, “they” said, was in French – again."])
        let b = ArticleFingerprint(["the CAFE\u{301}'s menu they said was in french again"])
        #expect(a == b)
        #expect(!a.hashes.isEmpty)
    }

    @Test func staysWithinParagraphsThatCount() {
        #expect(ArticleFingerprint(["a b c d", "e f g h"]).hashes.isEmpty)
        let text = [words(9, "a"), words(9, "b")]
        #expect(ArticleFingerprint(text, ignoring: [2]) == ArticleFingerprint([words(9, "a")]))
        #expect(ArticleFingerprint([String]()).hashes.isEmpty)
    }

    @Test func ranksWhatSharesMost() {
        var index = OverlapIndex()
        index.add("copy", ArticleFingerprint([words(40, "story")]))
        index.add("half", ArticleFingerprint([words(20, "story") + " " + words(20, "other")]))
        index.add("none", ArticleFingerprint([words(40, "elsewhere")]))
        let story = ArticleFingerprint([words(40, "story")])
        #expect(index.candidates(for: story, limit: 10).map(\.article) == ["copy", "half"])
        #expect(index.candidates(for: story, except: "copy", limit: 10).map(\.article) == ["half"])
        #expect(index.candidates(for: story, limit: 1).count == 1)
        #expect(index.candidates(for: story, limit: -1).isEmpty)
        #expect(index.count == 3)
    }

    /// An article that comes again with other bytes takes the place of its earlier edition.
    @Test func replacesAnEdition() {
        var index = OverlapIndex()
        index.add("a", ArticleFingerprint([words(40, "old")]))
        index.add("a", ArticleFingerprint([words(40, "new")]))
        #expect(index.candidates(for: ArticleFingerprint([words(40, "old")]), limit: 9).isEmpty)
        #expect(index.candidates(for: ArticleFingerprint([words(40, "new")]), limit: 9).map(\.article) == ["a"])
        #expect(index.count == 1)
    }

    /// What everybody has is remembered of the first ones only, so that a question stays cheap; they are found still.
    @Test func boundsWhatIsCommon() {
        var index = OverlapIndex()
        let story = ArticleFingerprint([words(40, "story")])
        for number in 0..<200 { index.add("copy-\(number)", story) }
        let found = index.candidates(for: story, except: "copy-0", limit: 1000)
        #expect(found.count == OverlapIndex.bound - 1)
        #expect(found.allSatisfy { $0.shared == story.hashes.count })
        #expect(index.frequency(of: story.hashes[0]) == OverlapIndex.bound)
    }

    /// No two articles that share a passage are missed, and every order of asking gives the same answers.
    @Test func missesNoOverlapOfRandomPartss() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomParts(seed: seed)
        // Few words, so that runs come together by chance.
        let parts = ["a", "b", "c"] + RandomParts.oddities
        let texts = (0..<60).map { _ in Paragraphs(of: random.text(of: parts, count: 60)).all }
        var index = OverlapIndex()
        for (number, text) in texts.enumerated() { index.add("\(number)", ArticleFingerprint(text)) }
        for (number, text) in texts.enumerated() {
            let found = index.candidates(for: ArticleFingerprint(text), limit: 100).map(\.article)
            for (other, otherText) in texts.enumerated() where !Overlap(text, otherText).passages.isEmpty {
                #expect(found.contains("\(other)"), "\(number) and \(other), seed \(seed)")
            }
        }
    }
}
