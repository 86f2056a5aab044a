// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HTTP
import SQLite
import Server
import Sockets

/// How much the server does at once, and how long it waits for whom.
struct LimitSettings: SettingGroup {
    var server = ServerConfiguration()
    /// 0 is one per processor.
    var loops = 0
    var rateBurst: Int?
    var changesKept = 1_000_000
    var writer = WriterLimits()
    var statementTime = Duration.seconds(2)

    static let title = "Limits"
    static let settings: [Setting<Self>] = [
        Setting(
            "rate-limit", \.server.requestsPerSecond, .number(0...1_000_000),
            "Requests a second that each client may make on average, health checks included; 0 sets no limit."),
        Setting(
            "rate-burst", \.rateBurst, Notation.number(1...1_000_000).optional,
            "Requests that a client may make at once under a limit; \(ServerConfiguration().requestBurst), unless it is set."
        ),
        Setting("loops", \.loops, .number(0...256), "Event loops, a thread each; 0 is one per processor."),
        Setting(
            "request-line", \.server.limits.requestLine, .bytes(Limits.requestLineRange), "The longest request line."),
        Setting(
            "header-section", \.server.limits.headerSection, .bytes(Limits.headerSectionRange),
            "The largest header section."),
        Setting(
            "header-fields", \.server.limits.fieldCount, .number(Limits.fieldCountRange),
            "The most fields of a request."),
        Setting("body", \.server.limits.body, .bytes(Limits.bodyRange), "The largest content of a request."),
        Setting("import-body", \.server.localBody, .bytes(Limits.bodyRange), "The largest content of an import."),
        Setting(
            "header-time", \.server.headerTime, .time(),
            "How long a request head may take, and before it a TLS handshake."),
        Setting("body-grace", \.server.bodyGrace, .time(), "How long content may come at any pace."),
        Setting("body-rate", \.server.bodyRate, .bytes(1...1 << 30), "The least content per second after that."),
        Setting(
            "idle-time", \.server.idleTime, .time(), "How long a connection may wait for its next request."),
        Setting("write-stall", \.server.writeStall, .time(), "How long a client may take nothing of an answer."),
        Setting(
            "heartbeat", \.server.heartbeat, .time(),
            "After how much silence a stream of changes sends a sign of life."),
        Setting(
            "changes-kept", \.changesKept, .number(0...4_294_967_295),
            "How many changes can be read again; 0 keeps all."),
        Setting(
            "write-queue", \.writer.waiting, .number(1...65_535), "Requests to write that may wait; more are refused."),
        Setting(
            "write-batch", \.writer.batch, .number(1...65_535),
            "Requests to write that are committed to the disk together, at most."),
        Setting(
            "write-log", \.writer.log, .bytes(64 << 10...1 << 30),
            "The size of the log from which on it is copied into the database file."),
        Setting(
            "drain-time", \.server.drainTime, .time(), "How long answers in flight may take when the server stops."),
        Setting(
            "connections", \.server.connections, .number(1...1_000_000), "The most open connections of the network."),
        Setting(
            "buffered-answers", \.server.bufferedAnswers, .bytes(1024...1 << 30),
            "Unsent answers from which on a connection's next requests wait."),
        Setting("cache", \.server.cacheBytes, .bytes(0...1 << 40), "Memory for ready answers; 0 keeps none."),
        Setting(
            "workers", \.server.workers, .number(1...255),
            "Threads for long work, each with up to 16 MiB of the database's pages."),
        Setting(
            "worker-queue", \.server.workerQueue, .number(0...65_535), "Long work that may wait; more is refused."),
        Setting(
            "statement-time", \.statementTime, .time(),
            "How long reading for one request, or each hundred changes, may take."),
    ]

    /// - Parameter serving: says which hosts are served and which proxies believed.
    func configuration(_ serving: ServingSettings) -> ServerConfiguration {
        var configuration = server
        if loops > 0 { configuration.loops = loops }
        if let rateBurst { configuration.requestBurst = rateBurst }
        if !serving.hosts.isEmpty { configuration.hosts = HostNames(serving.hosts) }
        configuration.trustedProxies = serving.trustProxy.compactMap(IPNetwork.init)
        return configuration
    }
}
