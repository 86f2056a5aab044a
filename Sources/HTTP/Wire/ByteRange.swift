// SPDX-License-Identifier: Apache-2.0

/// Where something stands within the bytes of a request head: offsets from the first byte parsed. A head is bounded by
/// `Limits` to far below 4 GiB.
package struct ByteRange: Sendable, Hashable {
    package private(set) var start: UInt32
    package private(set) var end: UInt32

    package init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    package static let empty = ByteRange(0, 0)

    package var count: Int { Int(end) - Int(start) }
    package var isEmpty: Bool { start == end }
    package var range: Range<Int> { Int(start)..<max(Int(start), Int(end)) }
}
