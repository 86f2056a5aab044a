// SPDX-License-Identifier: Apache-2.0

package import Sockets

/// A client that sends whatever bytes it is told to, and reads answers one by one. Every wait ends after ten seconds.
package final class TestClient {
    package enum Failure: Error, Equatable {
        case timedOut
        /// The server ended the connection amid or before an answer.
        case ended
        case reset(Errno)
        case malformed(String)
    }

    private let socket: Socket
    private var received: [UInt8] = []

    package convenience init(_ address: SocketAddress) throws {
        try self.init(Socket.connect(to: address))
    }

    package init(_ socket: consuming Socket) throws {
        self.socket = socket
        try self.socket.limitWaits(to: 10)
    }

    package func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    package func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Unsafe: lent for the call only.
            switch unsafe rest.withUnsafeBytes({ unsafe socket.send($0) }) {
            case .bytes(let count): rest = rest.dropFirst(count)
            case .wouldBlock: throw Failure.timedOut
            case .failed(let error): throw Failure.reset(error)
            }
        }
    }

    /// No more bytes will come from this side.
    package func finishSending() {
        socket.finishSending()
    }

    /// Whether bytes of an answer, or the end, are there already.
    package func hasSomethingToRead() -> Bool {
        var byte: UInt8 = 0
        return !received.isEmpty || socket.peek(at: &byte) != .wouldBlock
    }

    /// Sends a request and reads its answer.
    package func exchange(_ request: String) throws -> TestResponse {
        try send(request)
        return try readResponse(toHead: request.hasPrefix("HEAD "))
    }

    /// `GET` with a Host field and nothing else but the fields given, each with its line end.
    package func get(_ target: String, fields: String = "") throws -> TestResponse {
        try exchange("GET \(target) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
    }

    /// Reads the next answer, interim ones included.
    /// - Parameter toHead: The request was HEAD: there is no content, whatever the fields say.
    package func readResponse(toHead: Bool = false) throws -> TestResponse {
        var response = try TestResponse(head: readHead())
        if toHead || response.status < 200 || response.status == 204 || response.status == 304 { return response }
        if let length = response["Content-Length"] {
            guard let count = Int(length) else { throw Failure.malformed("Content-Length: \(length)") }
            response.body = try readBytes(count)
        } else {
            response.body = try readToEnd()
        }
        return response
    }

    /// Reads so many bytes.
    package func readBytes(_ count: Int) throws -> [UInt8] {
        while received.count < count {
            guard try receiveMore() else { throw Failure.ended }
        }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    /// Reads until the server has sent its last byte.
    package func readToEnd() throws -> [UInt8] {
        while try receiveMore() {}
        defer { received = [] }
        return received
    }

    /// Reads up to the next line end and gives the line without it.
    package func readLine() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: try readBytes(end + 1).dropLast(), as: UTF8.self)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard try receiveMore() else { throw Failure.ended }
        }
    }

    /// Reads the next chunk of content (RFC 9112, section 7.1); nil for the last.
    package func readChunk() throws -> [UInt8]? {
        let line = try readLine()
        guard let count = Int(line, radix: 16) else { throw Failure.malformed(line) }
        defer { _ = try? readLine() }
        return count == 0 ? nil : try readBytes(count)
    }

    /// Reads the head of an answer whose content comes bit by bit.
    package func readStreamHead() throws -> TestResponse { try TestResponse(head: readHead()) }

    private func readHead() throws -> String {
        var searched = 0
        while true {
            while searched + 4 <= received.count {
                if received[searched..<(searched + 4)].elementsEqual("\r\n\r\n".utf8) {
                    return String(decoding: try readBytes(searched + 4).dropLast(4), as: UTF8.self)
                }
                searched += 1
            }
            guard try receiveMore() else { throw Failure.ended }
        }
    }

    private func receiveMore() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var span = buffer.mutableSpan
        switch socket.receive(into: &span) {
        case .bytes(let count):
            received.append(contentsOf: buffer.prefix(count))
            return true
        case .end: return false
        case .wouldBlock: throw Failure.timedOut
        case .failed(let error): throw Failure.reset(error)
        }
    }
}
