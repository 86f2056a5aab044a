// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import Logging
import Server
import Sockets
import TLS

/// What servers of one process have in common, and how they are put together.
struct ServerParts {
    let database: CoverageDatabase
    let tls: TLSFiles?
    let pages: Pages
    let readiness: Readiness
    let log: ServerLog
    let settings: ServeSettings
    private let authenticator = Authenticator()
    private let metrics: ServerMetrics

    init(
        database: CoverageDatabase, tls: TLSFiles?, pages: Pages, readiness: Readiness, log: ServerLog,
        settings: ServeSettings
    ) {
        self.database = database
        self.tls = tls
        self.pages = pages
        self.readiness = readiness
        self.log = log
        self.settings = settings
        metrics = ServerMetrics(database, tls, readiness)
    }

    /// The API, for clients of the network and for commands beside it.
    func serve(_ network: consuming Listener, local: consuming Listener) throws -> Server {
        let api = api(requiresToken: settings.serving.requireTokenForReading)
        let routers = try Routers(
            api, metrics: metrics.page, publishesMetrics: settings.operation.adminPort == nil)
        let (log, withQueries) = (log, settings.log.logQueries)
        let isLogged = settings.log.accessLog
        var configuration = settings.limits.configuration(settings.serving)
        configuration.importPaths = Routers.importPaths
        let server = try Server(
            network: network, tls: tls, local: local, configuration: configuration,
            logger: log.logger, makeObserver: { _ in isLogged ? AccessLog(log, withQueries: withQueries) : nil },
            makeHandler: handlers(routers, api, pages))
        metrics.watch(server)
        database.onCommit { server.announce() }
        // For what was written before.
        server.announce()
        return server
    }

    /// Health and figures on a listener of the operator's own, where no token is asked for.
    func serveOperators(_ network: consuming Listener) throws -> Server {
        var configuration = ServerConfiguration()
        configuration.loops = 1
        configuration.workers = 1
        configuration.connections = 64
        configuration.cacheBytes = 0
        let api = api(requiresToken: false)
        return try Server(
            network: network, configuration: configuration, logger: log.logger,
            makeHandler: handlers(try .operators(api, metrics: metrics.page), api, .none))
    }

    private func handlers(
        _ routers: Routers, _ api: APISettings, _ pages: Pages
    ) -> @Sendable (Int) throws -> CoverageHandler {
        let (database, authenticator, logger) = (database, authenticator, log.logger)
        return { _ in
            try CoverageHandler(
                database, settings: api, routers: routers, pages: pages, authenticator: authenticator
            ) {
                logger.error("a request failed", metadata: ["error": "\($0)"])
            }
        }
    }

    private func api(requiresToken: Bool) -> APISettings {
        APISettings(
            version: Version.current, links: Links(publicURL: settings.serving.publicURL),
            excerpts: settings.serving.excerpts, deadline: settings.limits.statementTime,
            requiresTokenForReading: requiresToken, writeOrigins: Set(settings.serving.writeOrigins),
            readiness: readiness)
    }
}
