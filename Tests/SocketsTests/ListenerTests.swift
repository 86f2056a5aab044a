// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Sockets

@Suite struct ListenerTests {
    private let path = "/tmp/readout-listener-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"

    @Test func theKernelChoosesThePort() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        #expect(listener.address.port != 0)
        _ = try Socket.connect(to: listener.address)
    }

    @Test func anAddressIsBoundOnce() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        let address = listener.address
        #expect(throws: Errno(call: "bind", code: EADDRINUSE)) { _ = try Listener(address) }
    }

    @Test func clientsAreRefusedUntilItListens() throws {
        let bound = try BoundSocket(.ipv4(0x7F00_0001, port: 0))
        let address = bound.address
        #expect(throws: Errno(call: "connect", code: ECONNREFUSED)) { _ = try Socket.connect(to: address) }
        let listener = try Listener(bound)
        #expect(listener.address == address)
        _ = try Socket.connect(to: address)
    }

    @Test func allAddressesMeansBothFamilies() throws {
        let listener = try Listener(#require(SocketAddress("*:0")))
        let port = try #require(listener.address.port)
        _ = try Socket.connect(to: .ipv4(0x7F00_0001, port: port))
        guard case .ipv6 = listener.address else { return }  // a machine without IPv6
        _ = try Socket.connect(to: .ipv6(high: 0, low: 1, port: port))
    }

    @Test func acceptDoesNotWait() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        guard case .nothing = listener.accept() else {
            Issue.record("nobody has connected")
            return
        }
        let client = try Socket.connect(to: listener.address)
        guard case .connection(let accepted, _) = listener.accept() else {
            Issue.record("somebody has connected")
            return
        }
        var buffer = [UInt8](repeating: 0, count: 8)
        #expect(receive(accepted, &buffer) == .wouldBlock)
        let text = Array("hello".utf8)
        #expect(unsafe text.withUnsafeBytes { unsafe client.send($0) } == .bytes(5))
        #expect(receive(accepted, &buffer) == .bytes(5))
        #expect(buffer.prefix(5) == text[...])
        client.finishSending()
        #expect(receive(accepted, &buffer) == .end)
    }

    @Test func aFullKernelBufferIsNoError() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        let client = try Socket.connect(to: listener.address)
        guard case .connection(let accepted, _) = listener.accept() else {
            Issue.record("somebody has connected")
            return
        }
        let bytes = [UInt8](repeating: 0, count: 1 << 20)
        var outcome = Socket.Sent.bytes(0)
        for _ in 0..<100 where outcome != .wouldBlock {
            outcome = unsafe bytes.withUnsafeBytes { unsafe accepted.send($0) }
        }
        #expect(outcome == .wouldBlock)
        client.finishSending()
    }

    @Test func aSocketFileIsItsOwnersAlone() throws {
        do {
            let listener = try Listener(.unix(path: path))
            #expect(listener.address == .unix(path: path))
            #expect(mode == S_IFSOCK | 0o600)
            _ = try Socket.connect(to: .unix(path: path))
        }
        #expect(mode == nil)
    }

    @Test func aDesertedSocketFileIsReplacedAndALiveOneIsNot() throws {
        do {
            // Bound without a listener: what a killed process leaves behind.
            let dead = FileDescriptor(owning: Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
            try SocketAddress.unix(path: path).bind(dead)
        }
        let listener = try Listener(.unix(path: path))
        let path = path
        #expect(throws: Errno(call: "bind", code: EADDRINUSE)) { _ = try Listener(.unix(path: path)) }
        _ = try Socket.connect(to: listener.address)
    }

    @Test func aFileThatIsNoSocketIsLeftAlone() throws {
        let file = unsafe fopen(path, "w")
        try #require(unsafe file != nil)
        unsafe fclose(file)
        defer { unsafe unlink(path) }
        let path = path
        #expect(throws: Errno(call: "bind", code: EADDRINUSE)) { _ = try Listener(.unix(path: path)) }
        #expect(try #require(mode) & S_IFMT == S_IFREG)
    }

    @Test func aPathThatDoesNotFitIsAnError() {
        let path = "/tmp/" + String(repeating: "x", count: 200)
        #expect(throws: Errno(call: "bind", code: ENAMETOOLONG)) { _ = try Listener(.unix(path: path)) }
    }

    @Test func refusingTurnsClientsAway() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        listener.refuseConnections()
        let address = listener.address
        #expect(throws: Errno(call: "connect", code: ECONNREFUSED)) { _ = try Socket.connect(to: address) }
        guard case .nothing = listener.accept() else {
            Issue.record("nobody can have connected")
            return
        }
    }

    private func receive(_ socket: borrowing Socket, _ buffer: inout [UInt8]) -> Socket.Received {
        var span = buffer.mutableSpan
        return socket.receive(into: &span)
    }

    /// Nil when there is no such file.
    private var mode: mode_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode : nil
    }
}
