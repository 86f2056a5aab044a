// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// A connected stream socket.
package struct Socket: ~Copyable, Sendable {
    /// What a read that may not wait came to.
    package enum Received: Equatable, Sendable {
        /// So many bytes, at least one.
        case bytes(Int)
        /// Nothing there yet.
        case wouldBlock
        /// The peer has sent its last byte.
        case end
        case failed(Errno)
    }

    /// What a write that may not wait came to.
    package enum Sent: Equatable, Sendable {
        /// The kernel took so many bytes, perhaps not all.
        case bytes(Int)
        /// The kernel's buffer is full.
        case wouldBlock
        case failed(Errno)
    }

    private let descriptor: FileDescriptor

    package init(_ descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
    }

    /// For epoll only; valid while the socket lives.
    package var number: Int32 { descriptor.number }

    /// Connects and waits until that has worked or failed. The socket stays blocking.
    package static func connect(to address: SocketAddress) throws(Errno) -> Socket {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = FileDescriptor(
            owning: try Errno.check("socket") { Glibc.socket(address.family, flags, 0) })
        try address.connect(descriptor)
        return Socket(descriptor)
    }

    /// Reads what is there into the beginning of `buffer`, which must not be empty.
    package borrowing func receive(into buffer: inout MutableSpan<UInt8>) -> Received {
        while true {
            // Unsafe: the kernel writes at most so many bytes into the span lent for the call.
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe readout_recv(number, $0.baseAddress, $0.count, 0)
            }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            let code = errno
            if code == EAGAIN { return .wouldBlock }
            if code != EINTR { return .failed(Errno(call: "recv", code: code)) }
        }
    }

    /// Looks at the next byte without taking it, and without waiting even if the socket is blocking.
    package borrowing func peek(at byte: inout UInt8) -> Received {
        while true {
            // Unsafe: the kernel writes at most the one byte lent for the call.
            let count = unsafe recv(number, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            let code = errno
            if code == EAGAIN { return .wouldBlock }
            if code != EINTR { return .failed(Errno(call: "recv", code: code)) }
        }
    }

    /// Hands over as many bytes as the kernel takes. A closed peer is an error here, never a signal.
    package borrowing func send(_ bytes: UnsafeRawBufferPointer) -> Sent {
        while true {
            // Unsafe: the kernel only reads the bytes lent for the call.
            let count = unsafe readout_send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .bytes(count) }
            let code = errno
            if code == EAGAIN { return .wouldBlock }
            if code != EINTR { return .failed(Errno(call: "send", code: code)) }
        }
    }

    /// Says that no more bytes will come from this side. A peer already gone makes no difference.
    package borrowing func finishSending() {
        _ = shutdown(number, Int32(SHUT_WR))
    }

    /// Sends small answers at once instead of waiting for more (`TCP_NODELAY`).
    package borrowing func sendWithoutDelay() throws(Errno) {
        try Self.set(IPPROTO_TCP, TCP_NODELAY, to: 1, on: descriptor)
    }

    /// Makes a blocking socket's waits end after so long, as `wouldBlock`.
    package borrowing func limitWaits(to seconds: Int) throws(Errno) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            // Unsafe: the option's value is one timeval that lasts for the call.
            try Errno.check("setsockopt") { unsafe setsockopt(number, SOL_SOCKET, option, &time, size) }
        }
    }

    /// Sets an integer socket option.
    static func set(
        _ level: Int, _ option: Int32, to value: Int32, on descriptor: borrowing FileDescriptor
    ) throws(Errno) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        // Unsafe: the option's value is one Int32 that lasts for the call.
        try Errno.check("setsockopt") { unsafe setsockopt(descriptor.number, Int32(level), option, &value, size) }
    }
}
