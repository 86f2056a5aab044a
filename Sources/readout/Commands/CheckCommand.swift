// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import JSON

struct CheckCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the database file, every record and every citation.",
        discussion: """
            Records point at records there are, have values of the closed sets, make trees without circles, are cited, and \
            agree in dates and status with what they are a part of and with what their citations tell. A citation holds when its paragraph has the digest it had when it was cited and contains the anchor words. \
            Exit status 1 when anything does not hold; each is named.
            """)

    @OptionGroup var storage: StorageSettings

    func run() throws {
        let job = try Job(storage, creating: false)
        defer { job.close() }
        let report = try job.perform(AdminRoutes.checkPath)
        for line in CheckLines.lines(of: report) { print(line) }
        if !CheckLines.isClean(report) { throw ExitCode.failure }
    }
}
