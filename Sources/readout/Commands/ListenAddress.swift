// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets

/// A place of the network to listen at, with the settings that name it.
struct ListenAddress {
    let host: String
    let port: UInt16
    /// What is before `host` and `port` in the settings' names.
    var prefix = ""

    /// Clients are refused until it listens.
    func bind() throws -> BoundSocket {
        let address = try address(port: port)
        do throws(Errno) { return try BoundSocket(address) } catch { throw failure(error, at: address) }
    }

    /// Finds out whether the host is one of this machine's, without taking the port.
    func checkHost() throws {
        let address = try address(port: 0)
        do throws(Errno) { _ = try BoundSocket(address) } catch { throw failure(error, at: address) }
    }

    func listen(_ socket: consuming BoundSocket) throws -> Listener {
        let address = socket.address
        do throws(Errno) { return try Listener(socket) } catch { throw failure(error, at: address) }
    }

    private func address(port: UInt16) throws -> SocketAddress {
        guard let address = SocketAddress(host: host, port: port) else {
            throw Failure("--\(prefix)host \(host) is no address")
        }
        return address
    }

    private func failure(_ error: Errno, at address: SocketAddress) -> Failure {
        let remedy =
            switch error.code {
            case EADDRINUSE: "stop what listens there, or name another --\(prefix)port"
            case EADDRNOTAVAIL: "--\(prefix)host must be an address of this machine"
            default: "see --\(prefix)host and --\(prefix)port"
            }
        return Failure("cannot listen on \(address): \(error); \(remedy)")
    }
}

extension ServeSettings {
    /// Where clients come in.
    var publicAddress: ListenAddress { ListenAddress(host: serving.host, port: serving.port) }

    /// Where the operator's programs do; nil where they have no place of their own.
    var adminAddress: ListenAddress? {
        operation.adminPort.map { port in
            ListenAddress(
                host: operation.adminHost ?? OperationSettings.defaultAdminHost, port: port, prefix: "admin-")
        }
    }
}
