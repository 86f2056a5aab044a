// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// The state of a whole database: the file, the references, and every citation.
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

    /// What SQLite found wrong with the file or with references between rows; empty when all is well.
    package var damage: [String] = []
    package var verified = 0
    package var textAbsent = 0
    /// Every citation whose digest or anchor words do not hold.
    package var failures: [Failure] = []

    package var citations: Int { verified + textAbsent + failures.count }
    package var isClean: Bool { damage.isEmpty && failures.isEmpty }

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
        let dangling = try connection.prepare("PRAGMA foreign_key_check")
        while try dangling.step() {
            report.damage.append("a row of '\(dangling.text(0))' refers to a missing row of '\(dangling.text(2))'")
        }
        try forEachCitation { fact, evidence, _ in
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
