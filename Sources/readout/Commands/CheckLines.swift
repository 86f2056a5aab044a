// SPDX-License-Identifier: Apache-2.0

import JSON

/// A report of `AdminRoutes` on the state of a database, for people: each fault, then what holds.
enum CheckLines {
    static func isClean(_ report: JSONObject) -> Bool {
        report.texts("damage").isEmpty && report.objects("findings").isEmpty && report.objects("failures").isEmpty
    }

    static func lines(of report: JSONObject) -> [String] {
        let damage = report.texts("damage")
        let findings = report.objects("findings")
        return damage.map { "database: \($0)" }
            + findings.map { "\($0.text("type")) '\($0.text("id"))': \($0.text("reason"))" }
            + report.objects("failures").map(line)
            + [
                "database: \(damage.isEmpty ? "sound" : counted(damage.count, "fault"))",
                "records: \(findings.isEmpty ? "every rule holds" : "\(counted(findings.count, "rule")) broken")",
                citations(report),
            ]
    }

    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private static func citations(_ report: JSONObject) -> String {
        let (all, verified) = (report.integer("citations"), report.integer("verified"))
        let (failures, absent) = (report.objects("failures").count, report.integer("textAbsent"))
        return switch (failures, absent) {
        case (0, 0): "citations: every one of \(all) holds"
        case (0, _): "citations: \(verified) of \(all) hold, \(absent) not checked: import the articles' texts first"
        default: "citations: \(verified) of \(all) hold, \(failures) do not, \(absent) not checked"
        }
    }

    private static func line(_ failure: JSONObject) -> String {
        let part = failure.text("part").isEmpty ? "" : " (\(failure.text("part")))"
        return """
            \(failure.text("type")) '\(failure.text("id"))'\(part): paragraph \(failure.integer("paragraph")) of \
            '\(failure.text("article"))' has changed or does not hold \(failure.texts("anchors").joined(separator: ", "))
            """
    }
}
