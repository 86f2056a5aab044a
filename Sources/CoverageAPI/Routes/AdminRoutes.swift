// SPDX-License-Identifier: Apache-2.0

internal import Coverage
package import CoverageStore
package import HTTP
internal import HTTPTypes
internal import JSON

/// The operator's jobs, reachable through the Unix socket beside the database only. All are unbounded, so all run on
/// the worker pool.
package enum AdminRoutes {
    package static let importPath = "/admin/import"
    package static let seedPath = "/admin/seed"
    package static let checkPath = "/admin/check"
    package static let backupPath = "/admin/backup"
    package static let tokensPath = "/admin/tokens"
    package static let auditPath = "/admin/audit"

    private struct Job {
        let method: HTTPRequest.Method
        let path: String
        let perform: @Sendable (Request, CoverageDatabase) throws -> Response
    }

    private static let jobs = [
        Job(method: .post, path: importPath, perform: importArticle), Job(method: .post, path: seedPath, perform: load),
        Job(method: .post, path: checkPath, perform: check), Job(method: .post, path: backupPath, perform: backUp),
        Job(method: .post, path: tokensPath, perform: AccessJobs.create),
        Job(method: .get, path: tokensPath, perform: AccessJobs.list),
        Job(method: .delete, path: tokensPath, perform: AccessJobs.revoke),
        Job(method: .get, path: auditPath, perform: AccessJobs.audit),
    ]

    static func routes() throws -> [Route<Context>] {
        try jobs.map { job in
            try Route(job.method, job.path) { request, _, context in
                let (database, links) = (context.database, context.settings.links)
                return context.finisher.later { perform(job, request, on: database, links: links) }
            }
        }
    }

    /// Does the job that a request asks for, in a command that holds the database itself.
    package static func perform(_ request: Request, on database: CoverageDatabase, links: Links) -> Response {
        guard let job = jobs.first(where: { $0.method == request.method && $0.path == request.path }) else {
            let problem = Problem(.notFound, "There is no job \(request.method) \(request.path).")
            return problem.response(id: request.id, links: links)
        }
        return perform(job, request, on: database, links: links)
    }

    private static func perform(
        _ job: Job, _ request: Request, on database: CoverageDatabase, links: Links
    ) -> Response {
        do { return try job.perform(request, database) } catch {
            return problem(of: error).response(id: request.id, links: links)
        }
    }

    private static func problem(of error: any Error) -> Problem {
        switch error {
        case let error as EditRefusal:
            RefusalWording(isAdmin: true).problem(error)
        case let error as JSONError:
            Problem(
                .malformedJSON,
                "The content is no good JSON: \(error.message) (line \(error.line), column \(error.column)).")
        case let error as FaultySeeds:
            Problem(
                .invalidBody, "the seeds have \(error.faults.count) faults; nothing was loaded",
                faults: error.faults.map { .init(.pointer($0.file + $0.pointer), $0.message) })
        case let error as BackupFault:
            Problem(.invalidParameter, "\(error).")
        case let error as TokenRefusal:
            Problem(.invalidParameter, error.description)
        case let error as StoreFailure:
            Problem(.notReady, "The database cannot be used: \(error).")
        case let problem as Problem: problem
        // The operator is the one who asks, and may know.
        default: Problem(.internalError, "The job failed: \(error).")
        }
    }

    /// One article, as its text or as the JSON that `POST /v1/articles` takes.
    private static func importArticle(_ request: Request, into database: CoverageDatabase) throws -> Response {
        let isJSON =
            request.headerFields[.contentType].flatMap(MediaType.init(parsing:))?.essence
            == WriteRequest.json.essence
        let asked = try IntakeParameters(QueryReader(request, known: IntakeParameters.names), isPlainText: !isJSON)
        let content = isJSON ? try JSONReader.read(request.body) : try asked.content(of: request.body)
        let intake = Intake(content, replace: asked.replace, isRehearsal: asked.isRehearsal, origin: .import)
        let result = try database.take(intake, by: .operator(request: "\(request.id)", action: "import")) { _, report in
            var writer = JSONWriter()
            writer.object { json in
                json.member("source", report.source)
                json.member("article", report.article)
                json.member("outcome", report.outcome.rawValue)
                json.member("differences", report.differences)
                json.findings(report.findings)
                json.member("verified", report.verified)
                json.member("stale", report.stale)
                json.member("textAbsent", report.textAbsent)
            }
            return KeptAnswer(status: 200, fields: [("Content-Type", "application/json")], content: writer.finish())
        }
        guard case .made(let answer) = result else { throw Problem(.internalError, "An import has no key.") }
        return answer.response(isReplay: false)
    }

    /// The body has the seed files' texts by name.
    private static func load(_ request: Request, into database: CoverageDatabase) throws -> Response {
        var query = try QueryReader(request, known: ["force"])
        let force = query.boolean("force") ?? false
        try query.finish()
        guard case .object(let object)? = try? JSONReader.read(request.body) else {
            throw Problem(.invalidBody, "The body must be an object of file names and their texts.")
        }
        var files: [String: [UInt8]] = [:]
        for (name, value) in object.members.map({ ($0.name, $0.value) }) {
            guard SeedFiles.names.contains(name), case .string(let text) = value else {
                throw Problem(
                    .invalidBody, "The body has the texts of \(SeedFiles.names.joined(separator: ", ")), nothing else.",
                    faults: [
                        .init(.pointer(JSONPointer().appending(member: name).description), "is no seed file's text")
                    ])
            }
            files[name] = Array(text.utf8)
        }
        let report = try database.load(SeedFiles(files), force: force, request: "\(request.id)")
        var writer = JSONWriter()
        writer.object { json in
            json.object("counts") { json in
                for (name, counts) in report.counts {
                    json.member(named: name)
                    json.object {
                        $0.member("created", counts.created)
                        $0.member("updated", counts.updated)
                        $0.member("unchanged", counts.unchanged)
                        $0.member("kept", counts.kept)
                    }
                }
            }
            json.member("conflicts", report.conflicts.map { "\($0.type.collection)/\($0.id)" })
        }
        return .momentary(writer)
    }

    private static func backUp(_ request: Request, _ database: CoverageDatabase) throws -> Response {
        var query = try QueryReader(request, known: ["to", "force"])
        let path = query.single("to") ?? ""
        let force = query.boolean("force") ?? false
        if !path.hasPrefix("/") { query.refuse("to", "'to' must be the backup's path, from the root.") }
        try query.finish()
        let backup = try database.backUp(to: path, replace: force)
        var writer = JSONWriter()
        writer.object { json in
            json.member("path", backup.path)
            json.member("bytes", backup.byteCount)
            json.member("sha256", backup.sha256)
            json.member("noted", backup.isNoted)
        }
        return .momentary(writer)
    }

    private static func check(_ request: Request, _ database: CoverageDatabase) throws -> Response {
        try QueryReader(request, known: []).finish()
        return .momentary(writer(of: try database.read { try $0.check() }))
    }

    /// A report on the state of a database, as the job of checking answers it.
    package static func document(of report: CheckReport) -> [UInt8] {
        let writer = Self.writer(of: report)
        return writer.finish()
    }

    private static func writer(of report: CheckReport) -> JSONWriter {
        var writer = JSONWriter()
        writer.object { json in
            json.member("damage", report.damage)
            json.array("findings") { json in
                for finding in report.findings {
                    json.object { json in
                        json.member("type", finding.type)
                        json.member("id", finding.id)
                        json.member("reason", finding.reason)
                    }
                }
            }
            json.member("citations", report.citations)
            json.member("verified", report.verified)
            json.member("textAbsent", report.textAbsent)
            json.array("failures") { json in
                for failure in report.failures {
                    json.object { json in
                        json.member("type", failure.type.rawValue)
                        json.member("id", failure.id)
                        json.member("part", failure.part)
                        json.member("article", failure.article)
                        json.member("paragraph", failure.paragraph)
                        json.member("anchors", failure.anchors)
                    }
                }
            }
        }
        return writer
    }
}
