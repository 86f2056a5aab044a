// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// A listening socket, and the socket file that came with it. Any number of threads may accept from it.
package struct Listener: ~Copyable, Sendable {
    /// What asking for the next connection came to.
    package enum Accepted: ~Copyable {
        /// A connection, non-blocking, and where it comes from if that is no socket file.
        case connection(Socket, IPAddress?)
        /// Nobody is waiting.
        case nothing
        /// One was lost: its client gave up, or it was closed at once because the process has no descriptors left.
        case dropped
        /// The kernel has nothing left to make a connection from, and it stays queued: pause before asking again.
        case exhausted
    }

    /// Where it listens, with the port the kernel chose when 0 was asked for.
    package let address: SocketAddress
    private let descriptor: FileDescriptor
    private let file: SocketFile?
    /// Given up for a moment when descriptors run out: without one, a connection could be neither taken nor refused,
    /// and a level-triggered wait would report it for ever.
    private let spare: Mutex<FileDescriptor?>

    /// From now on clients are let in, to wait until they are accepted.
    package init(_ socket: consuming BoundSocket, backlog: Int32 = 4096) throws(Errno) {
        let number = socket.descriptor.number
        try Errno.check("listen") { listen(number, backlog) }
        address = socket.address
        file = if case .unix(let path) = socket.address { SocketFile(path: path) } else { nil }
        descriptor = socket.descriptor
        spare = Mutex(Self.makeSpare())
    }

    /// Binds and listens.
    package init(_ address: SocketAddress) throws(Errno) {
        try self.init(BoundSocket(address))
    }

    deinit {
        file?.remove()
    }

    /// For epoll only; valid while the listener lives.
    package var number: Int32 { descriptor.number }

    /// Takes the next connection of the queue.
    package borrowing func accept() -> Accepted {
        var peer = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let number = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
            // Unsafe: every address structure begins as sockaddr does, and the kernel is told how much room there is.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe accept4(descriptor.number, $0, &length, Self.connectionFlags)
            }
        }
        if number >= 0 {
            return .connection(Socket(FileDescriptor(owning: number)), IPAddress(SocketAddress.read(from: peer)))
        }
        switch errno {
        case EAGAIN: return .nothing
        case EMFILE, ENFILE: return shed()
        case ENOBUFS, ENOMEM: return .exhausted
        case EINVAL, EBADF: return .nothing  // refuses new connections since `refuseConnections`
        default: return .dropped  // the connection's own error (accept(2): ECONNABORTED, EPROTO, …): next, please
        }
    }

    /// From now on clients are turned away by the kernel. The address is free once the listener is gone.
    package borrowing func refuseConnections() {
        _ = shutdown(descriptor.number, Int32(SHUT_RDWR))
    }

    /// Opens the spare descriptor's place, takes the connection there and closes it at once.
    private borrowing func shed() -> Accepted {
        spare.withLock { spare in
            guard spare != nil else {
                spare = Self.makeSpare()
                return .exhausted
            }
            spare = nil
            let number = accept4(descriptor.number, nil, nil, Self.connectionFlags)
            if number >= 0 { _ = close(number) }
            spare = Self.makeSpare()
            return number >= 0 ? .dropped : .exhausted
        }
    }

    private static var connectionFlags: Int32 { Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue) }

    private static func makeSpare() -> FileDescriptor? {
        let number = eventfd(0, Int32(EFD_CLOEXEC))
        return number >= 0 ? FileDescriptor(owning: number) : nil
    }
}
