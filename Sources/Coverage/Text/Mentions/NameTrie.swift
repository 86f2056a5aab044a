// SPDX-License-Identifier: Apache-2.0

/// All forms of all names as paths of word numbers, so that one walk from a word finds every name that begins there.
///
/// A trie over words rather than an automaton over letters (Aho and Corasick, 1975): names begin where words do, and
/// most words of a text begin none, which one look at `starts` tells.
struct NameTrie: Sendable {
    static let none: Int32 = -1

    /// By word number, the node that the word leads to from the root.
    private var starts: [Int32] = []
    /// By node and word number.
    private var edges: [UInt64: Int32] = [:]
    private var nodes: Int32 = 0
    /// The forms that end at each node, as a range of `forms`; empty before `freeze`.
    private var ends: [Range<Int32>] = []
    private(set) var forms: [NameForm] = []
    private var pending: [(node: Int32, form: NameForm)] = []

    /// In bytes, about.
    var footprint: Int {
        starts.count * 4 + edges.capacity * 16 + ends.count * 8 + forms.count * MemoryLayout<NameForm>.stride
    }

    mutating func insert(_ words: [Int32], _ form: NameForm) {
        guard let first = words.first else { return }
        while starts.count <= Int(first) { starts.append(Self.none) }
        if starts[Int(first)] == Self.none { starts[Int(first)] = newNode() }
        var node = starts[Int(first)]
        for word in words.dropFirst() {
            let key = Self.key(node, word)
            if let next = edges[key] {
                node = next
            } else {
                let next = newNode()
                edges[key] = next
                node = next
            }
        }
        pending.append((node, form))
    }

    /// Sorts the forms by node. To be called once, after the last `insert`.
    mutating func freeze() {
        ends = Array(repeating: 0..<0, count: Int(nodes))
        // By record too, and a form that a record has twice only once, the listed before the derived.
        pending.sort { a, b in
            if a.node != b.node { return a.node < b.node }
            if a.form.record != b.form.record { return a.form.record < b.form.record }
            if a.form.isListed != b.form.isListed { return a.form.isListed }
            return a.form.kind.rawValue < b.form.kind.rawValue
        }
        for (node, form) in pending {
            let range = ends[Int(node)]
            if let last = forms.last, !range.isEmpty, last.record == form.record { continue }
            let start = range.isEmpty ? Int32(forms.count) : range.lowerBound
            forms.append(form)
            ends[Int(node)] = start..<Int32(forms.count)
        }
        pending = []
    }

    func start(_ word: Int32) -> Int32 { word >= 0 && Int(word) < starts.count ? starts[Int(word)] : Self.none }

    func next(_ node: Int32, _ word: Int32) -> Int32 {
        word < 0 ? Self.none : edges[Self.key(node, word)] ?? Self.none
    }

    func forms(at node: Int32) -> ArraySlice<NameForm> {
        let range = ends[Int(node)]
        return forms[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    private mutating func newNode() -> Int32 {
        defer { nodes += 1 }
        return nodes
    }

    private static func key(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }
}
