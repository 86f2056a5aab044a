// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import Server
import Sockets
import TLS

/// What happens beside the serving: signals are obeyed, and certificates that were replaced are taken up.
struct Signals: ~Copyable, Sendable {
    /// How often files are looked at. A change is taken up at the second look that finds it.
    private static let interval = Duration.seconds(2)

    private let signals: SignalDescriptor

    /// To be made before any thread is, so that every thread leaves the signals to this.
    init() throws(Errno) {
        signals = try SignalDescriptor([SIGTERM, SIGINT, SIGHUP])
        SignalDescriptor.ignoreBrokenPipes()
    }

    /// Goes on until the process ends. The first signal to stop lets answers in flight be finished; the second does not.
    borrowing func obey(_ server: Server, _ tls: TLSFiles?, _ logger: Logger) {
        var isStopping = false
        while true {
            let signal: Int32?
            do throws(Errno) { signal = try signals.next(within: tls == nil ? nil : Self.interval) } catch { return }
            switch signal {
            case .none:
                reload(tls, logger) { tls throws(TLSError) in try tls.reloadIfChanged() }
            case SIGHUP:
                reload(tls, logger) { tls throws(TLSError) in
                    try tls.reload()
                    return true
                }
            case _ where isStopping:
                _exit(1)
            case .some(let number):
                isStopping = true
                logger.info("stopping", metadata: ["signal": "\(number)"])
                server.stop()
            }
        }
    }

    private func reload(_ tls: TLSFiles?, _ logger: Logger, _ read: (TLSFiles) throws(TLSError) -> Bool) {
        guard let tls else { return }
        do throws(TLSError) {
            if try read(tls) { logger.info("certificates reloaded", metadata: tls.metadata) }
        } catch {
            logger.error("certificates not reloaded: the old ones stay", metadata: ["error": "\(error)"])
        }
    }
}

extension TLSFiles {
    /// For the log.
    var metadata: Logger.Metadata {
        context.secondsLeft.map { ["daysLeft": "\($0 / 86_400)"] } ?? [:]
    }
}
