// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization
import TestSupport

/// People that one request asks to make: one by itself, several as a batch.
struct Attempt: Sendable {
    let ids: [String]
    /// Whether they were said to be on disk.
    var isAcknowledged = false
    /// Where the disk's diary stood when that was heard, in bytes.
    var heardAt = 0
}

/// One editor on one connection, who asks and waits.
final class Desk {
    private let client: TestClient
    private let token: String

    init(_ address: SocketAddress, _ token: String) throws {
        client = try TestClient(address)
        self.token = token
    }

    /// - Throws: `TestClient.Failure` where there is no answer.
    func make(_ ids: [String]) throws -> TestResponse {
        if ids.count == 1 { return try post("/v1/people", Self.person(ids[0])) }
        let changes = ids.map { #"{"method":"POST","path":"/v1/people","body":\#(Self.person($0))}"# }
        return try post("/v1/batch", #"{"changes":[\#(changes.joined(separator: ","))]}"#)
    }

    func get(_ target: String) throws -> TestResponse { try client.get(target) }

    private func post(_ path: String, _ content: String) throws -> TestResponse {
        try client.exchange(
            """
            POST \(path) HTTP/1.1\r
            Host: test\r
            Authorization: Bearer \(token)\r
            Content-Type: application/json\r
            Content-Length: \(content.utf8.count)\r
            \r
            \(content)
            """)
    }

    private static func person(_ id: String) -> String {
        #"""
        {"id":"\#(id)","name":"\#(id)","category":"private","aliases":["The one called \#(id)"],"evidence":[{"article":{"id":"blinken-in-beijing"},"paragraph":1,"anchors":["Blinken"]}]}
        """#
    }
}

/// What several editors have asked for, and what they were told.
final class Ledger: Sendable {
    private let attempts = Mutex<[Attempt]>([])
    private let refusals = Mutex<[String]>([])

    var all: [Attempt] { attempts.withLock { $0 } }
    var acknowledgedCount: Int { attempts.withLock { $0.count(where: \.isAcknowledged) } }
    /// Answers that nobody should have had.
    var complaints: [String] { refusals.withLock { $0 } }

    func complain(_ answer: TestResponse) {
        refusals.withLock { $0.append("answered \(answer.status): \(answer.text)") }
    }

    /// Notes what is about to be asked.
    func begin(_ ids: [String]) -> Int {
        attempts.withLock { attempts in
            attempts.append(Attempt(ids: ids))
            return attempts.count - 1
        }
    }

    func acknowledge(_ number: Int, at position: Int = 0) {
        attempts.withLock { attempts in
            attempts[number].isAcknowledged = true
            attempts[number].heardAt = position
        }
    }
}
