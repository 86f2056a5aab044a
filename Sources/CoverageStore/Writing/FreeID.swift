// SPDX-License-Identifier: Apache-2.0

internal import Coverage

extension Reader {
    /// Whether a record has this id, or had it: ids are never used again.
    func isTaken(_ id: String, of type: FactType) throws -> Bool {
        try has(id, of: type) || tombstone(id, of: type) != nil
    }

    /// The slug of a name, with a number behind it where it is taken.
    /// - Parameter reserved: ids that are about to be given out.
    func freeID(for name: String, of type: FactType, besides reserved: Set<String> = []) throws -> String {
        // A name without letters that a slug could have still names something.
        guard let base = Slug.make(from: name) ?? Slug(type.rawValue) else { return "" }
        func isTaken(_ id: Slug) throws -> Bool {
            try reserved.contains(id.description) || self.isTaken(id.description, of: type)
        }
        guard try isTaken(base) else { return base.description }
        // Numbers are given out in order: a free one right after a taken one is found by doubling, then by halving.
        var (taken, free): (UInt32, UInt32) = (1, 2)
        while try isTaken(base.numbered(free)) { (taken, free) = (free, free < 1 << 31 ? free * 2 : free &+ 1) }
        while free > taken, free - taken > 1 {
            let middle = taken + (free - taken) / 2
            if try isTaken(base.numbered(middle)) { taken = middle } else { free = middle }
        }
        return base.numbered(free).description
    }
}
