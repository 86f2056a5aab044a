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
        let damage = report.texts("damage")
        let findings = report.objects("findings")
        let failures = report.objects("failures")
        for line in damage { print("database: \(line)") }
        for finding in findings { print("\(finding.text("type")) '\(finding.text("id"))': \(finding.text("reason"))") }
        for failure in failures { print(Self.line(failure)) }
        let (citations, verified) = (report.integer("citations"), report.integer("verified"))
        let absent = report.integer("textAbsent")
        print("database: \(damage.isEmpty ? "sound" : "\(damage.count) faults")")
        print("records: \(findings.isEmpty ? "every rule holds" : "\(findings.count) rules broken")")
        switch (failures.count, absent) {
        case (0, 0): print("citations: every one of \(citations) holds")
        case (0, _):
            print(
                "citations: \(verified) of \(citations) hold, \(absent) not checked: import the articles' texts first")
        default:
            print("citations: \(verified) of \(citations) hold, \(failures.count) do not, \(absent) not checked")
        }
        if !damage.isEmpty || !findings.isEmpty || !failures.isEmpty { throw ExitCode.failure }
    }

    private static func line(_ failure: JSONObject) -> String {
        let part = failure.text("part").isEmpty ? "" : " (\(failure.text("part")))"
        return """
            \(failure.text("type")) '\(failure.text("id"))'\(part): paragraph \(failure.integer("paragraph")) of \
            '\(failure.text("article"))' has changed or does not hold \(failure.texts("anchors").joined(separator: ", "))
            """
    }
}
