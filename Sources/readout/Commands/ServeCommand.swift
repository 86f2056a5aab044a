// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import Logging
import Server
import Sockets
import TLS

struct ServeCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the API.",
        discussion: """
            Migrates the database, after a backup of it; seeds it when it is empty; and listens until SIGTERM or SIGINT. A second signal ends it \
            at once. SIGHUP reads the certificates again, which happens by itself too when they change, and the file of the log \
            level. The log goes to standard output; its line 'listening' names the address.
            """)
    static var groups: [any SettingGroup.Type] { ServeSettings.groups }

    @OptionGroup var settings: ServeSettings

    private var storage: StorageSettings { settings.storage }
    private var serving: ServingSettings { settings.serving }
    private var limits: LimitSettings { settings.limits }

    func run() throws {
        let signals = try Signals()
        try settings.check()
        let log = try ServerLog(settings.log.format, level: settings.log.firstLevel().level)
        defer { log.stop() }
        checkDescriptors(log.logger)
        // All that can be wrong is found before the database, so that a start that fails leaves none behind; clients are refused
        // until everything is ready.
        let tls = try settings.tls.files()
        let pages = try pages(log.logger)
        let address = settings.publicAddress
        let network = try address.bind()
        let operators: Listener? =
            if let address = settings.adminAddress { try address.listen(address.bind()) } else { nil }
        let database = try openAndSeed(log.logger)
        defer { database.close() }
        let parts = ServerParts(
            database: database, tls: tls, pages: pages,
            readiness: Readiness(pendingMigration: database.pendingMigration), log: log, settings: settings)
        let server = try parts.serve(address.listen(network), local: listenLocally())
        let admin: Server? = if let operators = consume operators { try parts.serveOperators(operators) } else { nil }
        let life = ServerLife(
            server: server, log: log, tls: tls, database: database, readiness: parts.readiness,
            manager: ServiceManager(path: ProcessEnvironment.current["NOTIFY_SOCKET"]), settings: settings)
        life.begin(addresses(server, admin))
        let waiting = try Thread(name: "signals") { signals.obey(life) }
        server.wait()
        admin?.stop()
        admin?.wait()
        if let failure = server.failure { throw Failure("the server had to stop: \(failure)") }
        log.logger.info("stopped")
        _ = waiting
    }

    /// Each connection takes a descriptor, and the program itself some for its database, loops and logs.
    private func checkDescriptors(_ logger: Logger) {
        let (all, own) = (Machine.useAllDescriptors(), 100)
        guard all < limits.server.connections + own else { return }
        logger.warning(
            "fewer descriptors than connections: raise the limit (ulimit -Hn, LimitNOFILE) or lower --connections",
            metadata: ["descriptors": "\(all)", "connections": "\(limits.server.connections)"])
    }

    /// The seeds are read before anything is created, so that a start without them leaves nothing behind.
    private func openAndSeed(_ logger: Logger) throws -> CoverageDatabase {
        let isNew = !Files.exists(storage.database)
        let early = isNew ? try Files.seeds(in: settings.seeding.seeds) : nil
        let database = try storage.open(
            creating: true, schema: isNew ? .migrate : settings.operation.migrate.policy,
            changesKept: limits.changesKept, limits: limits.writer, report: { logger.notice("\($0)") })
        if isNew { logger.warning("a new database was made at \(Files.absolute(storage.database))") }
        if let backup = database.backupBeforeMigration {
            logger.info("migrated", metadata: ["backup": "\(backup.path)"])
        }
        if let pending = database.pendingMigration {
            logger.warning("the database is older than this program", metadata: ["pending": "\(pending)"])
            return database
        }
        guard try database.isEmpty() else { return database }
        let report = try database.load(early ?? Files.seeds(in: settings.seeding.seeds))
        logger.info("seeded", metadata: ["records": "\(report.records)", "overlaps": "\(report.overlaps)"])
        return database
    }

    /// Without pages there is still the API.
    private func pages(_ logger: Logger) throws -> Pages {
        guard Files.isFolder(serving.pages) else {
            logger.warning(
                "no pages: there is no such folder; name it with --pages", metadata: ["pages": "\(serving.pages)"])
            return .none
        }
        if !Files.isFolder("\(serving.pages)/lib") {
            logger.warning(
                "the network is shown as a list: the pages lack lib/, which script/build makes",
                metadata: ["pages": "\(serving.pages)"])
        }
        return try Pages(Files.pages(in: serving.pages), links: Links(publicURL: serving.publicURL))
    }

    /// For commands.
    private func listenLocally() throws -> Listener {
        let address = try storage.socketAddress()
        do throws(Errno) { return try Listener(BoundSocket(address)) } catch {
            throw Failure("cannot listen on \(address), beside --database: \(error)")
        }
    }

    private func addresses(_ server: Server, _ admin: Server?) -> Logger.Metadata {
        let scheme = settings.tls.configuration == nil ? "http" : "https"
        var addresses: Logger.Metadata = ["address": "\(scheme)://\(server.boundAddress)"]
        if let admin { addresses["admin"] = "http://\(admin.boundAddress)" }
        return addresses
    }
}
