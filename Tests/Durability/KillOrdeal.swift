// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import Synchronization
import TestSupport

/// The server is killed in the middle of writes, again and again: what it acknowledged is there, nothing is there by half, it is
/// soon back, and who listens has every change once.
package struct KillOrdeal {
    private let subject: Subject
    private let kills: Int
    private let seed: UInt64
    /// How long a restart may take.
    private let patience: Duration

    private static let desks = 4
    private static let prefix = "killed-"

    package init(_ subject: Subject, kills: Int, seed: UInt64, patience: Duration = .seconds(1)) {
        self.subject = subject
        self.kills = kills
        self.seed = seed
        self.patience = patience
    }

    package func run() throws -> Verdict {
        var verdict = Verdict("SIGKILL amid writes")
        var random = SeededGenerator(seed: seed)
        let folder = try ScratchFolder()
        let bench = try Bench(subject, in: folder.path)
        let start = try Inspection(bench.database).changes(after: 0).last ?? 0
        let follower = Follower(after: "\(try Inspection(bench.database).epoch())-\(start)")
        var (asked, heard, slowest) = (0, 0, Duration.zero)
        for round in 1...kills {
            slowest = max(slowest, try bench.start())
            let ledger = try write(in: bench, round, follower, delay: .random(in: 2...60, using: &random))
            for complaint in ledger.complaints { verdict.violate("round \(round): \(complaint)") }
            asked += ledger.all.count
            heard += ledger.all.count(where: \.isAcknowledged)
            // What the kill has left is read before the next server has put it in order.
            for fault in try Inspection(bench.database).faults(
                of: ledger.all, prefix: "\(Self.prefix)\(round)-", isHeard: \.isAcknowledged)
            {
                verdict.violate("round \(round): \(fault)")
            }
            if round % 25 == 0, let faults = try bench.faults() { verdict.violate("round \(round): \(faults)") }
        }
        slowest = max(slowest, try bench.start())
        let written = try Inspection(bench.database).changes(after: start)
        follower.follow(bench.address, until: written.last ?? start)
        bench.stop(SIGTERM)
        if let faults = try bench.faults() { verdict.violate(faults) }
        verdict.require(follower.numbers == written, "the subscriber has \(follower.numbers.count) of \(written.count)")
        verdict.require(written == Array((start + 1)...(start + written.count)), "numbers are missing in the log")
        verdict.require(slowest < patience, "a restart took \(slowest.milliseconds) ms")
        verdict.require(heard > kills, "too little was written to prove anything: \(heard) requests")
        verdict.note("kills", kills)
        verdict.note("requests acknowledged", heard)
        verdict.note("unanswered at the kill", asked - heard)
        verdict.note("slowest restart, ms", slowest.milliseconds)
        verdict.note("changes, all received once and in order", written.count)
        return verdict
    }

    /// Lets editors write until the server is killed.
    private func write(in bench: Bench, _ round: Int, _ follower: Follower, delay: Int) throws -> Ledger {
        let ledger = Ledger()
        let (address, token) = (bench.address, bench.token)
        let following = try Thread(name: "follower") { follower.follow(address, until: nil) }
        let desks = try (0..<Self.desks).map { number in
            try Thread(name: "desk") {
                guard let desk = try? Desk(address, token) else { return }
                for count in 0... {
                    let (action, ids) = Desk.turn(count, of: "\(Self.prefix)\(round)-\(number)")
                    let attempt = ledger.begin(ids, action)
                    guard let answer = try? desk.perform(action, ids) else { return }
                    guard answer.status < 300 else { return ledger.complain(answer) }
                    ledger.acknowledge(attempt)
                }
            }
        }
        while ledger.acknowledgedCount < Self.desks, ledger.complaints.isEmpty { usleep(200) }
        usleep(UInt32(delay) * 1000)
        bench.stop(SIGKILL)
        for thread in desks + [following] { thread.join() }
        return ledger
    }
}

/// A subscriber who comes back after each end of the stream with the last id it has seen.
final class Follower: Sendable {
    private struct State {
        var lastEventID: String
        var numbers: [Int] = []
    }
    private let state: Mutex<State>

    init(after id: String) { state = Mutex(State(lastEventID: id)) }

    /// The numbers received, in the order in which they came.
    var numbers: [Int] { state.withLock { $0.numbers } }

    /// Reads on until this number, or until the stream ends.
    func follow(_ address: SocketAddress, until last: Int?) {
        guard let client = try? TestClient(address) else { return }
        let seen = state.withLock { $0.lastEventID }
        var (id, isChange) = ("", false)
        do {
            try client.send(
                """
                GET /v1/changes HTTP/1.1\r
                Host: test\r
                Accept: text/event-stream\r
                Last-Event-ID: \(seen)\r
                \r

                """)
            guard try client.readStreamHead().status == 200 else { return }
            var rest: [UInt8] = []
            while last == nil || numbers.last ?? 0 < last ?? 0, let chunk = try client.readChunk() {
                rest += chunk
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    rest.removeFirst(end + 1)
                    if line.hasPrefix("id: ") { id = String(line.dropFirst(4)) }
                    if line.hasPrefix("event: ") { isChange = true }
                    if line.isEmpty {
                        take(id, isChange)
                        isChange = false
                    }
                }
            }
        } catch {
            // Cut off, as is to be expected.
        }
    }

    private func take(_ id: String, _ isChange: Bool) {
        state.withLock { state in
            state.lastEventID = id
            if isChange { state.numbers.append(id.split(separator: "-").last.flatMap { Int($0) } ?? -1) }
        }
    }
}
