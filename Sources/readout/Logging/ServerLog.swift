// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import Glibc
import Logging
import Server
import Sockets
import Synchronization

/// Everything the server says, on standard output, line by line. The lines of loops and of all others go through one writer,
/// so that none is cut by another.
final class ServerLog: Sendable {
    let writer: LineWriter
    /// Json or text.
    let format: LogFormat
    private let lowest: Atomic<Int>
    private let repeats = Mutex(RepeatedMessages())

    init(_ format: LogFormat, level: Logger.Level) throws(Errno) {
        let format = format == .auto ? (isatty(STDOUT_FILENO) == 1 ? LogFormat.text : .json) : format
        self.format = format
        lowest = Atomic(level.naturalIntegralValue)
        writer = try LineWriter(FileDescriptor(duplicating: STDOUT_FILENO)) { count in
            LogLine(.warning, "the log is not read fast enough: lines are lost", ["lines": "\(count)"]).text(format)
        }
    }

    /// What is below is not logged, from now on.
    var level: Logger.Level {
        get {
            let value = lowest.load(ordering: .relaxed)
            return Logger.Level.allCases.first { $0.naturalIntegralValue == value } ?? .info
        }
        set { lowest.store(newValue.naturalIntegralValue, ordering: .relaxed) }
    }

    var logger: Logger { Logger(label: "readout") { _ in ServerLogHandler(self) } }

    fileprivate func say(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) {
        tellRepeats()
        let isNew = repeats.withLock { $0.takes(message, level, at: SystemClock.monotonicMilliseconds()) }
        if isNew { writer.take(LogLine(level, message, metadata).text(format)) }
    }

    /// Says of messages that came too often how many there were, when their time is over. To be called now and then.
    func tellRepeats(atOnce: Bool = false) {
        let over = repeats.withLock { $0.collect(at: atOnce ? .max : SystemClock.monotonicMilliseconds()) }
        for (message, level, count) in over {
            writer.take(LogLine(level, message, ["repeated": "\(count)"]).text(format))
        }
    }

    /// Writes what is still to be written.
    func stop() {
        tellRepeats(atOnce: true)
        writer.stop()
    }
}

/// What swift-log calls.
private struct ServerLogHandler: LogHandler {
    private let log: ServerLog
    var metadata: Logger.Metadata = [:]

    init(_ log: ServerLog) { self.log = log }

    /// One for all loggers: it can be changed while the server runs.
    var logLevel: Logger.Level {
        get { log.level }
        set { log.level = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let own = event.metadata ?? [:]
        log.say(event.level, event.message.description, metadata.merging(own) { $1 })
    }
}

extension Logger.Level {
    /// Its place among the levels, the least first.
    fileprivate var naturalIntegralValue: Int { Logger.Level.allCases.firstIndex(of: self) ?? 0 }
}
