// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets

/// Who is asking, as far as the server can tell.
struct Caller: Sendable {
    let origin: Request.Origin
    /// Nil through a socket file.
    var address: IPAddress?
}

/// What a request must pass before anybody looks at what it asks for. One for all loops.
struct Gate: Sendable {
    private let hosts: HostNames?
    private let limiter: RateLimiter?
    private let proxies: [IPNetwork]

    init(_ configuration: ServerConfiguration) {
        hosts = configuration.hosts
        proxies = configuration.trustedProxies
        limiter =
            configuration.requestsPerSecond > 0
            ? RateLimiter(perSecond: configuration.requestsPerSecond, burst: configuration.requestBurst) : nil
    }

    /// Whether a request that is the same, byte by byte, as one that has passed passes too, with the peer as its caller.
    var judgesByBytesAlone: Bool { limiter == nil && proxies.isEmpty }

    /// The caller behind the proxies that are trusted: the last one named that is none of them. A proxy that names nobody, or
    /// something that is no address, is the caller itself.
    func caller(behind peer: Caller, _ head: borrowing RequestHead, _ bytes: Span<UInt8>) -> Caller {
        guard var address = peer.address, isTrusted(address), let nodes = ForwardedNodes.read(head, of: bytes) else {
            return peer
        }
        for node in nodes.reversed() {
            guard let next = IPAddress(node) else { break }
            address = next
            if !isTrusted(address) { break }
        }
        return Caller(origin: peer.origin, address: address)
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        proxies.contains { $0.contains(address) }
    }

    /// Why a request is not for this server; nil when it is.
    func refusal(of head: borrowing RequestHead, _ bytes: Span<UInt8>, _ caller: Caller) -> WireError? {
        guard let hosts, caller.origin == .network, !hosts.include(head, of: bytes) else { return nil }
        return .misdirectedRequest
    }

    /// The whole seconds that this caller must wait, when it has asked too much of late; nil when it has not.
    func wait(for caller: Caller) -> Int? {
        guard let limiter, caller.origin == .network, let address = caller.address else { return nil }
        let wait = limiter.take(address, now: SystemClock.monotonicNanoseconds())
        return wait.map { Int(clamping: ($0 + 999_999_999) / 1_000_000_000) }
    }
}
