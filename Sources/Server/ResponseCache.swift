// SPDX-License-Identifier: Apache-2.0

import HTTP

/// Answers of one event loop that may be given again, as bytes ready to send. Finding one allocates nothing.
///
/// Two generations share the bound: new and asked-for answers stand in the young one; when that is full it becomes the
/// old one, and what nobody has asked for since the last time is forgotten.
struct ResponseCache {
    /// What was asked, to be kept until the answer is there.
    struct Question {
        fileprivate let key: [UInt8]
        fileprivate let hash: Int
        /// The handler's version before it was asked.
        fileprivate let version: UInt64
    }

    final class Entry {
        let status: Int
        /// The pattern of the path, where that is wanted.
        let route: String?
        /// The place among the loop's figures where it is counted each time it is given whole.
        let countedAt: Int
        let response: PreparedResponse
        fileprivate let key: [UInt8]

        fileprivate init(key: [UInt8], status: Int, route: String?, countedAt: Int, response: PreparedResponse) {
            self.key = key
            self.status = status
            self.route = route
            self.countedAt = countedAt
            self.response = response
        }

        /// Bytes, with a guess at what the objects around them take.
        fileprivate var cost: Int { key.count + response.byteCount + 256 }
    }

    private let bound: Int
    private var young: [Int: Entry] = [:]
    private var old: [Int: Entry] = [:]
    private var youngCost = 0
    private var version: UInt64 = 0
    /// What is asked at the moment, in memory that is kept from question to question.
    private var asked: [UInt8] = []
    /// Answered by what stands in the young generation.
    private var known = KnownRequests()

    /// - Parameter byteCount: what all entries together may take.
    init(byteCount: Int) {
        bound = byteCount / 2
    }

    /// Whether there is room for any answer.
    var isOn: Bool { bound > 0 }

    /// The answer to the same question, given under this version.
    mutating func entry(
        for head: borrowing RequestHead, of bytes: Span<UInt8>, _ coding: AcceptedCoding, version: UInt64
    ) -> Entry? {
        moveOn(to: version)
        note(head, bytes, coding)
        let hash = hashOfAsked
        if let entry = young[hash] { return entry.key == asked ? entry : nil }
        guard let entry = old[hash], entry.key == asked else { return nil }
        old[hash] = nil
        insert(entry, hash)
        return entry
    }

    /// The answer to a request that is known by all of its bytes.
    func answer(to bytes: Span<UInt8>, version: UInt64) -> FoundAnswer? {
        version == self.version ? known.answer(to: bytes) : nil
    }

    /// Makes a request known: the same bytes shall have this answer, which was found by `entry` just now.
    mutating func know(_ bytes: Span<UInt8>, _ answer: FoundAnswer) {
        known.know(bytes, answer, room: bound - youngCost)
    }

    /// The question as it is kept until there is an answer to it.
    mutating func question(
        _ head: borrowing RequestHead, _ bytes: Span<UInt8>, _ coding: AcceptedCoding, version: UInt64
    ) -> Question {
        note(head, bytes, coding)
        return Question(key: asked, hash: hashOfAsked, version: version)
    }

    /// How many answers are kept, and what they take in bytes.
    var size: (entries: Int, byteCount: Int) {
        (young.count + old.count, youngCost + known.byteCount + old.values.reduce(0) { $0 + $1.cost })
    }

    /// Keeps an answer, unless it is too large or the version has moved on since the question.
    mutating func keep(
        _ response: PreparedResponse, status: Int, route: String?, countedAt: Int, for question: Question
    ) {
        guard question.version == version else { return }
        let entry = Entry(key: question.key, status: status, route: route, countedAt: countedAt, response: response)
        if entry.cost <= bound / 4 { insert(entry, question.hash) }
    }

    private mutating func moveOn(to version: UInt64) {
        guard version != self.version else { return }
        self.version = version
        young.removeAll(keepingCapacity: true)
        known.removeAll()
        old = [:]
        youngCost = 0
    }

    private mutating func insert(_ entry: Entry, _ hash: Int) {
        if youngCost + known.byteCount + entry.cost > bound {
            old = young
            young = [:]
            known.removeAll()
            youngCost = 0
        }
        youngCost += entry.cost
        if let replaced = young.updateValue(entry, forKey: hash) { youngCost -= replaced.cost }
    }

    // MARK: The question

    /// Puts into `asked` all that an answer without credentials may depend on. The separators are no characters of a target or a
    /// field value.
    private mutating func note(_ head: borrowing RequestHead, _ bytes: Span<UInt8>, _ coding: AcceptedCoding) {
        asked.removeAll(keepingCapacity: true)
        asked.append(coding.rawValue)
        append(head.target, of: bytes)
        // What most programs send says no more than nothing does.
        if let accept = head.accept, accept.count != 3 || !bytes.equals("*/*", in: accept.range) {
            asked.append(UInt8(ascii: "\n"))
            append(accept, of: bytes)
        }
    }

    private mutating func append(_ range: ByteRange, of bytes: Span<UInt8>) {
        // Unsafe: lent for the copy only.
        unsafe bytes.extracting(range.range).withUnsafeBufferPointer { unsafe asked.append(contentsOf: $0) }
    }

    private var hashOfAsked: Int {
        var hasher = Hasher()
        // Unsafe: lent for the call only.
        unsafe asked.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
