// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A socket that has its address and does not listen yet: clients are refused until a `Listener` is made of it.
package struct BoundSocket: ~Copyable, Sendable {
    /// What it is bound to, with the port the kernel chose when 0 was asked for.
    package let address: SocketAddress
    let descriptor: FileDescriptor

    /// Binds once: an address that somebody listens on is refused. A Unix socket's file is readable and writable by its
    /// owner alone.
    package init(_ address: SocketAddress) throws(Errno) {
        let descriptor = try Self.bound(to: address)
        self.address = try SocketAddress.bound(to: descriptor) ?? address
        self.descriptor = descriptor
    }

    private static func socket(for address: SocketAddress) throws(Errno) -> FileDescriptor {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        return FileDescriptor(owning: try Errno.check("socket") { Glibc.socket(address.family, flags, 0) })
    }

    private static func bound(to address: SocketAddress) throws(Errno) -> FileDescriptor {
        switch address {
        case .unix(let path):
            let descriptor = try socket(for: address)
            let number = descriptor.number
            // The mode of the unbound socket is what bind gives the file: no moment with wider rights, no umask.
            try Errno.check("fchmod") { fchmod(number, 0o600) }
            try SocketFile.bind(descriptor, to: address, path: path)
            return descriptor
        case .ipv6(0, 0, let port):
            do throws(Errno) {
                return try boundToNetwork(address)
            } catch {
                // A machine without IPv6 can still serve all the addresses it has.
                guard error.code == EAFNOSUPPORT else { throw error }
                return try boundToNetwork(.ipv4(0, port: port))
            }
        case .ipv4, .ipv6:
            return try boundToNetwork(address)
        }
    }

    private static func boundToNetwork(_ address: SocketAddress) throws(Errno) -> FileDescriptor {
        let descriptor = try socket(for: address)
        // Without SO_REUSEADDR a restart waits for old connections to be forgotten; SO_REUSEPORT would let a second
        // server of the same user share the port unnoticed.
        try Socket.set(Int(SOL_SOCKET), SO_REUSEADDR, to: 1, on: descriptor)
        if case .ipv6 = address { try Socket.set(IPPROTO_IPV6, IPV6_V6ONLY, to: 0, on: descriptor) }
        try address.bind(descriptor)
        return descriptor
    }
}
