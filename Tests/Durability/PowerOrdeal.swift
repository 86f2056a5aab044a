// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport

/// The power fails, at any moment: a disk is made of every beginning of a write log, as the failure could have left it, and the
/// database on it opened. A kill does not prove this, since the kernel keeps what a killed process wrote.
package struct PowerOrdeal {
    private let subject: Subject
    private let requests: Int
    /// Each how many writes the disk is looked at.
    private let stride: Int
    private let seed: UInt64
    /// Of SQLite; nothing survives with anything less than FULL.
    private let synchronous: String?

    private static let desks = 3
    private static let prefix = "powered-"

    /// - Parameters:
    ///   - requests: how many each of the editors makes.
    ///   - synchronous: what the database is set to, in the place of what the program sets.
    package init(_ subject: Subject, requests: Int, stride: Int = 1, seed: UInt64, synchronous: String? = nil) {
        self.subject = subject
        self.requests = requests
        self.stride = stride
        self.seed = seed
        self.synchronous = synchronous
    }

    package func run() throws -> Verdict {
        var verdict = Verdict(synchronous.map { "Power loss, synchronous=\($0)" } ?? "Power loss")
        let (folder, tools, image) = (try ScratchFolder(), try ScratchFolder(), try ScratchFolder())
        let disk = try Disk(in: tools.path)
        let bench = try Bench(
            subject, in: folder.path,
            // A short log, so that it is copied into the database and begun anew many times.
            arguments: ["--write-log", "256KiB"],
            environment: disk.environment(database: folder.path, isNoting: true, synchronous: synchronous))
        var state = try DiskState(folder: folder.path)
        try bench.start()
        let ledger = try write(in: bench, disk)
        bench.stop(SIGTERM)
        for complaint in ledger.complaints { verdict.violate(complaint) }

        let diary = try disk.readDiary()
        let attempts = ledger.all
        var random = SeededGenerator(seed: seed)
        var (images, writes, syncs) = (0, 0, 0)
        for entry in diary.entries {
            state.apply(entry)
            var disks: [DiskState.Files] = []
            switch entry.action {
            case .sync:
                syncs += 1
                disks = [state.least]
            case .write, .truncate, .create, .unlink:
                writes += 1
                if writes % stride == 0 { disks = [state.most, state.some(using: &random)] }
            }
            for files in disks {
                images += 1
                let isChecked = images % 50 == 0
                for fault in try faults(of: files, in: image.path, attempts, upTo: entry.end, isChecked) {
                    verdict.violate("after \(writes) writes and \(syncs) syncs: \(fault)")
                }
            }
            // One is enough where it has to fail.
            if synchronous != nil, !verdict.violations.isEmpty { break }
        }
        verdict.require(attempts.count == Self.desks * requests, "only \(attempts.count) requests were made")
        verdict.note("requests acknowledged", ledger.acknowledgedCount)
        verdict.note("writes of the disk", writes)
        verdict.note("syncs", syncs)
        verdict.note("disks opened", images)
        return verdict
    }

    private func write(in bench: Bench, _ disk: Disk) throws -> Ledger {
        let ledger = Ledger()
        let (address, token, requests) = (bench.address, bench.token, requests)
        let desks = try (0..<Self.desks).map { number in
            try Thread(name: "desk") {
                guard let desk = try? Desk(address, token) else { return }
                for count in 0..<requests {
                    let (action, ids) = Desk.turn(count, of: "\(Self.prefix)\(number)")
                    let attempt = ledger.begin(ids, action)
                    guard let answer = try? desk.perform(action, ids) else { return }
                    guard answer.status < 300 else { return ledger.complain(answer) }
                    // Read after the answer: the write stood in the diary by then, or it was not on the disk.
                    ledger.acknowledge(attempt, at: disk.position())
                }
            }
        }
        for desk in desks { desk.join() }
        return ledger
    }

    private func faults(
        of files: DiskState.Files, in folder: String, _ attempts: [Attempt], upTo position: Int, _ isChecked: Bool
    ) throws -> [String] {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)")) }
        let path = "\(folder)/readout.sqlite"
        do {
            let faults = try Inspection(path).faults(of: attempts, prefix: Self.prefix) {
                $0.isAcknowledged && $0.heardAt <= position
            }
            return isChecked && faults.isEmpty ? try recheck(path) : faults
        } catch { return ["it cannot be opened or read: \(error)"] }
    }
}
