// SPDX-License-Identifier: Apache-2.0

import Sockets

/// The way between a connection and its client: all that is read or written goes through here.
enum Transport: ~Copyable {
    case plain(Socket)

    /// For epoll only; valid while the transport lives.
    var number: Int32 {
        switch self {
        case .plain(let socket): socket.number
        }
    }

    borrowing func receive(into buffer: inout MutableSpan<UInt8>) -> Socket.Received {
        switch self {
        case .plain(let socket): socket.receive(into: &buffer)
        }
    }

    borrowing func send(_ bytes: UnsafeRawBufferPointer) -> Socket.Sent {
        switch self {
        // Unsafe: passed on as lent.
        case .plain(let socket): unsafe socket.send(bytes)
        }
    }

    /// Tells the client that the last byte has been sent.
    borrowing func finishSending() {
        switch self {
        case .plain(let socket): socket.finishSending()
        }
    }
}
