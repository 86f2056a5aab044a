// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import Testing

@testable import TLS

/// Our side and a client on the two ends of a stream, neither of which ever waits.
final class TestPair {
    private let server: TLSConnection
    private let descriptor: FileDescriptor
    let client: TestTLSClient

    init(_ context: TLSContext, host: String? = nil, protocols: [String] = []) throws {
        // The server's side writes through OpenSSL, which has no MSG_NOSIGNAL.
        SignalDescriptor.ignoreBrokenPipes()
        var numbers: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
        // Unsafe: the kernel writes two numbers.
        try #require(unsafe socketpair(AF_UNIX, kind, 0, &numbers) == 0)
        descriptor = FileDescriptor(owning: numbers[0])
        client = try TestTLSClient(FileDescriptor(owning: numbers[1]), host: host, protocols: protocols)
        server = try TLSConnection(context, descriptor: numbers[0])
    }

    var isUntouched: Bool { server.isUntouched }
    var isEstablished: Bool { server.isEstablished }
    var isResumed: Bool { server.isResumed }
    var hasPending: Bool { server.hasPending }

    /// Lets both sides have their turns until the handshake is over; false when the server's side fails.
    func shakeHands() -> Bool {
        for _ in 0..<20 {
            let isClientDone = client.shakeHands()
            switch server.shakeHands() {
            case .done: if isClientDone { return true }
            case .wantsToRead, .wantsToWrite: break
            case .end, .failed: return false
            }
        }
        return false
    }

    /// One step of the server's side of the handshake.
    func step() -> TLSConnection.Step { server.shakeHands() }

    /// What the server's side gives out in one step, and how that went.
    func receive() -> (text: String, step: TLSConnection.Step) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var span = bytes.mutableSpan
        let step = server.receive(into: &span)
        guard case .done(let count) = step else { return ("", step) }
        return (String(decoding: bytes.prefix(count), as: UTF8.self), step)
    }

    func send(_ bytes: ArraySlice<UInt8>) -> TLSConnection.Step {
        // Unsafe: lent for the call only.
        unsafe bytes.withUnsafeBytes { unsafe server.send($0) }
    }

    func finishSending() { server.finishSending() }
}
