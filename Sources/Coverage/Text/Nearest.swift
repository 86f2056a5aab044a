// SPDX-License-Identifier: Apache-2.0

/// The candidate that was probably meant by a mistyped word, for "did you mean": the one at the smallest distance in
/// optimal string alignment (insertions, deletions, replacements, and swaps of neighbours), case aside, the first of
/// several. One slip is let pass in up to 4 letters and digits, two in up to 7, three in more. Where none is so near, the shortest
/// that has the word between its hyphens or spaces, as `oskar-brandt` has `brandt`; nil where there is none of these, either. A word
/// of more than 64 Unicode scalars is near to nothing.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let word = Array(word.lowercased().unicodeScalars)
    guard 1...64 ~= word.count else { return nil }
    let length = word.count { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    var allowed = length <= 4 ? 1 : length <= 7 ? 2 : 3
    var best: String?
    var having: (candidate: String, length: Int)?
    for candidate in candidates {
        let letters = Array(candidate.lowercased().unicodeScalars)
        if letters.count < having?.length ?? .max, hasPart(letters, word) { having = (candidate, letters.count) }
        guard abs(letters.count - word.count) <= allowed else { continue }
        let distance = alignmentDistance(word, letters)
        // A word that would have to change in every letter has nothing in common.
        guard distance <= allowed, distance < word.count else { continue }
        best = candidate
        if distance == 0 { break }
        allowed = distance - 1
    }
    return best ?? having?.candidate
}

/// Whether the word is one of the parts, or some neighbouring ones, that hyphens or spaces make of a longer one. One letter is not.
private func hasPart(_ letters: [Unicode.Scalar], _ word: [Unicode.Scalar]) -> Bool {
    guard word.count > 1, word.count < letters.count else { return false }
    func isGap(_ letter: Unicode.Scalar) -> Bool { letter == "-" || letter == " " }
    func isGap(at index: Int) -> Bool { !letters.indices.contains(index) || isGap(letters[index]) }
    return (0...letters.count - word.count).contains { start in
        let end = start + word.count
        return isGap(at: start - 1) && isGap(at: end)
            && letters[start..<end].elementsEqual(word) { $0 == $1 || isGap($0) && isGap($1) }
    }
}

/// By dynamic programming over three rows: `current[j]` is the distance from the first `i` of `a` to the first `j` of
/// `b`.
private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1]
        for j in b.indices {
            let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
            var distance = min(replaced, previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                distance = min(distance, beforePrevious[j - 1] + 1)
            }
            current.append(distance)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}
