// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets

/// Talks to the server that runs on a database, through the Unix socket beside it. One request a connection.
struct LocalClient {
    private let address: SocketAddress

    init(database: String) {
        address = .unix(path: Self.socketPath(database))
    }

    static func socketPath(_ database: String) -> String { database + ".sock" }

    struct Answer {
        let status: Int
        let body: [UInt8]
    }

    /// - Returns: nil when no server listens there.
    func send(_ method: String, _ target: String, body: [UInt8] = []) throws -> Answer? {
        let socket: Socket
        do throws(Errno) { socket = try Socket.connect(to: address) } catch { return nil }
        try socket.limitWaits(to: 120)
        let head = """
            \(method) \(target) HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Content-Length: \(body.count)\r
            \r

            """
        try socket.sendAll(Array(head.utf8) + body)
        return try Self.parse(try socket.receiveAll(limit: 256 << 20))
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
