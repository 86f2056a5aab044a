// SPDX-License-Identifier: Apache-2.0

/// Finds the words of names that a word of the text misses by one letter: another one, one too many or too few, or two
/// neighbours changed.
///
/// Two words one edit apart have a form in common from which at most one letter of each is gone (symmetric deletion;
/// Garbe, SymSpell, 2012). So each word of a name is listed under the hash of each such form; what a text's word finds
/// there is then compared letter by letter.
struct Misspellings: Sendable {
    /// Shorter words are too near to others.
    static let shortestWord = 4
    /// How many letters a name has to have for a misspelling of it to be believed.
    static let shortestName = 8

    private var hashes: [UInt32] = []
    private var numbers: [Int32] = []

    /// In bytes.
    var footprint: Int { hashes.count * 8 }

    /// - Parameter words: the numbers of words that names are made of.
    init(_ words: Set<Int32>, in table: WordTable) {
        var entries: [UInt64] = []
        for number in words {
            let word = Array(table.word(number))
            guard Self.isFit(word, 0..<word.count) else { continue }
            Self.forEachDeletion(of: word, 0..<word.count) { hash in
                entries.append(UInt64(hash) << 32 | UInt64(UInt32(bitPattern: number)))
            }
        }
        entries.sort()
        hashes = entries.map { UInt32(truncatingIfNeeded: $0 >> 32) }
        numbers = entries.map { Int32(bitPattern: UInt32(truncatingIfNeeded: $0)) }
    }

    /// The numbers of words one edit away, in order; of a word that is too short or not in Latin letters, none.
    func near(_ folded: [UInt8], _ range: Range<Int>, in table: WordTable) -> [Int32] {
        guard Self.isFit(folded, range) else { return [] }
        var found: [Int32] = []
        Self.forEachDeletion(of: folded, range) { hash in
            var index = firstIndex(of: hash)
            while index < hashes.count, hashes[index] == hash {
                let number = numbers[index]
                if !found.contains(number), isOneEdit(Array(folded[range]), Array(table.word(number))) {
                    found.append(number)
                }
                index += 1
            }
        }
        return found.sorted()
    }

    private static func isFit(_ folded: [UInt8], _ range: Range<Int>) -> Bool {
        shortestWord...32 ~= range.count && range.allSatisfy { 0x61...0x7A ~= folded[$0] }
    }

    /// The hashes of a word, and of the word without each of its letters.
    private static func forEachDeletion(of word: [UInt8], _ range: Range<Int>, _ body: (UInt32) -> Void) {
        body(WordTable.hash(word, range))
        var shorter = Array(word[range].dropFirst())
        for index in 0..<range.count {
            body(WordTable.hash(shorter, 0..<shorter.count))
            if index < shorter.count { shorter[index] = word[range.lowerBound + index] }
        }
    }

    /// The first of a hash's entries, by halving.
    private func firstIndex(of hash: UInt32) -> Int {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Whether one replacement, insertion or deletion, or a swap of neighbours, makes one word of the other. A letter more
/// or less at the end that makes a plural or an adjective (`Australian`) is another word, and does not count.
func isOneEdit(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    guard long.count - short.count <= 1, a != b else { return false }
    var start = 0
    while start < short.count, short[start] == long[start] { start += 1 }
    var end = 0
    while end < short.count - start, short[short.count - 1 - end] == long[long.count - 1 - end] { end += 1 }
    let rest = (short.count - start - end, long.count - start - end)
    switch rest {
    case (0, 1): return end > 0 || !["n", "s", "i"].contains(Character(Unicode.Scalar(long[start])))
    case (1, 1): return true
    case (2, 2): return short[start] == long[start + 1] && short[start + 1] == long[start]
    default: return false
    }
}
