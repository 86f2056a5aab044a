// SPDX-License-Identifier: Apache-2.0

/// Guesses which path was meant by one that does not exist: misspelt literals, a first segment left out (such as the
/// version), a last one too many, doubled slashes.
enum PathLikeness {
    typealias Guess = (path: [String], cost: Int)

    /// So many characters may be wrong in all. A segment left out or too many counts as much.
    private static let tolerance = 2

    /// - Parameter segments: What stands between the slashes, still encoded.
    static func nearest(to segments: [Substring], among patterns: [PathPattern]) -> String? {
        var best: Guess?
        for pattern in patterns where abs(pattern.segments.count - segments.count) <= tolerance {
            let wanted = pattern.segments[...]
            best = cheaper(best, align(segments[...], with: wanted, within: tolerance))
            // Behind the one left out a literal has to be met: a parameter alone is like anything.
            if case .literal(let first)? = wanted.first, case .literal? = wanted.dropFirst().first {
                best = cheaper(best, align(segments[...], with: wanted.dropFirst(), within: 0), after: first, tolerance)
            }
        }
        return best.map { "/" + $0.path.joined(separator: "/") }
    }

    /// The cheapest way to turn the segments into a path of the pattern.
    private static func align(
        _ segments: ArraySlice<Substring>, with pattern: ArraySlice<PathPattern.Segment>, within budget: Int
    ) -> Guess? {
        guard let segment = segments.first else { return pattern.isEmpty ? ([], 0) : nil }
        let rest = segments.dropFirst()
        if segment.isEmpty, budget > 0, let tail = align(rest, with: pattern, within: budget - 1) {
            return (tail.path, tail.cost + 1)
        }
        guard let wanted = pattern.first else {
            // One too many; but nothing is like the root.
            return rest.isEmpty && budget >= tolerance && pattern.startIndex > 0 ? ([], tolerance) : nil
        }
        let text: String
        let cost: Int
        switch wanted {
        case .literal(let literal): (text, cost) = (literal, distance(segment, literal))
        case .parameter: (text, cost) = (String(segment), segment.isEmpty ? budget + 1 : 0)
        }
        guard cost <= budget else { return nil }
        return cheaper(nil, align(rest, with: pattern.dropFirst(), within: budget - cost), after: text, cost)
    }

    /// The better of a guess and another one, to which a segment is still to be put in front.
    private static func cheaper(
        _ best: Guess?, _ other: Guess?, after segment: String? = nil, _ cost: Int = 0
    ) -> Guess? {
        guard let other, other.cost + cost < best?.cost ?? Int.max else { return best }
        return ((segment.map { [$0] } ?? []) + other.path, other.cost + cost)
    }

    /// Levenshtein's distance, or more than the tolerance as soon as it must be: long segments cost nothing.
    private static func distance(_ segment: Substring, _ text: String) -> Int {
        let left = Array(segment.utf8)
        let right = Array(text.utf8)
        guard abs(left.count - right.count) <= tolerance else { return tolerance + 1 }
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        // Nothing in common is no likeness, however short.
        return row[right.count] < right.count ? row[right.count] : tolerance + 1
    }
}
