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

    /// Takes a place for the object made for its token. Nil when all are taken.
    mutating func insert(_ make: (_ token: UInt64) -> Element) -> Element? {
        let index: UInt32
        if let last = vacant.popLast() {
            index = last
        } else {
            guard places.count < Self.capacity else { return nil }
            index = UInt32(places.count)
            places.append(Place())
        }
        let element = make(UInt64(places[Int(index)].generation) << 32 | UInt64(index))
        places[Int(index)].element = element
        count += 1
        return element
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

    /// All objects there are now; the slab may be changed meanwhile.
    var elements: [Element] { places.compactMap(\.element) }
}
