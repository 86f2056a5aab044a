// SPDX-License-Identifier: Apache-2.0

/// What an article tells, stripped of its wording: for each sentence the things it names, its numbers and dates, and
/// the stems of its plain words, in the order of the article.
///
/// A copy that has been re-written keeps few runs of words and most of this, in the same order.
package struct FactSequence: Sendable, Hashable {
    package struct Sentence: Sendable, Hashable {
        package let span: TextSpan
        /// Hashes of what it has, ascending, each once.
        package let items: [UInt32]
    }

    /// Beyond so many sentences an article is not looked at: the comparison takes time by the product.
    package static let longest = 1000

    package let sentences: [Sentence]
    /// A sample of the pairs of items that follow each other closely, by which to find articles worth comparing: one
    /// of four, chosen by its hash, so that two articles sample the same ones (Broder, "On the Resemblance and
    /// Containment of Documents", 1997). Ascending, each once.
    package let sketch: [UInt32]

    package init(sentences: [Sentence], sketch: [UInt32]) {
        self.sentences = Array(sentences.prefix(Self.longest))
        self.sketch = sketch
    }

    /// - Parameter sentences: each with its items in the order in which they stand.
    init(_ sentences: [(span: TextSpan, items: [UInt32])]) {
        var sketch = Set<UInt32>()
        var kept: [Sentence] = []
        for (span, items) in sentences.prefix(Self.longest) {
            for (place, item) in items.enumerated() {
                for other in items.dropFirst(place + 1).prefix(2) where other != item {
                    var hash = StableHash()
                    hash.combine(UInt64(min(item, other)) << 32 | UInt64(max(item, other)))
                    if hash.value % 4 == 0 { sketch.insert(hash.folded) }
                }
            }
            kept.append(Sentence(span: span, items: Set(items).sorted()))
        }
        self.sentences = kept
        self.sketch = sketch.sorted()
    }
}

/// In how many articles each item stands, so that what all of them name says little of where one comes from.
package struct FactRarity: Sendable {
    private var frequencies: [UInt32: UInt32] = [:]
    private var articles = 0

    package init() {}

    package mutating func add(_ sequence: FactSequence) {
        articles += 1
        for item in Set(sequence.sentences.flatMap(\.items)) { frequencies[item, default: 0] &+= 1 }
    }

    /// Inverse document frequency: the rarer, the heavier. Counted as if some more articles had been read, none of
    /// which has it, so that two articles alone can be compared too.
    package func weight(of item: UInt32) -> Double {
        let frequency = Double(frequencies[item] ?? 0)
        return Weight.log2((Double(articles) + 4) / (frequency + 0.5))
    }
}

/// What two articles tell in the same order, sentence by sentence.
package struct FactAlignment: Sendable, Equatable {
    /// Two sentences that tell much the same.
    package struct Pair: Sendable, Equatable {
        package let a: TextSpan
        package let b: TextSpan
        /// Twice the weight of what both have over the weight of what each has: 0 to 1.
        package let similarity: Double
    }

    /// From here on two sentences count as telling the same.
    package static let similar = 0.3

    /// In the order of both articles.
    package let pairs: [Pair]
    /// The share of what each article tells that stands in the pairs, by weight: 0 to 1.
    package let shareA: Double
    package let shareB: Double

    /// The heaviest common subsequence of sentences, by dynamic programming; two sentences may be joined when they are
    /// similar, and weigh what they have in common.
    package init(_ a: FactSequence, _ b: FactSequence, rarity: FactRarity) {
        let (left, right) = (a.sentences.map { Weighed($0, rarity) }, b.sentences.map { Weighed($0, rarity) })
        let width = right.count + 1
        var best = [Double](repeating: 0, count: (left.count + 1) * width)
        var joined: [Int: (common: Double, similarity: Double)] = [:]
        for (i, sentence) in left.enumerated() {
            for (j, other) in right.enumerated() {
                let cell = (i + 1) * width + j + 1
                best[cell] = max(best[cell - 1], best[cell - width])
                let common = sentence.common(other)
                let similarity = sentence.weight + other.weight > 0 ? 2 * common / (sentence.weight + other.weight) : 0
                guard similarity >= Self.similar else { continue }
                joined[cell] = (common, similarity)
                best[cell] = max(best[cell], best[cell - width - 1] + common)
            }
        }
        var pairs: [Pair] = []
        var (i, j) = (left.count, right.count)
        while i > 0, j > 0 {
            let cell = i * width + j
            if best[cell] == best[cell - 1] {
                j -= 1
            } else if best[cell] == best[cell - width] {
                i -= 1
            } else {
                pairs.append(
                    Pair(
                        a: left[i - 1].span, b: right[j - 1].span,
                        similarity: Weight.rounded(joined[cell]?.similarity ?? 0)))
                (i, j) = (i - 1, j - 1)
            }
        }
        self.pairs = pairs.reversed()
        let common = best.last ?? 0
        shareA = Weight.share(common, of: left.reduce(0) { $0 + $1.weight })
        shareB = Weight.share(common, of: right.reduce(0) { $0 + $1.weight })
    }
}

/// A sentence whose items have their weight.
private struct Weighed {
    let span: TextSpan
    let items: [(item: UInt32, weight: Double)]
    let weight: Double

    init(_ sentence: FactSequence.Sentence, _ rarity: FactRarity) {
        span = sentence.span
        items = sentence.items.map { ($0, rarity.weight(of: $0)) }
        weight = items.reduce(0) { $0 + $1.weight }
    }

    /// The weight of what both have: a merge of two ascending lists.
    func common(_ other: Weighed) -> Double {
        var sum = 0.0
        var (i, j) = (0, 0)
        while i < items.count, j < other.items.count {
            let (a, b) = (items[i].item, other.items[j].item)
            if a == b {
                sum += items[i].weight
                i += 1
                j += 1
            } else if a < b {
                i += 1
            } else {
                j += 1
            }
        }
        return sum
    }
}

/// Small arithmetic of weights.
enum Weight {
    /// Two to the power of it is the number; by bits and a series, since the standard library has no logarithm.
    /// Good to three decimals, and the same everywhere.
    static func log2(_ number: Double) -> Double {
        guard number > 0, number.isFinite else { return 0 }
        var mantissa = number.significand
        var fraction = 0.0
        // Squaring doubles the logarithm: each time it passes one, a bit is found.
        for bit in 1...12 {
            mantissa *= mantissa
            if mantissa >= 2 {
                mantissa /= 2
                fraction += 1 / Double(1 << bit)
            }
        }
        return max(0, Double(number.exponent) + fraction)
    }

    static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    static func share(_ part: Double, of whole: Double) -> Double { whole > 0 ? rounded(min(1, part / whole)) : 0 }
}
