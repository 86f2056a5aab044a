// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets

/// Talks to the server that runs on a database, through the Unix socket beside it. One request a connection.
struct LocalClient {
    private let address: SocketAddress

    /// How long an answer may take, in seconds.
    private let patience: Int

    init(database: String, patience: Int = 600) {
        address = .unix(path: Self.socketPath(database))
        self.patience = patience
    }

    static func socketPath(_ database: String) -> String { database + ".sock" }

    struct Answer {
        let status: Int
        let body: [UInt8]
    }

    /// - Returns: nil when no server listens there.
    func send(_ method: String, _ target: String, body: [UInt8] = [], type: String? = nil) throws -> Answer? {
        let socket: Socket
        do throws(Errno) { socket = try Socket.connect(to: address) } catch {
            // No socket, one that a server left behind when it was killed, or a path on which none can be.
            if [ENOENT, ECONNREFUSED, ENAMETOOLONG].contains(error.code) { return nil }
            throw Failure("cannot reach the server through \(address): \(error)")
        }
        let head = """
            \(method) \(target) HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            \(type.map { "Content-Type: \($0)\r\n" } ?? "")\
            Content-Length: \(body.count)\r
            \r

            """
        let received: [UInt8]
        do throws(Errno) {
            try socket.limitWaits(to: patience)
            // A server that refuses a body need not read it all: its answer says why, so it is read all the same.
            let unsent = socket.failure(sending: Array(head.utf8) + body)
            received = try socket.receiveAll(limit: 256 << 20)
            if received.isEmpty, let unsent { throw unsent }
        } catch { throw Failure("the connection to the server broke: \(error)") }
        return try Self.parse(received)
    }

    /// Splits an answer that ends with its connection; its length must be the one it was announced with.
    private static func parse(_ bytes: [UInt8]) throws -> Answer {
        let broken = Failure("the server's answer broke off; look at its log")
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw broken }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, let status = Int(words[1]) else { throw broken }
        let body = Array(bytes[end.upperBound...])
        let length = lines.dropFirst().first { $0.lowercased().hasPrefix("content-length:") }
        if let length = length?.split(separator: ":").last, Int(length.drop(while: \.isWhitespace)) != body.count {
            throw broken
        }
        return Answer(status: status, body: body)
    }
}

extension Socket {
    /// Sends what the peer takes; why it did not take all of it, if so.
    fileprivate borrowing func failure(sending bytes: [UInt8]) -> Errno? {
        do throws(Errno) {
            try sendAll(bytes)
            return nil
        } catch { return error }
    }
}
