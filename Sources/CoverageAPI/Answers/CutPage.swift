// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore

/// A page of a list that is read whole, since what it is about bounds it; the cursor is a place in that list.
struct CutPage<Element> {
    let elements: ArraySlice<Element>
    /// The cursor of the next page; nil when this is the last.
    let next: String?

    /// - Parameter version: the version of the list for which the cursor holds.
    /// - Throws: `Problem` for a cursor that is none of this list, or of another version.
    init(of all: [Element], from cursor: String?, limit: Int, fingerprint: String, version: Int) throws {
        let start = try cursor.map {
            try Cursor.position($0, fingerprint: fingerprint, version: version, in: all.indices)
        }
        elements = all.dropFirst(start ?? 0).prefix(limit)
        next =
            elements.endIndex < all.endIndex
            ? Cursor.encode([.integer(Int64(elements.endIndex))], fingerprint: fingerprint, version: version) : nil
    }
}
