// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import JSON

struct ImportCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Store the texts of articles and check every citation of theirs again.",
        discussion: """
            Known articles are told by the SHA-256 of their file, then by its name. The texts stay on this machine: --excerpts \
            of 'serve' decides how much of them may leave. A file that cannot be an article is reported, and the rest goes on.
            """)

    @OptionGroup var storage: StorageSettings
    @Flag(help: "Take a known file with other bytes as the article's new edition.") var replace = false
    @Argument(help: "Text files (.txt), or folders of them.") var paths: [String]

    func run() throws {
        let files = try paths.flatMap(textFiles)
        guard !files.isEmpty else { throw Failure("there is no .txt file in \(paths.joined(separator: ", "))") }
        let job = try Job(storage, creating: true)
        defer { job.close() }
        var totals = (verified: 0, stale: 0, failed: 0)
        for path in files {
            do {
                let report = try importFile(path, with: job)
                totals.verified += report.integer("verified")
                totals.stale += report.integer("stale")
                if report.text("outcome") == ImportReport.Outcome.differs.rawValue { totals.failed += 1 }
            } catch let failure as Failure {
                totals.failed += 1
                StandardError.write("\(path): \(failure)")
            }
        }
        print(
            """
            \(files.count) files, \(totals.failed) not imported; citations: \(totals.verified) verified, \
            \(totals.stale) stale
            """)
        if totals.failed > 0 || totals.stale > 0 { throw ExitCode.failure }
    }

    /// The text files that a path stands for. Links in a folder are not followed: they may lead to anything.
    private func textFiles(_ path: String) throws -> [String] {
        guard Files.isFolder(path) else { return [path] }
        return try Files.names(in: path).map { "\(path)/\($0)" }.filter { file in
            guard file.hasSuffix(".txt") else {
                if Files.isFolder(file) { StandardError.write("\(file): a folder within, passed over") }
                return false
            }
            guard Files.isPlain(file) else {
                StandardError.write("\(file): no plain file, passed over")
                return false
            }
            return true
        }
    }

    private func importFile(_ path: String, with job: Job) throws -> JSONObject {
        let source = path.split(separator: "/").last.map(String.init) ?? path
        let query = [(name: "source", value: source), (name: "replace", value: String(replace))]
        let report = try job.perform(AdminRoutes.importPath, query: query, body: try Files.contents(of: path))
        let outcome = ImportReport.Outcome(rawValue: report.text("outcome"))
        print(
            """
            \(source): article '\(report.text("article"))', \(outcome?.sentence ?? "done"); citations: \
            \(report.integer("verified")) verified, \(report.integer("stale")) stale
            """)
        return report
    }
}

extension ImportReport.Outcome {
    fileprivate var sentence: String {
        switch self {
        case .stored: "text stored"
        case .unchanged: "known already"
        case .created: "new"
        case .replaced: "new edition stored"
        case .differs: "NOT imported: it differs from the known edition (--replace takes it)"
        case .deleted: "NOT imported: it was deleted (an editor can restore it)"
        }
    }
}
