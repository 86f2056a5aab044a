// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization
import TestSupport

/// What one request asks for: to make people, one by itself or several as a batch, or to change or end one of them.
struct Attempt: Sendable {
    /// The raw value is the revision that it leads to.
    enum Action: Int {
        case make = 1
        case change, end
    }

    let action: Action
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

    /// What an editor asks for in turn, each time with the next number: makes one, changes it, makes three, ends the first.
    static func turn(_ count: Int, of name: String) -> (action: Attempt.Action, ids: [String]) {
        switch count % 4 {
        case 0: (.make, ["\(name)-\(count)"])
        case 1: (.change, ["\(name)-\(count - 1)"])
        case 2: (.make, (1...3).map { "\(name)-\(count)-\($0)" })
        default: (.end, ["\(name)-\(count - 3)"])
        }
    }

    /// - Throws: `TestClient.Failure` where there is no answer.
    func perform(_ action: Attempt.Action, _ ids: [String]) throws -> TestResponse {
        switch action {
        case .make: try make(ids)
        case .change:
            try send(
                "PATCH", "/v1/people/\(ids[0])", #"{"aliases":["Also \#(ids[0])"]}"#,
                ["Content-Type: application/merge-patch+json", "If-Match: \"1\""])
        case .end: try send("DELETE", "/v1/people/\(ids[0])", "", ["If-Match: \"2\""])
        }
    }

    /// One alone is safe to repeat: its id is the key.
    func make(_ ids: [String]) throws -> TestResponse {
        let json = "Content-Type: application/json"
        if ids.count == 1 {
            return try send("POST", "/v1/people", Self.person(ids[0]), [json, "Idempotency-Key: \(ids[0])"])
        }
        let changes = ids.map { #"{"method":"POST","path":"/v1/people","body":\#(Self.person($0))}"# }
        return try send("POST", "/v1/batch", #"{"changes":[\#(changes.joined(separator: ","))]}"#, [json])
    }

    func get(_ target: String) throws -> TestResponse { try client.get(target) }

    private func send(
        _ method: String, _ path: String, _ content: String, _ fields: [String]
    ) throws -> TestResponse {
        try client.exchange(
            """
            \(method) \(path) HTTP/1.1\r
            Host: test\r
            Authorization: Bearer \(token)\r
            \(fields.map { "\($0)\r\n" }.joined())Content-Length: \(content.utf8.count)\r
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
    func begin(_ ids: [String], _ action: Attempt.Action = .make) -> Int {
        attempts.withLock { attempts in
            attempts.append(Attempt(action: action, ids: ids))
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
