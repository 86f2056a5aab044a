// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSON

struct HealthcheckCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck", abstract: "Exit with 0 when the server on this database is ready, else with 1.")

    @OptionGroup var storage: StorageSettings

    func run() throws {
        guard let answer = try LocalClient(database: storage.database, patience: 3).send("GET", "/readyz") else {
            throw Failure("no server runs on \(storage.database)")
        }
        guard answer.status == 200 else {
            var detail = "status \(answer.status)"
            if case .object(let problem)? = try? JSONReader.read(answer.body) { detail = problem.text("detail") }
            throw Failure("the server is not ready: \(detail)")
        }
        print("ready")
    }
}
