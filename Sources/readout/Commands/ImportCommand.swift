// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import JSON

struct ImportCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in articles and check every citation of theirs again.",
        discussion: """
            Articles come as text (.txt), as JSON (.json: one object or an array of them, with the members of POST /v1/articles) \
            or as JSON lines (.ndjson). Known articles are told by the SHA-256 of their text, then by the name of their file; \
            what is there already is passed over, so that an import that was broken off can be started again. The texts stay on \
            this machine: --excerpts of 'serve' decides how much of them may leave. What cannot be an article is reported, and \
            the rest goes on; the exit status is then 1.
            """)

    @OptionGroup var storage: StorageSettings
    @Flag(help: "Take a known file with other bytes as the article's new edition, and read again what is known.")
    var replace = false
    @Flag(help: "Only report what would come of it.") var dryRun = false
    @Argument(help: "Files (.txt, .json, .ndjson), or folders of them.") var paths: [String]

    func run() throws {
        let files = try paths.flatMap(files)
        guard !files.isEmpty else {
            throw Failure("there is no .txt, .json or .ndjson file in \(paths.joined(separator: ", "))")
        }
        let job = try Job(storage, creating: true)
        defer { job.close() }
        var progress = ImportProgress(total: files.reduce(0) { $0 + Files.size(of: $1.path) })
        var totals = (verified: 0, stale: 0)
        for file in files {
            try file.forEachItem { item in
                do {
                    let item = try item.get()
                    let report = try take(item, with: job)
                    totals.verified += report.integer("verified")
                    totals.stale += report.integer("stale")
                    if ImportReport.Outcome(rawValue: report.text("outcome"))?.isRefusal == true {
                        progress.failed(Self.line(item, report), weight: item.weight, isOnOutput: true)
                    } else {
                        progress.succeeded(Self.line(item, report), weight: item.weight)
                    }
                } catch let failure as Failure {
                    progress.failed("\(failure)", weight: (try? item.get().weight) ?? 0)
                }
            }
        }
        progress.finish()
        print(
            """
            \(CheckLines.counted(progress.articles, "article")), \(progress.failures) not imported; citations: \(totals.verified) verified, \
            \(totals.stale) stale\(dryRun ? "; nothing was changed" : "")
            """)
        if progress.failures > 0 || totals.stale > 0 { throw ExitCode.failure }
    }

    /// The files that a path stands for. Links in a folder are not followed: they may lead to anything.
    private func files(_ path: String) throws -> [ImportFile] {
        guard Files.isFolder(path) else { return [ImportFile(path: path)] }
        return try Files.names(in: path).map { "\(path)/\($0)" }.filter { file in
            guard ImportFile.endings.contains(where: { file.hasSuffix($0) }) else {
                if Files.isFolder(file) { StandardError.write("\(file): a folder within, passed over") }
                return false
            }
            guard Files.isPlain(file) else {
                StandardError.write("\(file): no plain file, passed over")
                return false
            }
            return true
        }.map(ImportFile.init)
    }

    private func take(_ item: ImportItem, with job: Job) throws -> JSONObject {
        var query = [(name: "replace", value: String(replace)), (name: "dryRun", value: String(dryRun))]
        if let source = item.source { query.append((name: "source", value: source)) }
        do {
            return try job.perform(
                AdminRoutes.importPath, query: query, body: item.content,
                type: item.isJSON ? "application/json" : "text/plain")
        } catch let failure as Failure {
            throw Failure("\(item.label): \(failure)")
        }
    }

    private static func line(_ item: ImportItem, _ report: JSONObject) -> String {
        let outcome = ImportReport.Outcome(rawValue: report.text("outcome"))
        return """
            \(item.label): article '\(report.text("article"))', \(outcome?.sentence ?? "done")\
            \(differences(report))\(found(report.object("found"))); citations: \(report.integer("verified")) verified, \
            \(report.integer("stale")) stale
            """
    }

    private static func differences(_ report: JSONObject) -> String {
        guard case .array(let names)? = report["differences"], !names.isEmpty else { return "" }
        let members = names.map { if case .string(let name) = $0 { name } else { "" } }
        return ", with another \(members.joined(separator: " and ")) on record"
    }

    private static func found(_ found: JSONObject) -> String {
        let counts = ["mention", "quotation", "overlap", "proposal"].map { ($0, found.integer("\($0)s")) }
            .filter { $0.1 > 0 }.map { CheckLines.counted($0.1, $0.0) }
        return counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
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
