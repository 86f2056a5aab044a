// SPDX-License-Identifier: Apache-2.0

import Durability
import Testing

/// The ordeals of `script/torture` in short.
@Suite(.serialized) struct DurabilityTests {
    private let subject: Subject
    private let seed = UInt64.random(in: 0...UInt64.max)

    init() throws {
        subject = Subject(program: try Program.path)
    }

    private func expectNothingLost(_ verdict: Verdict) {
        #expect(verdict.violations == [], "seed \(seed), \(verdict.figures)")
    }

    @Test func killedAmidWritesItLosesNothing() throws {
        // How soon it is back is measured by the script, where nothing else runs.
        expectNothingLost(try KillOrdeal(subject, kills: 4, seed: seed, patience: .seconds(60)).run())
    }

    @Test func whenThePowerFailsItLosesNothing() throws {
        expectNothingLost(try PowerOrdeal(subject, requests: 4, stride: 9, seed: seed).run())
    }

    /// Else the test before this one would prove nothing.
    @Test func withoutSyncsItWouldLose() throws {
        let verdict = try PowerOrdeal(subject, requests: 4, stride: 9, seed: seed, synchronous: "OFF").run()
        // What was acknowledged is lost, or the file is no database any more.
        #expect(!verdict.violations.isEmpty, "seed \(seed), \(verdict.figures)")
    }

    @Test func faultsOfTheDiskAreTold() throws {
        expectNothingLost(try FaultOrdeal(subject, rounds: 2, seed: seed).run())
    }
}
