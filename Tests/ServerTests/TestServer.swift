// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Server
import Sockets
import TLS
import TestSupport

/// A server on a port of its own, stopped when the test lets go of it.
final class TestServer {
    let state: TestHandlerState
    let server: Server

    init(
        tls: TLSFiles? = nil, local: SocketAddress? = nil, configure: (inout ServerConfiguration) -> Void = { _ in },
        observer: TestObserver? = nil
    ) throws {
        SignalDescriptor.ignoreBrokenPipes()
        var configuration = ServerConfiguration()
        configuration.loops = 1
        configure(&configuration)
        let state = TestHandlerState()
        self.state = state
        let network = try Listener(.ipv4(0x7F00_0001, port: 0))
        let localListener: Listener? = if let local { try Listener(local) } else { nil }
        server = try Server(
            network: network, tls: tls, local: localListener, configuration: configuration,
            makeObserver: { _ in observer.map(TestObserver.Loop.init) }, makeHandler: { TestHandler(state, loop: $0) })
    }

    deinit {
        state.openGate()
        server.stop()
        server.wait()
    }

    func connect() throws -> TestClient {
        try TestClient(server.boundAddress)
    }
}

func pauseBriefly() {
    usleep(1000)
}

/// Looks again and again until it is so, for ten seconds at most.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let end = SystemClock.monotonicMilliseconds() + 10_000
    while SystemClock.monotonicMilliseconds() < end {
        if try condition() { return true }
        pauseBriefly()
    }
    return false
}
