// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSON
import Sockets

struct HealthcheckCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck", abstract: "Exit with 0 when the server on this database is ready, else with 1.")

    @OptionGroup var storage: StorageSettings
    @Option(
        help: "How long to wait for a server that is not ready yet, such as 30s.",
        transform: { text in
            guard let time = TimeSpan.read(text) else { throw ValidationError("it must be a time such as 30s") }
            return time
        })
    var wait: Duration = .zero

    func run() throws {
        let end = ContinuousClock.now + wait
        while let reason = try reasonAgainst() {
            guard ContinuousClock.now < end else { throw Failure(reason) }
            Thread.sleep(milliseconds: 50)
        }
        print("ready")
    }

    /// Why the server is not ready; nil when it is.
    private func reasonAgainst() throws -> String? {
        let answer: LocalClient.Answer
        do {
            let client = LocalClient(database: storage.database, patience: 3)
            guard let given = try client.send("GET", "/readyz") else { return "no server runs on \(storage.database)" }
            answer = given
        } catch let failure as Failure {
            // A server that is too busy to answer now may do so the next time.
            return failure.description
        }
        if answer.status == 200 { return nil }
        guard case .object(let problem)? = try? JSONReader.read(answer.body) else {
            return "the server is not ready: status \(answer.status)"
        }
        return "the server is not ready: \(problem.text("detail"))"
    }
}
