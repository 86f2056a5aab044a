// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// The disk is full, fails or may not be written: answers say so, nothing is done by half, reading goes on, and writing goes on by
/// itself when the fault is over.
package struct FaultOrdeal {
    private let subject: Subject
    private let rounds: Int
    private let seed: UInt64

    private static let prefix = "faulted-"

    /// A fault, and the status that tells of it.
    private static let faults: [(name: String, status: Int, fault: Disk.Fault)] = [
        ("no room", 507, Disk.Fault(writing: ENOSPC)), ("write error", 503, Disk.Fault(writing: EIO)),
        ("read-only", 503, Disk.Fault(writing: EROFS)), ("sync error", 503, Disk.Fault(syncing: EIO)),
    ]

    /// - Parameter rounds: how often each fault occurs, every time after another number of writes.
    package init(_ subject: Subject, rounds: Int, seed: UInt64) {
        self.subject = subject
        self.rounds = rounds
        self.seed = seed
    }

    package func run() throws -> Verdict {
        var verdict = Verdict("Faults of the disk")
        var random = SeededGenerator(seed: seed)
        let (folder, tools) = (try ScratchFolder(), try ScratchFolder())
        let disk = try Disk(in: tools.path)
        // A short log, so that faults meet its copying and its beginning anew too.
        let bench = try Bench(
            subject, in: folder.path, arguments: ["--write-log", "256KiB"],
            environment: disk.environment(database: folder.path))
        try bench.start()
        let ledger = Ledger()
        let desk = try Desk(bench.address, bench.token)
        var refused: [Int: Int] = [:]
        for round in 0..<rounds {
            for (name, status, fault) in Self.faults {
                var fault = fault
                fault.grace = Int32.random(in: 0...40, using: &random)
                try disk.set(fault)
                var answers: [TestResponse] = []
                for count in 0..<4 {
                    let ids = (1...(count % 2 == 0 ? 1 : 3)).map {
                        "\(Self.prefix)\(round)-\(status)-\(count)-\($0)-\(name.first ?? "x")"
                    }
                    answers.append(try make(ids, at: desk, ledger))
                }
                for answer in answers where answer.status >= 300 {
                    refused[answer.status, default: 0] += 1
                    verdict.require(
                        answer.status == status && answer["Content-Type"] == "application/problem+json",
                        "\(name): answered \(answer.status): \(answer.text)")
                }
                verdict.require(answers.last?.status == status, "\(name): not noticed (\(answers.map(\.status)))")
                let reading = try desk.get("/v1/events?limit=3&sort=-name&fields=id&q=visit-\(round)").status
                verdict.require(reading == 200, "\(name): reading is answered \(reading)")
                try disk.set(Disk.Fault())
                let after = try make(["\(Self.prefix)\(round)-\(status)-after-\(name.first ?? "x")"], at: desk, ledger)
                verdict.require(after.status == 201, "\(name): after its end answered \(after.status): \(after.text)")
                try inspect(bench, ledger, &verdict, "\(name), round \(round)")
            }
        }
        bench.stop(SIGKILL)
        try inspect(bench, ledger, &verdict, "after a kill")
        try bench.start()
        bench.stop(SIGTERM)
        if let faults = try bench.faults() { verdict.violate(faults) }
        verdict.note("requests acknowledged", ledger.acknowledgedCount)
        for (status, count) in refused.sorted(by: { $0.key < $1.key }) { verdict.note("answered \(status)", count) }
        return verdict
    }

    private func make(_ ids: [String], at desk: Desk, _ ledger: Ledger) throws -> TestResponse {
        let attempt = ledger.begin(ids)
        let answer = try desk.make(ids)
        if answer.status < 300 { ledger.acknowledge(attempt) }
        return answer
    }

    /// All that was acknowledged is there, and nothing that was refused.
    private func inspect(_ bench: Bench, _ ledger: Ledger, _ verdict: inout Verdict, _ occasion: String) throws {
        let (attempts, inspection) = (ledger.all, try Inspection(bench.database))
        for fault in try inspection.faults(of: attempts, prefix: Self.prefix, isHeard: \.isAcknowledged) {
            verdict.violate("\(occasion): \(fault)")
        }
        let there = try inspection.people(Self.prefix)
        for attempt in attempts where !attempt.isAcknowledged && !there.isDisjoint(with: attempt.ids) {
            verdict.violate("\(occasion): refused and there: \(attempt.ids)")
        }
    }
}
