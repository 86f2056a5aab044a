// SPDX-License-Identifier: Apache-2.0

package import CoverageStore
internal import Synchronization

extension CoverageDatabase {
    /// Stores the text of one file, as an operator's import does.
    package func importArticle(source: String, bytes: [UInt8], replace: Bool) throws -> ImportReport {
        let content = try Intake.content(of: bytes, [("source", source)])
        let found = Mutex<ImportReport?>(nil)
        _ = try take(
            Intake(content, replace: replace, isRehearsal: false, origin: .import),
            by: .operator(request: nil, action: "import")
        ) { _, report in
            found.withLock { $0 = report }
            return KeptAnswer(status: 200, fields: [], content: [])
        }
        guard let report = found.withLock(\.self) else { throw NoReport() }
        return report
    }

    private struct NoReport: Error {}
}
