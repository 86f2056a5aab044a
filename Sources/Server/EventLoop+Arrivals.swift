// SPDX-License-Identifier: Apache-2.0

import HTTP
import Logging
import Sockets
import TLS

/// How connections come: what is called here may touch the value of one.
extension EventLoop {
    mutating func accept(_ entry: Listeners.Entry, atMost count: Int) {
        for _ in 0..<count {
            switch entry.listener.accept() {
            case .connection(let socket, let address):
                let count = listenerWatch.listeners.connectionOpens(entry.origin)
                let arrival = Arrival(socket, address, entry, count: count)
                if !neighbours.handOver(arrival) { welcome(arrival) }
            case .dropped: continue
            case .nothing: return
            case .exhausted: return listenerWatch.pause(epoll)
            }
        }
    }

    /// Takes on a connection that is counted as this loop's already.
    mutating func welcome(_ arrival: Arrival) {
        guard let socket = arrival.take() else { return }
        let entry = arrival.entry
        let origin = entry.origin
        responder.figures.connectionsAccepted &+= 1
        if origin == .network { try? socket.sendWithoutDelay() }
        // Beyond the limit there is room for a few more, who are told so unless that takes a handshake; after that they are
        // closed at once.
        let limit = configuration.connections + (entry.tls == nil ? 64 : 0)
        guard arrival.count <= limit, let token = connections.nextToken else {
            responder.figures.refuse("tooManyConnections")
            return leave(origin)
        }
        guard let transport = transport(socket, entry.tls?.context) else { return leave(origin) }
        var limits = configuration.limits
        limits.body = bodyLimit(origin)
        let connection = connections.insert(
            Connection(
                transport, peer: Caller(origin: origin, address: arrival.address), token: token, limits: limits,
                now: now))
        do throws(Errno) {
            try epoll.add(connection.value.number, for: .reading, token: token)
        } catch {
            return connection.value.close(&self)
        }
        if arrival.count > configuration.connections { connection.value.turnAway(&self) }
        if isDraining { connection.value.drain(&self) }
    }

    private func transport(_ socket: consuming Socket, _ tls: TLSContext?) -> Transport? {
        do throws(TLSError) {
            return try Transport(socket, tls: tls)
        } catch {
            logger.warning("A connection was dropped", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Counts a connection as gone.
    func leave(_ origin: Request.Origin) {
        mailbox.connectionGoes()
        listenerWatch.listeners.connectionCloses(origin)
    }
}
