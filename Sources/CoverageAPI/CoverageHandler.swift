// SPDX-License-Identifier: Apache-2.0

package import CoverageStore
package import HTTP
internal import HTTPTypes
internal import JSON

/// The application as the server sees it: one for each event loop, on that loop's thread only.
package final class CoverageHandler: Handler {
    private let database: CoverageDatabase
    private let session: ReadSession
    private let feed: ChangeFeed
    private let settings: APISettings
    private let routers: Routers
    private let pages: Pages
    private let authenticator: Authenticator
    private let report: @Sendable (String) -> Void
    private let spare = JSONSpare()

    /// - Parameters:
    ///   - authenticator: one for all loops.
    ///   - report: told what went wrong inside, in a line for the log.
    package init(
        _ database: CoverageDatabase, settings: APISettings, routers: Routers, pages: Pages = .none,
        authenticator: Authenticator,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        self.database = database
        self.settings = settings
        self.routers = routers
        self.pages = pages
        self.authenticator = authenticator
        self.report = report
        session = try ReadSession(database, deadline: settings.deadline)
        feed = ChangeFeed(database, session, authenticator, links: settings.links, report: report)
    }

    package var version: UInt64 { database.version }

    package func respond(to request: Request) -> Reply {
        let router = request.origin == .local ? routers.local : routers.network
        let finding = router.find(request)
        return (answer(request, by: finding, of: router), finding.pattern?.description ?? route(of: request.path))
    }

    private func answer(_ request: Request, by finding: Router<Context>.Finding, of router: Router<Context>) -> Answer {
        let finisher = ResponseFinisher(request: request, settings: settings, report: report)
        do {
            try CORS.admit(request, writers: settings.writeOrigins)
            let answer =
                try pages.answer(to: request)
                ?? read(for: request) { reader in
                    let context = Context(
                        finisher, reader: reader, database: database, feed: feed,
                        principal: try authenticator.principal(of: request, in: reader), spare: spare)
                    if settings.requiresTokenForReading, !Authenticator.isOpen(request) {
                        try Access.require(.read, context)
                    }
                    return try router.respond(to: request, by: finding, in: context)
                }
            // Handed on whole: a copy would have its fields copied when they are added to.
            switch consume answer {
            case .now(var response):
                finisher.mark(&response)
                return .now(response)
            case let other: return other
            }
        } catch {
            if (error as? Problem)?.type == .notFound, let page = pages.missingPage(for: request) { return .now(page) }
            return .now(finisher.response(to: error))
        }
    }

    /// What takes much content is for those alone who may write.
    package func refusal(of request: Request) -> Response? {
        do {
            try session.read { reader in
                let principal = try authenticator.principal(of: request, in: reader)
                try Access.require(.write, principal)
            }
            return nil
        } catch {
            return ResponseFinisher(request: request, settings: settings, report: report).response(to: error)
        }
    }

    /// Health, figures and what is fixed are told whatever has become of the database.
    private func read(for request: Request, _ body: (Reader) throws -> Answer) throws -> Answer {
        Authenticator.isOpen(request) || request.path == MetricsRoutes.path
            ? try session.glance(body) : try session.read(body)
    }

    package func refuse(_ problem: Problem, id: RequestID) -> Response {
        var response = problem.response(id: id, links: settings.links)
        CORS.mark(&response)
        return response
    }

    package func route(of path: String) -> String? {
        (routers.local.pattern(for: path) ?? pages.route(of: path))?.description
    }

    package func batchEnded() { session.end() }
}

/// Finishes the answers to one request, made on the loop or on a worker. An object, as its request would be copied with it.
final class ResponseFinisher: Sendable {
    let request: Request
    let settings: APISettings
    let report: @Sendable (String) -> Void

    init(request: Request, settings: APISettings, report: @escaping @Sendable (String) -> Void) {
        self.request = request
        self.settings = settings
        self.report = report
    }

    /// An answer that a worker makes.
    func later(_ work: @escaping @Sendable () throws -> Response) -> Answer {
        .later { self.finished(Result { try work() }) }
    }

    /// An answer that is made elsewhere.
    /// - Parameter start: returns at once; calls what it is given once, on any thread.
    func eventually(
        _ start: @escaping @Sendable (_ complete: @escaping @Sendable (Result<Response, any Error>) -> Void) -> Void
    ) -> Answer {
        .eventually { complete in start { complete(self.finished($0)) } }
    }

    private func finished(_ result: Result<Response, any Error>) -> Response {
        do { return marked(try result.get()) } catch { return response(to: error) }
    }

    func marked(_ response: consuming Response) -> Response {
        mark(&response)
        return response
    }

    func mark(_ response: inout Response) {
        if request.headerFields.contains(.authorization) { response.becomePrivate() }
        if request.method == .options, response.headerFields[.allow]?.contains("PATCH") == true {
            // RFC 5789, section 3.1.
            response.headerFields[.acceptPatch] = WriteRequest.mergePatch.essence
        }
        CORS.mark(&response, answering: request, writers: settings.writeOrigins)
    }

    /// The problem that an error is to a client; what went wrong inside goes to the log.
    func response(to error: any Error) -> Response {
        if let moved = error as? Moved { return marked(moved.response(links: settings.links)) }
        let problem = Problem(answering: error)
        if let fault = Self.fault(behind: error) { report("request \(request.id): \(fault)") }
        return marked(problem.response(id: request.id, links: settings.links))
    }

    /// What the operator has to look into, in words; nil for what is refused as it is meant to be, and for a file that is gone:
    /// that is told once, not with each request.
    private static func fault(behind error: any Error) -> String? {
        switch error {
        case let problem as Problem: problem.type == .internalError ? problem.detail : nil
        case StoreFailure.deadline, StoreFailure.busy, StoreFailure.moved: nil
        case let error as any Error & CustomStringConvertible: error.description
        default: "an error of the type \(type(of: error)), which nobody has foreseen"
        }
    }
}

extension Problem {
    /// What a client is told about an error: no more than helps it.
    init(answering error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case StoreFailure.deadline:
            self.init(
                .queryTooCostly, "The query took longer than one statement may.", headerFields: [.retryAfter: "1"])
        case StoreFailure.unavailable:
            self.init(.notReady, "The database cannot be used at the moment.", headerFields: [.retryAfter: "5"])
        case StoreFailure.moved:
            self.init(
                .notReady, "The file of the database is gone: nothing is written until the operator has seen to it.",
                headerFields: [.retryAfter: "60"])
        case StoreFailure.busy:
            self.init(
                .tooBusy, "As many changes as there may be are waiting already.", headerFields: [.retryAfter: "1"])
        case StoreFailure.full:
            self.init(.insufficientStorage, "The disk is full: the change was not made.")
        default: self.init(.internalError, "Something went wrong inside; the log has it under this instance's number.")
        }
    }
}
