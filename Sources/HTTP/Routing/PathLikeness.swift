// SPDX-License-Identifier: Apache-2.0

/// Guesses which path was meant by one that does not exist.
enum PathLikeness {
    /// So many characters may be wrong in all. A segment that is missing or too many counts as much.
    private static let tolerance = 2

    /// - Parameter segments: What stands between the slashes, still encoded.
    static func nearest(to segments: [Substring], among patterns: [PathPattern]) -> String? {
        var best: (path: String, cost: Int)?
        for pattern in patterns where abs(pattern.segments.count - segments.count) <= 1 {
            guard let found = align(segments[...], with: pattern.segments[...], within: tolerance) else { continue }
            if found.cost < best?.cost ?? Int.max { best = ("/" + found.path.joined(separator: "/"), found.cost) }
        }
        return best?.path
    }

    /// The cheapest way to turn the segments into a path of the pattern.
    private static func align(
        _ segments: ArraySlice<Substring>, with pattern: ArraySlice<PathPattern.Segment>, within budget: Int
    ) -> (path: [String], cost: Int)? {
        guard let wanted = pattern.first else {
            guard !segments.isEmpty else { return ([], 0) }
            return segments.count == 1 && budget >= tolerance ? ([], tolerance) : nil
        }
        var best: (path: [String], cost: Int)?
        func offer(_ text: String, _ cost: Int, _ rest: ArraySlice<Substring>, _ pattern: ArraySlice<PathPattern.Segment>) {
            guard cost <= budget, let tail = align(rest, with: pattern, within: budget - cost) else { return }
            let total = cost + tail.cost
            if total < best?.cost ?? Int.max { best = ([text] + tail.path, total) }
        }
        if let segment = segments.first {
            switch wanted {
            case .literal(let text): offer(text, distance(segment, text), segments.dropFirst(), pattern.dropFirst())
            case .parameter where !segment.isEmpty:
                offer(String(segment), 0, segments.dropFirst(), pattern.dropFirst())
            case .parameter: break
            }
        }
        // The client left this segment out: only a literal can be guessed.
        if case .literal(let text) = wanted { offer(text, tolerance, segments, pattern.dropFirst()) }
        return best
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
