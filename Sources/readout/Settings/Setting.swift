// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageStore

/// One thing an operator can set: the flag, the environment variable, the default and what it means. The commands take
/// their options from here, so that no name or default is written twice.
struct Setting<Value: ExpressibleByArgument & Sendable>: AnySetting {
    let name: String
    /// The value when nobody says otherwise.
    let fallback: Value
    let meaning: String

    init(_ name: String, _ fallback: Value, _ meaning: String) {
        self.name = name
        self.fallback = fallback
        self.meaning = meaning
    }

    var isSwitch: Bool { Value.self == Bool.self }

    /// - Parameter describe: words a bound as the operator would write it.
    func check(_ value: Int, _ range: ClosedRange<Int>, _ describe: (Int) -> String) throws {
        guard !range.contains(value) else { return }
        throw ValidationError(
            "--\(name) must be \(describe(range.lowerBound)) to \(describe(range.upperBound)), not \(describe(value)).")
    }
}

/// A setting, whatever its type.
protocol AnySetting: Sendable {
    /// The flag without its hyphens.
    var name: String { get }
    var meaning: String { get }
    /// A switch is a flag without a value; its variable says true or false.
    var isSwitch: Bool { get }
}

extension AnySetting {
    /// `public-url` is `READOUT_PUBLIC_URL`.
    var variable: String { EnvironmentSettings.prefix + name.uppercased().replacing("-", with: "_") }
    var help: ArgumentHelp { ArgumentHelp(stringLiteral: meaning) }
}

/// Every setting there is.
enum Settings {
    static let database = Setting("database", "var/readout.sqlite", "The SQLite file.")
    static let migrations = Setting("migrations", "migrations", "The folder with the schema's migrations.")
    static let seeds = Setting("seeds", "seeds", "The folder with the seed files.")

    static let pages = Setting("pages", "pages", "The folder with the pages for people at / and /docs.")

    static let host = Setting("host", "127.0.0.1", "The address to listen on: IPv4, IPv6, or * for all.")
    static let port = Setting("port", UInt16(8080), "The port to listen on; 0 picks a free one.")
    static let publicURL = Setting(
        "public-url", "", "How clients reach the server, with any path prefix; links are relative without it.")
    static let excerpts = Setting(
        "excerpts", Excerpts.none,
        "How much of an article's paragraph may leave: none, a number of characters, or full.")
    static let requireTokenForReading = Setting(
        "require-token-for-reading", false,
        "Answer reads only to those who show a token; health and problem pages stay open.")
    static let writeOrigins = Setting(
        "write-origins", "", "The origins whose web pages may write, by commas: https://desk.example. Any may read.")
    static let logLevel = Setting("log-level", LogLevel.info, "The least level that is logged.")
    static let accessLog = Setting("access-log", false, "Log each request.")

    static let tlsCertificate = Setting(
        "tls-certificate", "",
        "Serve HTTPS with this PEM file, its chain behind it. Several by commas: each is for the hosts it names.")
    static let tlsKey = Setting("tls-key", "", "The PEM file of the certificate's key; several in the same order.")
    static let tlsClientCA = Setting(
        "tls-client-ca", "", "Ask clients for certificates by the authorities in this PEM file.")
    static let tlsClient = Setting(
        "tls-client", ClientCertificateRule.required, "Whether clients must show a certificate: required or optional.")

    static let hosts = Setting(
        "hosts", "", "The host names served, by commas; requests for others are answered 421. Empty: all.")
    static let trustProxy = Setting(
        "trust-proxy", "", "Proxies whose word on their clients' addresses is taken, by commas: 10.0.0.0/8,::1.")
    static let rateLimit = Setting(
        "rate-limit", UInt32(0), "Requests a second that each client may make on average; 0 sets no limit.")
    static let rateBurst = Setting("rate-burst", UInt32(100), "Requests that a client may make at once.")

    static let loops = Setting("loops", UInt16(0), "Event loops, a thread each; 0 is one per processor.")
    static let requestLine = Setting("request-line", ByteCount(8 << 10), "The longest request line.")
    static let headerSection = Setting("header-section", ByteCount(32 << 10), "The largest header section.")
    static let headerFields = Setting("header-fields", UInt8(128), "The most fields of a request, at most 128.")
    static let body = Setting("body", ByteCount(1 << 20), "The largest content of a request.")
    static let importBody = Setting("import-body", ByteCount(16 << 20), "The largest content of an import.")
    static let headerTime = Setting("header-time", TimeSpan(.seconds(10)), "How long a request head may take.")
    static let bodyGrace = Setting("body-grace", TimeSpan(.seconds(10)), "How long content may come at any pace.")
    static let bodyRate = Setting("body-rate", ByteCount(1 << 10), "The least content per second after that.")
    static let idleTime = Setting(
        "idle-time", TimeSpan(.seconds(60)), "How long a connection may wait for its next request.")
    static let writeStall = Setting(
        "write-stall", TimeSpan(.seconds(30)), "How long a client may take nothing of an answer.")
    static let heartbeat = Setting(
        "heartbeat", TimeSpan(.seconds(15)), "After how much silence a stream of changes sends a sign of life.")
    static let changesKept = Setting(
        "changes-kept", UInt32(1_000_000), "How many changes can be read again; 0 keeps all.")
    static let drainTime = Setting(
        "drain-time", TimeSpan(.seconds(10)), "How long answers in flight may take when the server stops.")
    static let connections = Setting("connections", UInt32(10_000), "The most open connections.")
    static let bufferedAnswers = Setting(
        "buffered-answers", ByteCount(256 << 10), "Unsent answers from which on a connection's next requests wait.")
    static let cache = Setting("cache", ByteCount(4 << 20), "Memory for ready answers; 0 keeps none.")
    static let workers = Setting("workers", UInt8(2), "Threads for long work.")
    static let workerQueue = Setting("worker-queue", UInt16(256), "Long work that may wait; more is refused.")
    static let statementTime = Setting(
        "statement-time", TimeSpan(.seconds(2)), "How long the reading for one request may take.")

    static let storage: [any AnySetting] = [database, migrations]
    static let seeding: [any AnySetting] = [seeds]
    static let serving: [any AnySetting] = [
        pages, host, port, publicURL, excerpts, requireTokenForReading, writeOrigins, logLevel, accessLog,
        tlsCertificate,
        tlsKey, tlsClientCA, tlsClient, hosts,
        trustProxy, rateLimit, rateBurst, loops,
        requestLine, headerSection, headerFields, body,
        importBody, headerTime, bodyGrace, bodyRate, idleTime, writeStall, heartbeat, changesKept, drainTime,
        connections, bufferedAnswers,
        cache,
        workers, workerQueue, statementTime,
    ]
    static let all = storage + seeding + serving
}
