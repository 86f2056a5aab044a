// SPDX-License-Identifier: Apache-2.0

import Glibc

/// For commands, which have one connection and nothing else to do.
extension Socket {
    /// Sends every byte, waiting as often as it takes.
    package borrowing func sendAll(_ bytes: [UInt8]) throws(Errno) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Unsafe: the bytes are lent for the call.
            switch unsafe rest.withUnsafeBytes({ unsafe send($0) }) {
            case .bytes(let count): rest = rest.dropFirst(count)
            case .wouldBlock: throw Errno(call: "send", code: ETIMEDOUT)
            case .failed(let error): throw error
            }
        }
    }

    /// Reads until the peer has sent its last byte.
    /// - Throws: `EMSGSIZE` when there is more than `limit`, `ETIMEDOUT` when the peer falls silent for too long.
    package borrowing func receiveAll(limit: Int) throws(Errno) -> [UInt8] {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            var span = piece.mutableSpan
            switch receive(into: &span) {
            case .bytes(let count):
                all += piece[..<count]
                if all.count > limit { throw Errno(call: "recv", code: EMSGSIZE) }
            case .wouldBlock: throw Errno(call: "recv", code: ETIMEDOUT)
            case .end: return all
            // A peer that closes without having read all it was sent: what it said before stands.
            case .failed(let error) where error.code == ECONNRESET && !all.isEmpty: return all
            case .failed(let error): throw error
            }
        }
    }
}
