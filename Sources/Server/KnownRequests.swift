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
/// One request pushes another out of its place. None is kept before it has come twice, so that requests that all differ cost no more
/// than a look.
struct KnownRequests {
    private final class Known {
        let bytes: [UInt8]
        let answer: FoundAnswer

        init(_ bytes: Span<UInt8>, _ answer: FoundAnswer) {
            // Unsafe: lent for the copy only.
            self.bytes = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
            self.answer = answer
        }

        var cost: Int { bytes.count + 160 }

        func isOf(_ others: Span<UInt8>) -> Bool {
            let bytes = bytes
            return bytes.span.equals(others)
        }
    }

    private struct Place {
        /// Of the request that was here last.
        var hash: UInt64 = 0
        var known: Known?
    }

    /// Longer ones are read each time: looking at all bytes of what may be many requests in a row has to stay cheap. Shorter ones
    /// are none.
    private static let lengths = 8...1024
    private static let capacity = 1024

    private var places: [Place] = []
    /// What is kept, with a guess at what the objects around it take.
    private(set) var byteCount = 0

    /// - Parameter bytes: all that has been received.
    func answer(to bytes: Span<UInt8>) -> FoundAnswer? {
        guard !places.isEmpty, Self.lengths.contains(bytes.count) else { return nil }
        let hash = Self.hash(of: bytes)
        let place = places[Self.place(of: hash)]
        guard place.hash == hash, let known = place.known, known.isOf(bytes) else { return nil }
        return known.answer
    }

    /// - Parameters:
    ///   - bytes: those of the one request alone.
    ///   - room: how many bytes all of them may take.
    mutating func know(_ bytes: Span<UInt8>, _ answer: FoundAnswer, room: Int) {
        guard Self.lengths.contains(bytes.count) else { return }
        if places.isEmpty {
            let cost = Self.capacity * MemoryLayout<Place>.stride
            // Answers come first where there is little room.
            guard cost <= room / 8 else { return }
            places = Array(repeating: Place(), count: Self.capacity)
            byteCount = cost
        }
        let hash = Self.hash(of: bytes)
        let place = Self.place(of: hash)
        if places[place].hash != hash {
            forget(place)
            places[place].hash = hash
        } else if let known = places[place].known {
            // Another of the same hash makes room for this one, should it come again.
            if !known.isOf(bytes) { forget(place) }
        } else {
            let known = Known(bytes, answer)
            guard byteCount + known.cost <= room else { return }
            places[place].known = known
            byteCount += known.cost
        }
    }

    /// Forgets the answers, but not which requests have been seen.
    mutating func removeAll() {
        for place in places.indices { forget(place) }
    }

    private mutating func forget(_ place: Int) {
        byteCount -= places[place].known?.cost ?? 0
        places[place].known = nil
    }

    /// Takes eight bytes at a time, the last ones together with some before them; there must be as many. It need not withstand
    /// anybody: what is found is compared, and who has requests fall into one place only has them read.
    static func hash(of bytes: Span<UInt8>) -> UInt64 {
        var hash = UInt64(bytes.count)
        var offset = 0
        while offset < bytes.count {
            let start = min(offset, bytes.count - 8)
            // Unsafe: bounds-checked; any eight bytes are a number.
            hash ^= unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
            hash = hash &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
            offset += 8
        }
        return hash
    }

    private static func place(of hash: UInt64) -> Int { Int(hash & UInt64(capacity - 1)) }
}
