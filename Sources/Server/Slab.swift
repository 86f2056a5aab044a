// SPDX-License-Identifier: Apache-2.0

/// Objects under numbers that are never mistaken: a place is used again, but its number differs each time, so that news
/// meant for the one before finds nobody.
struct Slab<Element: AnyObject> {
    private struct Place {
        var generation: UInt32 = 0
        var element: Element?
    }

    private var places: [Place] = []
    private var vacant: [UInt32] = []
    private(set) var count = 0

    /// The largest number of places; tokens at and above it are free for other uses.
    static var capacity: Int { 1 << 24 }

    var isEmpty: Bool { count == 0 }

    /// The token that the next object will have; nil when all places are taken.
    var nextToken: UInt64? {
        if let index = vacant.last { return UInt64(places[Int(index)].generation) << 32 | UInt64(index) }
        return places.count < Self.capacity ? UInt64(places.count) : nil
    }

    /// Puts an object under `nextToken`.
    mutating func insert(_ element: Element) {
        if let index = vacant.popLast() {
            places[Int(index)].element = element
        } else {
            places.append(Place(element: element))
        }
        count += 1
    }

    subscript(token: UInt64) -> Element? {
        let index = Int(token & 0xFFFF_FFFF)
        guard index < places.count, places[index].generation == UInt32(token >> 32) else { return nil }
        return places[index].element
    }

    /// Frees the place, if the token is still its number.
    mutating func remove(_ token: UInt64) {
        guard self[token] != nil else { return }
        let index = Int(token & 0xFFFF_FFFF)
        places[index].element = nil
        places[index].generation &+= 1
        vacant.append(UInt32(index))
        count -= 1
    }

    /// All objects there are now; the slab may be changed meanwhile. Going over them allocates nothing.
    var elements: some Sequence<Element> { places.lazy.compactMap(\.element) }
}
