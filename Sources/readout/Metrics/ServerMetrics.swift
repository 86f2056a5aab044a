// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import Dispatch
import SQLite
import Server
import Sockets
import Synchronization
import TLS

/// Collects the figures of everything for `/metrics`, on a thread of its own: event loops and workers may be what is slow.
final class ServerMetrics: Sendable {
    private let queue = DispatchQueue(label: "readout.metrics")
    private let server = Mutex<Server?>(nil)
    private let database: CoverageDatabase
    private let tls: TLSFiles?
    private let readiness: Readiness

    init(_ database: CoverageDatabase, _ tls: TLSFiles?, _ readiness: Readiness) {
        self.database = database
        self.tls = tls
        self.readiness = readiness
    }

    /// To be called once the server is there; until then its figures are left out.
    func watch(_ server: Server) { self.server.withLock { $0 = server } }

    func page(_ complete: @escaping @Sendable (MetricsPage) -> Void) {
        queue.async { complete(MetricsPage(mediaType: MetricsText.mediaType, text: self.text())) }
    }

    private func text() -> String {
        var text = MetricsText()
        text.value("readout_build_info", .gauge, "The running program.", 1, [("version", Version.current)])
        text.value("readout_draining", .gauge, "1 from the signal to stop on.", readiness.isDraining ? 1 : 0)
        if let server = server.withLock({ $0 }) { Self.add(server, to: &text) }
        add(database.figures(), to: &text)
        let secondsLeft = tls?.context.secondsLeft
        text.value(
            "readout_certificate_expiry_timestamp_seconds", .gauge,
            "When the first of the certificates in use ends, since 1970.",
            secondsLeft.map { Timestamp.unixTime() + Int($0) })
        Self.add(ProcessFigures(), to: &text)
        return text.text
    }

    private static func add(_ server: Server, to text: inout MetricsText) {
        guard let figures = try? server.figures() else { return }
        let questions = figures.requests.sorted { Self.order($0.key) < Self.order($1.key) }
        text.histograms(
            "http_server_request_duration_seconds",
            "How long answers took, from the last byte of the request on; of streams, how long they took to begin.",
            questions.map { question, histogram in
                let route = question.route.map { [("http_route", $0)] } ?? []
                let labels =
                    [("http_request_method", question.method)] + route
                    + [("http_response_status_code", String(question.status))]
                return (labels: labels.map { (name: $0.0, value: $0.1) }, value: histogram)
            })
        text.value(
            "http_server_active_requests", .gauge, "Requests that are with a worker or a writer, and streams.",
            figures.activeRequests)
        text.values(
            "readout_connections", .gauge, "Open connections by what they do.",
            ConnectionPhase.all.map { ([("state", $0)], Double(figures.connections[$0] ?? 0)) })
        text.value(
            "readout_connections_accepted_total", .counter, "Connections since the start.",
            Double(figures.connectionsAccepted))
        text.values(
            "readout_refusals_total", .counter,
            "What was refused before it reached the application, by the reason: bytes that are no request, slow, too many.",
            figures.refusals.sorted { $0.key < $1.key }.map { ([("reason", $0.key)], Double($0.value)) })
        text.value(
            "readout_cache_hits_total", .counter, "Answers given from memory.", Double(figures.cacheHits))
        text.value(
            "readout_cache_misses_total", .counter, "Answers that memory might have had.", Double(figures.cacheMisses))
        text.value("readout_cache_bytes", .gauge, "Memory that ready answers take.", figures.cacheBytes)
        text.value("readout_cache_entries", .gauge, "Ready answers.", figures.cacheEntries)
        text.value("readout_worker_queue_jobs", .gauge, "Long work that waits for a thread.", server.waitingAnswers)
    }

    private static func order(_ question: LoopFigures.Question) -> (String, String, Int) {
        (question.route ?? "", question.method, question.status)
    }

    private func add(_ figures: DatabaseFigures, to text: inout MetricsText) {
        text.value("readout_writer_queue_jobs", .gauge, "Changes that wait to be written.", figures.writer.waiting)
        text.begin("readout_writer_batch_jobs", .histogram, "Changes written with one commit.")
        text.buckets(
            "readout_writer_batch_jobs", [], WriterFigures.bounds.map(String.init), figures.writer.batches,
            sum: Double(figures.writer.jobs))
        text.value(
            "readout_writer_busy_seconds_total", .counter, "Time in which changes were made and committed.",
            figures.writer.busy / .seconds(1))
        text.value(
            "readout_failed_checkpoints_total", .counter, "Times the log could not be copied into the database file.",
            Int(clamping: figures.writer.failedCheckpoints))
        text.value(
            "readout_sqlite_busy_total", .counter, "Statements that gave up waiting for a lock.",
            figures.busyCount)
        text.value(
            "readout_sqlite_deadlines_total", .counter, "Statements that were cut short.", figures.deadlineCount)
        text.value("readout_database_bytes", .gauge, "The size of the database file.", figures.fileBytes)
        text.value("readout_wal_bytes", .gauge, "The size of the write-ahead log.", figures.logBytes)
        text.value("readout_data_version", .gauge, "The number of the last change.", figures.dataVersion)
        text.value(
            "readout_last_backup_timestamp_seconds", .gauge, "When the last backup was made, since 1970.",
            figures.lastBackup)
    }

    private static func add(_ process: ProcessFigures, to text: inout MetricsText) {
        text.value("process_cpu_seconds_total", .counter, "Processor time, of user and system.", process.cpuSeconds)
        text.value("process_resident_memory_bytes", .gauge, "Memory in use.", process.residentBytes)
        text.value("process_virtual_memory_bytes", .gauge, "Addresses in use.", process.virtualBytes)
        text.value("process_open_fds", .gauge, "Open descriptors.", process.openDescriptors)
        text.value("process_max_fds", .gauge, "Descriptors there may be.", process.mostDescriptors)
        text.value("process_threads", .gauge, "Threads.", process.threads)
        text.value("process_start_time_seconds", .gauge, "When it started, since 1970.", process.startTime)
    }
}
