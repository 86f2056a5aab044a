// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// The state of a whole database: the file, the rules that its records keep, and every citation.
package struct CheckReport: Sendable, Equatable {
    /// One citation that does not hold.
    package struct Failure: Sendable, Equatable {
        package let type: FactType
        package let id: String
        package let part: String
        package let article: String
        package let paragraph: Int
        package let anchors: [String]
    }

    /// One record that breaks a rule of coverage.
    package struct Finding: Sendable, Equatable {
        /// The record's type, or what the database has for it.
        package let type: String
        package let id: String
        /// In a clause: `its place, 'atlantis', does not exist`.
        package let reason: String
    }

    /// What SQLite found wrong with the file; empty when all is well.
    package var damage: [String] = []
    /// Every record that breaks a rule, by type and id.
    package var findings: [Finding] = []
    package var verified = 0
    package var textAbsent = 0
    /// Every citation whose digest or anchor words do not hold.
    package var failures: [Failure] = []

    package var citations: Int { verified + textAbsent + failures.count }
    package var isClean: Bool { damage.isEmpty && findings.isEmpty && failures.isEmpty }

    package init() {}
}

extension Reader {
    /// Reads everything; takes as long as the database is large.
    package func check() throws -> CheckReport {
        var report = CheckReport()
        let integrity = try connection.prepare("PRAGMA integrity_check(20)")
        while try integrity.step() {
            let line = integrity.text(0)
            if line != "ok" { report.damage.append(line) }
        }
        report.findings = try CoverageRules.findings(on: connection)
        // What cannot be read is among the findings.
        let readable =
            "c.type IN (SELECT value FROM json_each(?1)) AND coalesce(c.status IN (SELECT value FROM json_each(?2)), TRUE)"
        let types = Value.text(jsonArray(FactType.allCases.map(\.rawValue)))
        let statuses = Value.text(jsonArray(EventStatus.allCases.map(\.rawValue)))
        try forEachCitation(where: readable, types, statuses) { fact, evidence, _ in
            switch evidence.state {
            case .verified: report.verified += 1
            case .textAbsent: report.textAbsent += 1
            case .stale:
                report.failures.append(
                    CheckReport.Failure(
                        type: fact.type, id: fact.id, part: evidence.part, article: evidence.citation.article.id,
                        paragraph: evidence.citation.paragraph, anchors: evidence.citation.anchors))
            }
        }
        return report
    }
}
