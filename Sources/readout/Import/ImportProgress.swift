// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Tells how far an import has come: on a terminal by one line that is written over and over, and by a line for each article where
/// standard output or standard error is none.
struct ImportProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let isReported = isatty(STDOUT_FILENO) == 0 || isatty(STDERR_FILENO) == 0
    /// Of all files, in bytes.
    private let total: Int
    private var done = 0
    private var lastShare = -1
    private(set) var articles = 0
    private(set) var failures = 0

    init(total: Int) {
        self.total = max(total, 1)
    }

    /// - Parameter line: what became of the article.
    mutating func succeeded(_ line: String, weight: Int) {
        articles += 1
        if isReported { print(line) }
        advance(weight)
    }

    /// - Parameter isOnOutput: whether the line is a report like that of any other article, not an error.
    mutating func failed(_ line: String, weight: Int, isOnOutput: Bool = false) {
        articles += 1
        failures += 1
        if isTerminal { clear() }
        if isOnOutput { print(line) } else { StandardError.write(line) }
        lastShare = -1
        advance(weight)
    }

    mutating func finish() {
        if isTerminal { clear() }
    }

    private mutating func advance(_ weight: Int) {
        done += weight
        let share = min(100, done * 100 / total)
        guard isTerminal, share != lastShare else { return }
        lastShare = share
        let filled = share * Self.width / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        let failed = failures == 0 ? "" : ", \(failures) not imported"
        StandardError.put("\r\(bar) \(share) %  \(CheckLines.counted(articles, "article"))\(failed)\u{1B}[K")
    }

    private func clear() { StandardError.put("\r\u{1B}[K") }

    private static let width = 30
}
