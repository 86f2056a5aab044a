// SPDX-License-Identifier: Apache-2.0

import Coverage
import Glibc

/// Measures the text work on generated articles: `bench-text [ARTICLES [NAMES]]` (1000 articles of 800 words, 20000
/// names). Prints milliseconds of CPU, and megabytes of text a second of it; one thread. Ends with 1 below the goal.
@main
struct BenchText {
    /// Megabytes a second for reading and linking together.
    static let goal = 5.0

    static func main() {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let articles = max(1, arguments.first ?? 1000)
        let count = max(10, arguments.dropFirst().first ?? 20_000)
        var story = TextStory(names: count)
        let texts = (0..<articles).map { _ in story.article(words: 800) }
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }

        let (names, building) = measured { KnownNames(story.records) }
        print(
            "\(story.records.count) records, index \(names.footprint / 1000) kB, built in \(milliseconds(building)) ms")
        let (read, reading) = measured { texts.map { ArticleText($0) } }
        print(
            "reading \(articles) articles, \(bytes / 1000) kB: \(milliseconds(reading)) ms, \(speed(bytes, reading)) MB/s"
        )
        let (mentions, linking) = measured { read.reduce(0) { $0 + names.mentions(in: $1).count } }
        print("linking: \(milliseconds(linking)) ms, \(speed(bytes, linking)) MB/s, \(mentions) mentions")
        let total = speed(bytes, reading + linking)
        print("both: \(total) MB/s, goal >= \(goal): \(total >= goal ? "kept" : "missed")")
        if total < goal { exit(1) }
    }

    /// With the CPU time it took, in seconds.
    private static func measured<Result>(_ work: () -> Result) -> (Result, Double) {
        let start = clock()
        let result = work()
        return (result, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }

    private static func milliseconds(_ seconds: Double) -> Int { Int(seconds * 1000) }

    private static func speed(_ bytes: Int, _ seconds: Double) -> Double {
        (Double(bytes) / max(seconds, 1e-6) / 1e5).rounded() / 10
    }
}
