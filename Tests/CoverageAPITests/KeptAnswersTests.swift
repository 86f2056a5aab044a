// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import Server
import Sockets
import Synchronization
import TestSupport
import Testing

/// Two servers over one database, one that keeps answers and one that makes each anew, are asked the same at random while the
/// coverage changes: nobody can tell them apart.
@Suite struct KeptAnswersTests {
    @Test func areTheSameAsNewOnes() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("KeptAnswersTests: seed \(seed)")
        let coverage = try TestCoverage()
        try coverage.importTexts()
        // Two loops keep answers apart; there is not room for all.
        let keeping = try SmallServer(coverage.database, loops: 2, cacheBytes: 400_000)
        let making = try SmallServer(coverage.database, loops: 1, cacheBytes: 0)
        var random = SeededGenerator(seed: seed)
        var reading = RandomReading(random)
        for round in 0..<25 {
            for _ in 0..<20 { try compare(keeping, making, &reading, "seed \(seed), round \(round)") }
            let edit = RandomEdit(round, using: &random)
            try compare(keeping, making, &reading, while: edit, in: coverage.database, "seed \(seed), edit \(round)")
            for server in [keeping, making] {
                for client in server.clients {
                    #expect(try client.get(edit.target).text.contains(edit.mark), "seed \(seed), edit \(round)")
                }
            }
        }
        #expect(making.keptCount == 0)
        #expect(keeping.keptCount > 100, "seed \(seed)")
    }

    /// Asks both the same while nothing changes.
    private func compare(
        _ keeping: SmallServer, _ making: SmallServer, _ reading: inout RandomReading, _ comment: Comment
    ) throws {
        let requests = (0..<reading.random.pick([1, 3, 6])).map { _ in reading.request() }
        let kept = try SmallServer.answers(to: requests, through: reading.random.pick(keeping.clients))
        let new = try making.answers(to: requests)
        for (request, (answer, expected)) in zip(requests, zip(kept, new)) {
            #expect(SeenAnswer(answer) == SeenAnswer(expected), "\(comment): \(request)")
            reading.learn(from: answer)
        }
    }

    /// Asks while the coverage changes: each answer must be the one before or the one after, and the one after once the
    /// change has been made.
    private func compare(
        _ keeping: SmallServer, _ making: SmallServer, _ reading: inout RandomReading, while edit: RandomEdit,
        in database: CoverageDatabase, _ comment: Comment
    ) throws {
        let requests = (0..<12).map { _ in reading.request() }
        let before = try making.answers(to: requests).map(SeenAnswer.init)
        for client in keeping.clients { try client.send(requests.joined()) }
        try edit.make(in: database)
        let after = try making.answers(to: requests).map(SeenAnswer.init)
        for client in keeping.clients {
            for (index, request) in requests.enumerated() {
                let answer = SeenAnswer(try client.readResponse(toHead: request.hasPrefix("HEAD")))
                #expect(answer == before[index] || answer == after[index], "\(comment): \(request)")
            }
            let again = try SmallServer.answers(to: requests, through: client).map(SeenAnswer.init)
            for (index, request) in requests.enumerated() {
                #expect(again[index] == after[index], "\(comment), again: \(request)")
            }
        }
    }
}

/// A server in this process, and connections to it.
private final class SmallServer {
    let clients: [TestClient]
    private let server: Server
    private let kept: KeptCount

    private final class KeptCount: Sendable {
        let value = Atomic<Int>(0)
    }

    /// Counts the answers of one loop that were kept.
    private final class Observer: AnswerObserver {
        private let kept: KeptCount

        init(_ kept: KeptCount) {
            self.kept = kept
        }

        func answered(
            _ answer: borrowing AnswerRecord, method: Span<UInt8>, target: Span<UInt8>, traceparent: Span<UInt8>
        ) {
            if answer.source == .cache { kept.value.add(1, ordering: .relaxed) }
        }

        func batchEnded() {}
    }

    init(_ database: CoverageDatabase, loops: Int, cacheBytes: Int) throws {
        SignalDescriptor.ignoreBrokenPipes()
        var configuration = ServerConfiguration()
        configuration.loops = loops
        configuration.cacheBytes = cacheBytes
        let settings = APISettings(version: "0.0.0-test", links: Links(publicURL: nil), excerpts: .full)
        let routers = try Routers(settings)
        // Failed attempts are forgiven by the next one, however quick the machine is.
        let clock = KeptCount()
        let authenticator = Authenticator { clock.value.add(1, ordering: .relaxed).newValue }
        let kept = KeptCount()
        let server = try Server(
            network: Listener(.ipv4(0x7F00_0001, port: 0)), configuration: configuration,
            makeObserver: { _ in Observer(kept) },
            makeHandler: { _ in
                try CoverageHandler(database, settings: settings, routers: routers, authenticator: authenticator) { _ in
                }
            })
        self.kept = kept
        self.server = server
        clients = try (0..<2 * loops).map { _ in try TestClient(server.boundAddress) }
    }

    deinit {
        server.stop()
        server.wait()
    }

    /// How many answers were not made for the one who asked.
    var keptCount: Int { kept.value.load(ordering: .relaxed) }

    /// Asks all at once.
    func answers(to requests: [String]) throws -> [TestResponse] {
        try Self.answers(to: requests, through: clients[0])
    }

    static func answers(to requests: [String], through client: TestClient) throws -> [TestResponse] {
        try client.send(requests.joined())
        return try requests.map { try client.readResponse(toHead: $0.hasPrefix("HEAD")) }
    }
}

/// An answer without what is the exchange's own: the time, and the number that a problem repeats in its content.
private struct SeenAnswer: Equatable {
    let status: Int
    let fields: [String]
    let body: [UInt8]

    init(_ response: TestResponse) {
        status = response.status
        let isProblem = response.status >= 400
        let own = ["Date", "X-Request-Id"] + (isProblem ? ["Content-Length"] : [])
        fields = response.fields.filter { !own.contains($0.name) }.map { "\($0.name): \($0.value)" }
        let isCoded = response["Content-Encoding"] != nil
        let text = isProblem && isCoded ? gunzip(response.body, limit: 65536) ?? [] : response.body
        let id = response["X-Request-Id"] ?? ""
        body = isProblem ? Array(String(decoding: text, as: UTF8.self).replacing(id, with: "").utf8) : text
    }
}
