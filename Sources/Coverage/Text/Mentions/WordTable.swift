// SPDX-License-Identifier: Apache-2.0

/// Numbers for words: a hash table from a folded word's UTF-8 to a small number, without a string for any.
///
/// Open addressing with linear probing, at most half full; the words stand one after another in one buffer.
struct WordTable: Sendable {
    /// Number of a word that is not here.
    static let unknown: Int32 = -1

    private var slots: [Int32] = Array(repeating: WordTable.unknown, count: 1024)
    private var words: [Entry] = []
    private var bytes: [UInt8] = []

    private struct Entry {
        let hash: UInt32
        let bytes: Range<Int>
        /// The word whose number it shares: another spelling of it.
        let number: Int32
    }

    var count: Int { words.count }

    /// In bytes.
    var footprint: Int { slots.count * 4 + words.count * MemoryLayout<Entry>.stride + bytes.count }

    func number(of folded: [UInt8], _ range: Range<Int>) -> Int32 {
        let hash = Self.hash(folded, range)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != Self.unknown {
            let entry = words[Int(slots[slot])]
            if entry.hash == hash, isEqual(entry.bytes, folded, range) { return entry.number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return Self.unknown
    }

    func number(of word: String) -> Int32 {
        let folded = Array(word.utf8)
        return number(of: folded, 0..<folded.count)
    }

    /// The number of a word, which is added where it is missing.
    /// - Parameter other: a word already here that it is only another spelling of.
    @discardableResult
    mutating func insert(_ folded: [UInt8], _ range: Range<Int>, as other: Int32? = nil) -> Int32 {
        let known = number(of: folded, range)
        guard known == Self.unknown else { return known }
        if words.count * 2 >= slots.count { grow() }
        let hash = Self.hash(folded, range)
        let number = Int32(words.count)
        let start = bytes.count
        bytes += folded[range]
        words.append(Entry(hash: hash, bytes: start..<bytes.count, number: other ?? number))
        place(number, hash)
        return other ?? number
    }

    @discardableResult
    mutating func insert(_ word: String, as other: Int32? = nil) -> Int32 {
        let folded = Array(word.utf8)
        return insert(folded, 0..<folded.count, as: other)
    }

    func word(_ number: Int32) -> ArraySlice<UInt8> {
        words.indices.contains(Int(number)) ? bytes[words[Int(number)].bytes] : []
    }

    private mutating func grow() {
        slots = Array(repeating: Self.unknown, count: slots.count * 2)
        for (number, entry) in words.enumerated() { place(Int32(number), entry.hash) }
    }

    private mutating func place(_ number: Int32, _ hash: UInt32) {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != Self.unknown { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = number
    }

    private func isEqual(_ own: Range<Int>, _ folded: [UInt8], _ range: Range<Int>) -> Bool {
        guard own.count == range.count else { return false }
        var (a, b) = (own.lowerBound, range.lowerBound)
        while a < own.upperBound {
            guard bytes[a] == folded[b] else { return false }
            a += 1
            b += 1
        }
        return true
    }

    /// FNV-1a (Fowler, Noll, Vo), its halves folded together.
    static func hash(_ folded: [UInt8], _ range: Range<Int>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(folded[index])) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    }
}
