// SPDX-License-Identifier: Apache-2.0

import HTTP

/// Answers of one batch of requests, which go to the kernel together when the last of them has been made, or some time has gone by.
///
/// Each one that leaves by itself may wake its client, which has a processor change over to it for one answer; woken for several,
/// clients also ask for several again.
struct OutputBatch: ~Copyable {
    /// Nanoseconds that an answer waits for others, but for the time that one of them takes.
    private static let patience: UInt64 = 1_000_000
    /// Bytes that wait. A client that is to have more by itself has them at once.
    static let most = 64 * 1024

    /// Whose bytes those are that stand in front.
    typealias Share = (token: UInt64, byteCount: Int)

    private(set) var bytes = OutputBuffer()
    private var shares: [Share] = []
    /// The first of the shares that are still here.
    private var place = 0
    private var began: UInt64 = 0

    var isEmpty: Bool { shares.isEmpty }

    /// Takes answers over.
    /// - Parameter moment: nanoseconds of the monotonic clock.
    mutating func add(_ output: inout OutputBuffer, for token: UInt64, at moment: UInt64) {
        if shares.isEmpty { began = moment }
        shares.append((token, output.count))
        // Unsafe: lent for the copy only, and the two buffers are not the same.
        unsafe output.withUnsafeBytes { unsafe bytes.append($0) }
        output.removeAll()
    }

    func isDue(at moment: UInt64) -> Bool {
        !shares.isEmpty && (moment > began + Self.patience || bytes.count > Self.most)
    }

    /// The share whose bytes stand in front now; nil when all are gone.
    var next: Share? { place < shares.count ? shares[place] : nil }

    /// Lets go of the share in front.
    mutating func removeFirst() {
        guard let next else { return }
        bytes.consume(next.byteCount)
        place += 1
        guard place == shares.count else { return }
        bytes.removeAll()
        shares.removeAll(keepingCapacity: true)
        place = 0
    }
}
