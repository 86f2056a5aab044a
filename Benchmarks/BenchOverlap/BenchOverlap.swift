// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Glibc

/// Compares many articles for shared wording, each with those alone that share fingerprints, and says what it took in time of
/// the processor.
///
///     bench-overlap [ARTICLES]      10000 of 800 words, of which one in fifty has a passage of an earlier one
@main struct BenchOverlap {
    static func main() {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000
        var writer = Writer()
        var articles: [[String]] = []
        var planted: [(copy: Int, original: Int)] = []
        for number in 0..<count {
            var article = writer.article()
            if number % 50 == 49 {
                let original = writer.below(number)
                article[3] += " " + articles[original][writer.below(8)]
                planted.append((number, original))
            }
            articles.append(article)
        }
        let bytes = articles.reduce(0) { $0 + $1.reduce(0) { $0 + $1.utf8.count } }
        var index = OverlapIndex()
        var fingerprints: [ArticleFingerprint] = []
        var found = Set<[Int]>()
        var compared = 0
        let before = peakMegabytes()
        let reading = seconds {
            for article in articles { fingerprints.append(ArticleFingerprint(article)) }
        }
        // As coverage comes in: each article is asked about, its candidates are verified, then it is added.
        let comparing = seconds {
            for (number, fingerprint) in fingerprints.enumerated() {
                for candidate in index.candidates(for: fingerprint, limit: 20) where candidate.shared >= 1 {
                    guard let other = Int(candidate.article) else { continue }
                    compared += 1
                    if !Overlap(articles[number], articles[other]).passages.isEmpty { found.insert([number, other]) }
                }
                index.add("\(number)", fingerprint)
            }
        }
        let missed = planted.count { !found.contains([$0.copy, $0.original]) }
        let pairs = count * (count - 1) / 2
        let hashes = fingerprints.reduce(0) { $0 + $1.hashes.count }
        print("\(count) articles, \(bytes / 1_000_000) MB, \(hashes / max(1, count)) fingerprints each")
        print("fingerprints \(tenths(reading)) s, \(tenths(Double(bytes) / 1e6 / max(reading, 0.001))) MB/s")
        print(
            "comparing \(tenths(comparing)) s: \(compared) pairs verified of \(pairs), \(found.count) with shared passages"
        )
        print("planted \(planted.count), missed \(missed)")
        print("memory of fingerprints and index \(peakMegabytes() - before) MB at the peak")
    }

    private static func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }

    /// How long some work has the processor.
    private static func seconds(_ work: () -> Void) -> Double {
        let before = usage().ru_utime
        work()
        let after = usage().ru_utime
        return Double(after.tv_sec - before.tv_sec) + Double(after.tv_usec - before.tv_usec) / 1e6
    }

    private static func peakMegabytes() -> Int { usage().ru_maxrss / 1024 }

    private static func usage() -> rusage {
        var usage = rusage()
        // The kernel fills the struct it is lent for the call; it refuses nothing of this kind.
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }
}

/// Writes articles out of invented words, frequent ones often, the same each time.
private struct Writer {
    private var state: UInt64 = 42

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, bound)))
    }

    /// Ten paragraphs of 80 words. The choice is skewed as in prose: a few hundred words make up half of it.
    mutating func article() -> [String] {
        (0..<10).map { _ in
            (0..<80).map { _ in Self.word(below(2) == 0 ? below(below(400) + 1) : below(20_000)) }.joined(
                separator: " ")
        }
    }

    private static func word(_ number: Int) -> String {
        let syllables = ["ba", "den", "ri", "lo", "mus", "ta", "ken", "si", "vor", "el", "pan", "chi"]
        var (word, rest) = ("", number)
        repeat {
            word += syllables[rest % syllables.count]
            rest /= syllables.count
        } while rest > 0
        return word
    }
}
