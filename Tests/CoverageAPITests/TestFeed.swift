// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import Server
import Sockets
import TestSupport

/// The application served to real sockets, its commits announced as the program does it.
final class TestFeed {
    let coverage: TestCoverage
    let server: Server

    init(
        _ seeds: SeedFiles? = EnvoyVisit.seeds(), changesKept: Int = 0, requiresTokenForReading: Bool = false,
        configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        SignalDescriptor.ignoreBrokenPipes()
        coverage = try TestCoverage(seeds, changesKept: changesKept)
        var configuration = ServerConfiguration()
        configuration.loops = 2
        configure(&configuration)
        let settings = APISettings(
            version: "0.0.0-test", links: Links(publicURL: nil), excerpts: .none, deadline: .seconds(30),
            requiresTokenForReading: requiresTokenForReading)
        let (routers, database) = (try Routers(settings), coverage.database)
        let authenticator = Authenticator()
        let server = try Server(
            network: try Listener(.ipv4(0x7F00_0001, port: 0)), configuration: configuration
        ) { _ in
            try CoverageHandler(
                database, settings: settings, routers: routers, authenticator: authenticator, report: { _ in })
        }
        self.server = server
        database.onCommit { server.announce() }
    }

    deinit {
        server.stop()
        server.wait()
    }

    /// - Parameter seen: the id of the last event seen.
    func subscribe(_ query: String = "", seen: String? = nil, fields: String = "") throws -> TestSubscriber {
        let seen = seen.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        return try TestSubscriber(server.boundAddress, query: query, fields: seen + fields)
    }
}

/// A reader of server-sent events by the rules of the HTML standard, section 9.2.6.
final class TestSubscriber {
    struct Event: Equatable {
        let name: String
        let data: String
        let id: String
    }

    let client: TestClient
    /// The id that a new connection would name.
    private(set) var lastEventID = ""
    private(set) var retry: String?
    private(set) var comments: [String] = []
    private var lines: [String] = []
    private var rest: [UInt8] = []

    init(_ address: SocketAddress, query: String, fields: String) throws {
        client = try TestClient(address)
        try client.send(
            "GET /v1/changes\(query) HTTP/1.1\r\nHost: t\r\nAccept: text/event-stream\r\n\(fields)\r\n")
        let head = try client.readStreamHead()
        guard head.status == 200 else { throw TestClient.Failure.malformed("\(head.status)") }
    }

    /// The next event; nil when the stream has ended.
    func next() throws -> Event? {
        while true {
            while let line = takeLine() {
                if let event = take(line) { return event }
            }
            guard let chunk = try client.readChunk() else { return nil }
            rest += chunk
        }
    }

    /// Reads one chunk, of which only so much arrives, and gives the events that are whole.
    func next(cutTo share: Double) throws -> [Event] {
        let chunk = try client.readChunk() ?? []
        rest += chunk.prefix(Int(Double(chunk.count) * share))
        var events: [Event] = []
        while let line = takeLine() {
            if let event = take(line) { events.append(event) }
        }
        return events
    }

    private func takeLine() -> String? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest.removeFirst(end + 1) }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    private func take(_ line: String) -> Event? {
        guard line.isEmpty else {
            lines.append(line)
            return nil
        }
        var (name, data, id) = ("message", "", lastEventID)
        for line in lines {
            let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch parts[0] {
            case "": comments.append(parts[1])
            case "event": name = parts[1]
            case "data": data += parts[1]
            case "id": id = parts[1]
            case "retry": retry = parts[1]
            default: break
            }
        }
        lines = []
        lastEventID = id
        return data.isEmpty ? nil : Event(name: name, data: data, id: id)
    }
}
