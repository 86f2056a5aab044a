// SPDX-License-Identifier: Apache-2.0

/// Values under numbers that are never mistaken: a place is used again, but its number differs each time, so that news
/// meant for the one before finds nobody.
struct Slab<Element: ~Copyable> {
    /// What holds a value: who works with that may have it forgotten meanwhile.
    final class Holder {
        var value: Element

        init(_ value: consuming Element) { self.value = value }
    }

    private struct Place {
        var generation: UInt32 = 0
        var holder: Holder?
    }

    private var places: [Place] = []
    private var vacant: [UInt32] = []
    private(set) var count = 0

    /// The largest number of places; tokens at and above it are free for other uses.
    static var capacity: Int { 1 << 24 }

    var isEmpty: Bool { count == 0 }

    /// The token that the next value will have; nil when all places are taken.
    var nextToken: UInt64? {
        if let index = vacant.last { return UInt64(places[Int(index)].generation) << 32 | UInt64(index) }
        return places.count < Self.capacity ? UInt64(places.count) : nil
    }

    /// Puts a value under `nextToken`.
    mutating func insert(_ element: consuming Element) -> Holder {
        let holder = Holder(element)
        if let index = vacant.popLast() {
            places[Int(index)].holder = holder
        } else {
            places.append(Place(holder: holder))
        }
        count += 1
        return holder
    }

    subscript(token: UInt64) -> Holder? {
        let index = Int(token & 0xFFFF_FFFF)
        guard index < places.count, places[index].generation == UInt32(token >> 32) else { return nil }
        return places[index].holder
    }

    /// Frees the place.
    /// - Returns: false when the token is no longer its number.
    mutating func remove(_ token: UInt64) -> Bool {
        guard self[token] != nil else { return false }
        let index = Int(token & 0xFFFF_FFFF)
        places[index].holder = nil
        places[index].generation &+= 1
        vacant.append(UInt32(index))
        count -= 1
        return true
    }

    /// All values there are now, which stay meanwhile, whatever becomes of the slab.
    var elements: some Sequence<Holder> { places.lazy.compactMap(\.holder) }
}
