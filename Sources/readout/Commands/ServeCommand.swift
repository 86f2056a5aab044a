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
            Migrates the database, seeds it when it is empty, and listens until SIGTERM or SIGINT; a second signal ends it \
            at once. SIGHUP reads the certificates again, which happens by itself too when they change. The log line 'listening' names the address.
            """)
    static var settings: [any AnySetting] { Settings.storage + Settings.seeding + Settings.serving }

    @OptionGroup var storage: StorageOptions
    @Option(help: Settings.seeds.help) var seeds = Settings.seeds.fallback
    @OptionGroup var serving: ServingOptions
    @OptionGroup(title: "TLS") var tls: TLSOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func run() throws {
        let signals = try Signals()
        let logger = Self.logger(serving.logLevel.level)
        checkDescriptors(logger)
        let files = try certificates()
        // Before the database, so that a start on a port in use leaves none behind; clients are refused until all is ready.
        guard let address = serving.address else { throw Failure("cannot listen on '\(serving.host)'") }
        let network = try bind(address)
        let database = try openAndSeed(logger)
        defer { database.close() }
        let log = serving.accessLog ? try AccessLog.writer() : nil
        defer { log?.stop() }
        let server = try start(database, network, files, logger, log)
        let scheme = files == nil ? "http" : "https"
        logger.info(
            "listening",
            metadata: ["address": "\(scheme)://\(server.boundAddress)"].merging(files?.metadata ?? [:]) { $1 })
        let waiting = try Thread(name: "signals") { signals.obey(server, files, logger) }
        server.wait()
        if let failure = server.failure { throw Failure("the server had to stop: \(failure)") }
        logger.info("stopped")
        _ = waiting
    }

    private static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "readout") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    /// Each connection takes a descriptor, and the program itself some for its database, loops and logs.
    private func checkDescriptors(_ logger: Logger) {
        let (all, own) = (Machine.useAllDescriptors(), 100)
        guard all < limits.configuration.connections + own else { return }
        logger.warning(
            "fewer descriptors than connections: raise the limit (ulimit -Hn, LimitNOFILE) or lower --connections",
            metadata: ["descriptors": "\(all)", "connections": "\(limits.configuration.connections)"])
    }

    /// The seeds are read before anything is created, so that a start without them leaves nothing behind.
    private func openAndSeed(_ logger: Logger) throws -> CoverageDatabase {
        let early = Files.exists(storage.database) ? nil : try Files.seeds(in: seeds)
        let database = try storage.open(creating: true, changesKept: Int(limits.changesKept))
        guard try database.isEmpty() else { return database }
        let report = try database.load(early ?? Files.seeds(in: seeds))
        logger.info("seeded", metadata: ["records": "\(report.changes)"])
        return database
    }

    private func certificates() throws -> TLSFiles? {
        guard let configuration = tls.configuration else { return nil }
        do throws(TLSError) { return try TLSFiles(configuration) } catch { throw Failure(error.description) }
    }

    private func start(
        _ database: CoverageDatabase, _ network: consuming BoundSocket, _ tls: TLSFiles?, _ logger: Logger,
        _ log: LineWriter?
    ) throws -> Server {
        let settings = APISettings(
            version: Version.current, links: Links(publicURL: serving.publicURL), excerpts: serving.excerpts,
            deadline: limits.statementTime.duration, requiresTokenForReading: serving.requireTokenForReading,
            writeOrigins: serving.writers)
        let routers = try Routers(settings)
        let doorkeeper = Doorkeeper()
        let local = try bind(.unix(path: LocalClient.socketPath(storage.database)))
        let server = try Server(
            network: try listen(network), tls: tls, local: try listen(local), configuration: limits.configuration,
            logger: logger, makeObserver: { _ in log.map(AccessLog.init) },
            makeHandler: { _ in
                try CoverageHandler(database, settings: settings, routers: routers, doorkeeper: doorkeeper) {
                    logger.error("\($0)")
                }
            })
        database.onCommit { server.announce() }
        // For what was written before.
        server.announce()
        return server
    }

    private func bind(_ address: SocketAddress) throws -> BoundSocket {
        do throws(Errno) { return try BoundSocket(address) } catch {
            throw Failure("cannot listen on \(address): \(error)")
        }
    }

    private func listen(_ socket: consuming BoundSocket) throws -> Listener {
        let address = socket.address
        do throws(Errno) { return try Listener(socket) } catch {
            throw Failure("cannot listen on \(address): \(error)")
        }
    }
}
