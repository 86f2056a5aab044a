// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import Logging
import Server
import Sockets
import TLS

/// What a running server goes through between its start and its end, and who is told of it.
struct ServerLife: Sendable {
    let server: Server
    let log: ServerLog
    let tls: TLSFiles?
    let database: CoverageDatabase
    let readiness: Readiness
    /// Who started the process, where that wants to know.
    let manager: ServiceManager?
    let settings: ServeSettings

    /// Whether the database's file was in its place at the last look.
    var hadItsDatabase = true

    private var logger: Logger { log.logger }

    /// It listens.
    func begin(_ addresses: Logger.Metadata) {
        logger.info("listening", metadata: addresses.merging(tls?.metadata ?? [:]) { $1 })
        warnOfEndedCertificates()
        tell("READY=1\nSTATUS=listening")
    }

    /// It is to stop, but not at once.
    /// - Returns: how long it serves on, in milliseconds.
    func drain(because signal: Int32) -> UInt64 {
        logger.info("stopping", metadata: ["signal": "\(signal)"])
        readiness.drain()
        tell("STOPPING=1\nSTATUS=draining")
        return UInt64(settings.operation.drainDelay / .milliseconds(1))
    }

    func stop() { server.stop() }

    /// Time has passed.
    mutating func look() {
        log.tellRepeats()
        lookForDatabase()
        reload { tls throws(TLSError) in try tls.reloadIfChanged() }
    }

    /// Says once that the file is gone, and once that it is back.
    private mutating func lookForDatabase() {
        let isThere = database.hasItsFile
        defer { hadItsDatabase = isThere }
        if isThere == hadItsDatabase { return }
        if isThere { return logger.info("the file of the database is back") }
        logger.critical(
            "the file of the database was removed or replaced: nothing is written any more; back it up before the server stops",
            metadata: ["database": "\(database.path)"])
    }

    /// The operator asks for files to be read again.
    func reload() {
        // A manager that has been told of the end is not to hear of readiness again.
        let isStopping = readiness.isDraining
        if !isStopping { tell("RELOADING=1\nMONOTONIC_USEC=\(SystemClock.monotonicNanoseconds() / 1000)") }
        reload { tls throws(TLSError) in
            try tls.reload()
            return true
        }
        if let file = settings.log.levelFile {
            do {
                log.level = try LogLevel(file: file).level
                logger.info("log level read", metadata: ["level": "\(log.level)"])
            } catch {
                logger.error("log level not read: the old one stays", metadata: ["error": "\(error)"])
            }
        }
        if !isStopping { tell("READY=1\nSTATUS=listening") }
    }

    private func reload(_ read: (TLSFiles) throws(TLSError) -> Bool) {
        guard let tls else { return }
        do throws(TLSError) {
            guard try read(tls) else { return }
            logger.info("certificates reloaded", metadata: tls.metadata)
            warnOfEndedCertificates()
        } catch {
            logger.error("certificates not reloaded: the old ones stay", metadata: ["error": "\(error)"])
        }
    }

    private func warnOfEndedCertificates() {
        guard let left = tls?.context.secondsLeft, left < 0 else { return }
        logger.warning("a certificate has ended: clients will refuse it")
    }

    private func tell(_ state: String) {
        do throws(Errno) { try manager?.notify(state) } catch {
            logger.warning("the service manager was not told", metadata: ["error": "\(error)"])
        }
    }
}

extension TLSFiles {
    /// For the log.
    fileprivate var metadata: Logger.Metadata {
        context.secondsLeft.map { ["daysLeft": "\($0 / 86_400)"] } ?? [:]
    }
}
