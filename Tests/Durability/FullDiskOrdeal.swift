// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// A real file system that runs full under the server, and is cleared again. Only root may make one.
package struct FullDiskOrdeal {
    private let subject: Subject
    private static let prefix = "filled-"

    package init(_ subject: Subject) {
        self.subject = subject
    }

    /// - Returns: nil where no file system may be made.
    package func run() throws -> Verdict? {
        let folder = try ScratchFolder()
        guard try Shell.run("mount -t tmpfs -o size=24m readout-torture '\(folder.path)'").status == 0 else {
            return nil
        }
        defer { _ = try? Shell.run("umount -l '\(folder.path)'") }
        var verdict = Verdict("A file system that runs full")
        let bench = try Bench(subject, in: folder.path)
        try bench.start()
        defer { bench.stop(SIGKILL) }
        let (desk, ledger) = (try Desk(bench.address, bench.token), Ledger())
        var refusals = 0
        for round in 0..<3 {
            _ = try Shell.run("head -c 100m /dev/zero >'\(folder.path)/filler'")
            var count = 0
            while count < 50 {
                count += 1
                let ids = (1...(count % 2 == 0 ? 1 : 3)).map { "\(Self.prefix)\(round)-\(count)-\($0)" }
                let attempt = ledger.begin(ids)
                let answer = try desk.make(ids)
                if answer.status < 300 {
                    ledger.acknowledge(attempt)
                } else {
                    refusals += 1
                    verdict.require(
                        answer.status == 507 && answer["Content-Type"] == "application/problem+json",
                        "answered \(answer.status): \(answer.text)")
                }
            }
            let reading = try desk.get("/v1/events?sort=-name&q=visit-\(round)").status
            verdict.require(reading == 200, "reading is answered \(reading)")
            try FileManager.default.removeItem(atPath: "\(folder.path)/filler")
            let attempt = ledger.begin(["\(Self.prefix)\(round)-after"])
            let after = try desk.make(["\(Self.prefix)\(round)-after"])
            verdict.require(after.status == 201, "with room again answered \(after.status): \(after.text)")
            if after.status == 201 { ledger.acknowledge(attempt) }
        }
        let inspection = try Inspection(bench.database)
        let there = try inspection.people(Self.prefix)
        for fault in try inspection.faults(of: ledger.all, prefix: Self.prefix, isHeard: \.isAcknowledged) {
            verdict.violate(fault)
        }
        for attempt in ledger.all where !attempt.isAcknowledged && !there.isDisjoint(with: attempt.ids) {
            verdict.violate("refused and there: \(attempt.ids)")
        }
        verdict.require(refusals > 0, "it never ran full")
        verdict.note("requests acknowledged", ledger.acknowledgedCount)
        verdict.note("answered 507", refusals)
        return verdict
    }
}
