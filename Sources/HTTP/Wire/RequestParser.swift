// SPDX-License-Identifier: Apache-2.0

/// Reads request heads (RFC 9112) from what a connection has received. Strict: what two implementations might read
/// differently is refused.
///
/// Each call gives all bytes since the end of the last request. The outcome depends on the bytes alone, not on how they
/// were cut into calls; only how soon a fault is noticed may, in a long head that comes in many small pieces.
package struct RequestParser: Sendable {
    package let limits: Limits

    /// How far the end of the head has been looked for, so that a drip of single bytes costs O(n).
    private var scanned = 0
    /// The bytes passed over by attempts that ran out of input.
    private var spent = 0
    /// What attempts may spend before they are rationed: some tens of microseconds a request.
    private static let allowance = 65_536

    package init(limits: Limits) {
        self.limits = limits
    }

    /// - Returns: true when `head` describes a whole head, false when more bytes are needed (`head` is then undefined).
    package mutating func parse(_ bytes: Span<UInt8>, into head: inout RequestHead) throws(WireError) -> Bool {
        guard isWorthReading(bytes) else { return false }
        guard try HeadReader(limits: limits).read(bytes, into: &head) else {
            spent += bytes.count
            return false
        }
        scanned = 0
        spent = 0
        return true
    }

    /// Reading starts from the first byte each time, so it must not happen at each drop of a drip: it is worth it when
    /// the end is in sight, when a limit is passed, or while all attempts together stay within the allowance and a few
    /// times the bytes received. The last catches faults early.
    private mutating func isWorthReading(_ bytes: Span<UInt8>) -> Bool {
        if spent <= 3 * bytes.count + Self.allowance || bytes.count > limits.wholeHead { return true }
        var index = max(scanned, 3)
        scanned = max(scanned, bytes.count)
        while index < bytes.count {
            // LF LF or LF CR LF: whether the line ends are right is not the question here.
            if bytes[index] == .lineFeed, bytes[index - 1] == .lineFeed || bytes[index - 2] == .lineFeed { return true }
            index += 1
        }
        return false
    }
}
