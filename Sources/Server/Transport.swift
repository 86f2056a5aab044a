// SPDX-License-Identifier: Apache-2.0

import Sockets
import TLS

/// The way between a connection and its client: all that is read or written goes through here, in the clear or by TLS.
struct Transport: ~Copyable {
    /// What a step came to.
    enum Step {
        /// So many bytes, at least one.
        case bytes(Int)
        /// Nothing before the socket can be read or written; with TLS either step may have to wait for either.
        case waits(Epoll.Interest)
        /// The client has sent its last byte.
        case end
        case failed
    }

    /// What going on with a handshake came to.
    enum Handshake {
        case done
        case waits(Epoll.Interest)
        /// The client speaks HTTP without TLS.
        case plainHTTP
        case failed(TLSError)
    }

    /// Nil in the clear.
    private var tls: TLSConnection?
    private let socket: Socket

    /// - Parameter tls: nil to speak in the clear.
    init(_ socket: consuming Socket, tls context: TLSContext?) throws(TLSError) {
        if let context { tls = try TLSConnection(context, descriptor: socket.number) } else { tls = nil }
        self.socket = socket
    }

    /// For epoll only; valid while the transport lives.
    var number: Int32 { socket.number }

    var isSecure: Bool { tls != nil }

    /// Bytes are here that epoll will not report. They may be too few for `receive` to give out.
    var hasPending: Bool {
        switch tls {
        case .some(let tls): tls.hasPending
        case .none: false
        }
    }

    borrowing func shakeHands() -> Handshake {
        switch tls {
        case .none: return .done
        case .some(let tls):
            if tls.isUntouched {
                var byte: UInt8 = 0
                switch socket.peek(at: &byte) {
                // A method begins with a letter, a handshake with 22 (RFC 8446, section 5.1).
                case .bytes where (0x41...0x5A).contains(byte & 0xDF): return .plainHTTP
                case .wouldBlock: return .waits(.reading)
                case .bytes, .end, .failed: break
                }
            }
            switch tls.shakeHands() {
            case .done: return .done
            case .wantsToRead: return .waits(.reading)
            case .wantsToWrite: return .waits(.writing)
            case .end: return .failed(.broken)
            case .failed(let error): return .failed(error)
            }
        }
    }

    borrowing func receive(into buffer: inout MutableSpan<UInt8>) -> Step {
        switch tls {
        case .some(let tls): return Self.step(tls.receive(into: &buffer))
        case .none: break
        }
        return switch socket.receive(into: &buffer) {
        case .bytes(let count): .bytes(count)
        case .wouldBlock: .waits(.reading)
        case .end: .end
        case .failed: .failed
        }
    }

    borrowing func send(_ bytes: UnsafeRawBufferPointer) -> Step {
        // Unsafe: passed on as lent.
        switch tls {
        case .some(let tls): return Self.step(unsafe tls.send(bytes))
        case .none: break
        }
        return switch unsafe socket.send(bytes) {
        case .bytes(let count): .bytes(count)
        case .wouldBlock: .waits(.writing)
        case .failed: .failed
        }
    }

    /// Tells the client that the last byte has been sent; it may still send.
    borrowing func finishSending() {
        sayGoodbye()
        socket.finishSending()
    }

    /// Tells the client that the connection ends here, where it could not tell that from an attack otherwise.
    borrowing func sayGoodbye() {
        switch tls {
        case .some(let tls): tls.finishSending()
        case .none: break
        }
    }

    /// From now on in the clear: what TLS was for is over, or never began.
    mutating func dropTLS() {
        tls = nil
    }

    private static func step(_ step: TLSConnection.Step) -> Step {
        switch step {
        case .done(let count): .bytes(count)
        case .wantsToRead: .waits(.reading)
        case .wantsToWrite: .waits(.writing)
        case .end: .end
        case .failed: .failed
        }
    }
}
