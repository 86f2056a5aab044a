// SPDX-License-Identifier: Apache-2.0

import HTTP

/// A stored answer, and what a request said of how to give it.
struct FoundAnswer {
    let entry: ResponseCache.Entry
    /// The client has it already: 304.
    let isHeld: Bool
    let isHead: Bool
    /// What the answer says of the connection, unless the server closes it.
    let persistence: Persistence
    /// Where these stand among the request's bytes.
    let method: ByteRange
    let target: ByteRange
    /// The place among the loop's figures where this is counted.
    let countedAt: Int
}

/// Requests that have had a stored answer, by all of their bytes: most programs send the same over and over, and what was read from
/// such bytes once need not be read again.
///
/// One request pushes another out of its place. None is kept before it has come twice, so that a client whose requests all differ
/// takes no memory.
struct KnownRequests {
    private final class Known {
        let bytes: [UInt8]
        let answer: FoundAnswer

        init(_ bytes: Span<UInt8>, _ answer: FoundAnswer) {
            // Unsafe: lent for the copy only.
            self.bytes = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
            self.answer = answer
        }

        func isOf(_ others: Span<UInt8>) -> Bool {
            let bytes = bytes
            return bytes.span.equals(others)
        }
    }

    private struct Place {
        /// Of the request that was here last.
        var hash = 0
        var known: Known?
    }

    /// Longer ones are read each time: looking at all bytes of what may be many requests in a row has to stay cheap.
    private static let longest = 1024
    private static let capacity = 1024

    private var places: [Place] = []

    /// - Parameter bytes: all that has been received.
    func answer(to bytes: Span<UInt8>) -> FoundAnswer? {
        guard !places.isEmpty, bytes.count <= Self.longest else { return nil }
        let hash = Self.hash(of: bytes)
        let place = places[Self.place(of: hash)]
        guard place.hash == hash, let known = place.known, known.isOf(bytes) else { return nil }
        return known.answer
    }

    /// - Parameter bytes: those of the one request alone.
    /// - Returns: how many bytes are kept in memory for that, which they are until `removeAll`.
    mutating func know(_ bytes: Span<UInt8>, _ answer: FoundAnswer) -> Int {
        guard bytes.count <= Self.longest else { return 0 }
        if places.isEmpty { places = Array(repeating: Place(), count: Self.capacity) }
        let hash = Self.hash(of: bytes)
        let place = Self.place(of: hash)
        guard places[place].hash == hash else {
            places[place] = Place(hash: hash)
            return 0
        }
        places[place].known = Known(bytes, answer)
        return bytes.count + 160
    }

    /// Keeps what has been seen once in mind.
    mutating func removeAll() {
        for index in places.indices { places[index].known = nil }
    }

    private static func hash(of bytes: Span<UInt8>) -> Int {
        var hasher = Hasher()
        // Unsafe: lent for the call only.
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private static func place(of hash: Int) -> Int { hash & (capacity - 1) }
}
