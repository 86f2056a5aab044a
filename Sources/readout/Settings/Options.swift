// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageStore
import HTTP
import Logging
import Server
import Sockets

/// Where the data is.
struct StorageOptions: ParsableArguments {
    @Option(help: Settings.database.help) var database = Settings.database.fallback
    @Option(help: Settings.migrations.help) var migrations = Settings.migrations.fallback
}

/// How the server listens and what it tells.
struct ServingOptions: ParsableArguments {
    @Option(help: Settings.pages.help) var pages = Settings.pages.fallback
    @Option(help: Settings.host.help) var host = Settings.host.fallback
    @Option(help: Settings.port.help) var port = Settings.port.fallback
    @Option(name: .customLong(Settings.publicURL.name), help: Settings.publicURL.help) var publicURL: String?
    @Option(help: Settings.excerpts.help) var excerpts = Settings.excerpts.fallback
    @Option(help: Settings.logLevel.help) var logLevel = Settings.logLevel.fallback
    @Flag(help: Settings.requireTokenForReading.help) var requireTokenForReading = false
    @Option(help: Settings.writeOrigins.help) var writeOrigins = Settings.writeOrigins.fallback
    @Flag(help: Settings.accessLog.help) var accessLog = false

    func validate() throws {
        if let publicURL, !publicURL.hasPrefix("http://"), !publicURL.hasPrefix("https://") {
            throw ValidationError("--public-url must begin with http:// or https://, not be '\(publicURL)'.")
        }
        if let publicURL, publicURL.contains("?") || publicURL.contains("#") {
            throw ValidationError("--public-url must have no query or fragment, as '\(publicURL)' has.")
        }
        for origin in Self.list(writeOrigins) where WebOrigin(origin) == nil {
            throw ValidationError(
                "--write-origins must be origins as browsers send them, such as https://desk.example, not '\(origin)'.")
        }
        guard address != nil else {
            throw ValidationError("--host must be an IPv4 or IPv6 address, localhost or *, not '\(host)'.")
        }
    }

    /// The origins whose pages may write.
    var writers: Set<String> { Set(Self.list(writeOrigins)) }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    var address: SocketAddress? {
        SocketAddress(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)")
    }
}

/// How much the server does at once, and how long it waits for whom.
struct LimitOptions: ParsableArguments {
    @Option(help: Settings.hosts.help) var hosts = Settings.hosts.fallback
    @Option(help: Settings.trustProxy.help) var trustProxy = Settings.trustProxy.fallback
    @Option(help: Settings.rateLimit.help) var rateLimit = Settings.rateLimit.fallback
    @Option(help: Settings.rateBurst.help) var rateBurst = Settings.rateBurst.fallback
    @Option(help: Settings.loops.help) var loops = Settings.loops.fallback
    @Option(help: Settings.requestLine.help) var requestLine = Settings.requestLine.fallback
    @Option(help: Settings.headerSection.help) var headerSection = Settings.headerSection.fallback
    @Option(help: Settings.headerFields.help) var headerFields = Settings.headerFields.fallback
    @Option(help: Settings.body.help) var body = Settings.body.fallback
    @Option(help: Settings.importBody.help) var importBody = Settings.importBody.fallback
    @Option(help: Settings.headerTime.help) var headerTime = Settings.headerTime.fallback
    @Option(help: Settings.bodyGrace.help) var bodyGrace = Settings.bodyGrace.fallback
    @Option(help: Settings.bodyRate.help) var bodyRate = Settings.bodyRate.fallback
    @Option(help: Settings.idleTime.help) var idleTime = Settings.idleTime.fallback
    @Option(help: Settings.writeStall.help) var writeStall = Settings.writeStall.fallback
    @Option(help: Settings.heartbeat.help) var heartbeat = Settings.heartbeat.fallback
    @Option(help: Settings.changesKept.help) var changesKept = Settings.changesKept.fallback
    @Option(help: Settings.drainTime.help) var drainTime = Settings.drainTime.fallback
    @Option(help: Settings.connections.help) var connections = Settings.connections.fallback
    @Option(help: Settings.bufferedAnswers.help) var bufferedAnswers = Settings.bufferedAnswers.fallback
    @Option(help: Settings.cache.help) var cache = Settings.cache.fallback
    @Option(help: Settings.workers.help) var workers = Settings.workers.fallback
    @Option(help: Settings.workerQueue.help) var workerQueue = Settings.workerQueue.fallback
    @Option(help: Settings.statementTime.help) var statementTime = Settings.statementTime.fallback

