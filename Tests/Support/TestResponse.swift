// SPDX-License-Identifier: Apache-2.0

/// An answer as read from the wire.
package struct TestResponse: Sendable {
    package let status: Int
    /// In the order received.
    package let fields: [(name: String, value: String)]
    package var body: [UInt8] = []

    /// Reads a status line and field lines, without the empty line.
    init(head: String) throws {
        // CR LF is one character to Swift.
        var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let statusLine = lines.removeFirst().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard statusLine.count == 3, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else {
            throw TestClient.Failure.malformed(head)
        }
        self.status = status
        fields = try lines.map { line in
            guard let colon = line.firstIndex(of: ":") else { throw TestClient.Failure.malformed(head) }
            return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
    }

    /// The first field of that name, in whatever case; nil when there is none.
    package subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}
