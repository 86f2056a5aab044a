// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Durability

/// Proves on this machine that what is acknowledged is never lost: run by `script/torture`.
@main
struct Torture: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torture",
        abstract: "Kill the server, cut its power, fail its disk; exit status 1 if it loses anything.")

    @Option(help: "The program.") var program: String
    @Option(help: "How often the server is killed.") var kills = 300
    @Option(help: "How many requests each editor makes before the power fails.") var requests = 40
    @Option(help: "How often each fault of the disk occurs.") var faults = 25
    @Option(help: "What chance is made of.") var seed = UInt64.random(in: 0...UInt64.max)

    func run() throws {
        let subject = Subject(program: program)
        print("seed \(seed)")
        var verdicts = [
            try KillOrdeal(subject, kills: kills, seed: seed).run(),
            try PowerOrdeal(subject, requests: requests, seed: seed).run(),
            try FaultOrdeal(subject, rounds: faults, seed: seed).run(),
        ]
        if let full = try FullDiskOrdeal(subject).run() {
            verdicts.append(full)
        } else {
            print("not run: a file system that runs full, since only root may mount one")
        }
        // What proves that the proof can fail.
        var careless = try PowerOrdeal(subject, requests: requests, seed: seed, synchronous: "OFF").run()
        careless.note("loses, as it must", careless.violations.first ?? "nothing")
        careless.violations = careless.violations.isEmpty ? ["nothing is lost: the proof proves nothing"] : []
        verdicts.append(careless)

        print("\n| ordeal | | |\n| --- | --- | --- |")
        for verdict in verdicts {
            for figure in verdict.figures { print("| \(verdict.name) | \(figure.name) | \(figure.value) |") }
            print("| \(verdict.name) | violations | \(verdict.violations.count) |")
        }
        for verdict in verdicts {
            for violation in verdict.violations { print("\(verdict.name): \(violation)") }
        }
        if verdicts.contains(where: { !$0.violations.isEmpty }) { throw ExitCode.failure }
    }
}