    func validate() throws {
        try Settings.requestLine.check(requestLine.value, Limits.requestLineRange, bytes)
        try Settings.headerSection.check(headerSection.value, Limits.headerSectionRange, bytes)
        try Settings.headerFields.check(Int(headerFields), Limits.fieldCountRange, String.init)
        try Settings.body.check(body.value, Limits.bodyRange, bytes)
        try Settings.importBody.check(importBody.value, Limits.bodyRange, bytes)
        try Settings.bodyRate.check(bodyRate.value, 1...(1 << 30), bytes)
        try Settings.bufferedAnswers.check(bufferedAnswers.value, 1024...(1 << 30), bytes)
        try Settings.cache.check(cache.value, 0...(1 << 40), bytes)
        try Settings.rateLimit.check(Int(rateLimit), 0...1_000_000, String.init)
        try Settings.rateBurst.check(Int(rateBurst), 1...1_000_000, String.init)
        for name in Self.list(trustProxy) where IPNetwork(name) == nil {
            throw ValidationError("--trust-proxy must be addresses or networks such as 10.0.0.0/8, not '\(name)'.")
        }
        try Settings.loops.check(Int(loops), 0...256, String.init)
        try Settings.connections.check(Int(connections), 1...1_000_000, String.init)
        try Settings.workers.check(Int(workers), 1...255, String.init)
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    private func bytes(_ count: Int) -> String { ByteCount(count).defaultValueDescription }

    var configuration: ServerConfiguration {
        var configuration = ServerConfiguration()
        if !hosts.isEmpty { configuration.hosts = HostNames(Self.list(hosts)) }
        configuration.trustedProxies = Self.list(trustProxy).compactMap(IPNetwork.init)
        configuration.requestsPerSecond = Int(rateLimit)
        configuration.requestBurst = Int(rateBurst)
        if loops > 0 { configuration.loops = Int(loops) }
        configuration.limits.requestLine = requestLine.value
        configuration.limits.headerSection = headerSection.value
        configuration.limits.fieldCount = Int(headerFields)
        configuration.limits.body = body.value
        configuration.localBody = importBody.value
        configuration.headerTime = headerTime.duration
        configuration.bodyGrace = bodyGrace.duration
        configuration.bodyRate = bodyRate.value
        configuration.idleTime = idleTime.duration
        configuration.writeStall = writeStall.duration
        configuration.heartbeat = heartbeat.duration
        configuration.drainTime = drainTime.duration
        configuration.connections = Int(connections)
        configuration.bufferedAnswers = bufferedAnswers.value
        configuration.cacheBytes = cache.value
        configuration.workers = Int(workers)
        configuration.workerQueue = Int(workerQueue)
        return configuration
    }
}

extension Excerpts: ExpressibleByArgument {
    init?(argument: String) {
        switch argument {
        case "none": self = .none
        case "full": self = .full
        default:
            guard let count = Int(argument), count > 0 else { return nil }
            self = .characters(count)
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .none: "none"
        case .full: "full"
        case .characters(let count): String(count)
        }
    }
}

/// The levels worth choosing from.
enum LogLevel: String, ExpressibleByArgument, CaseIterable, Sendable {
    case debug, info, warning, error

    var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
