// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import Server
import TestSupport
import Testing

@testable import CoverageAPI

/// Content of every kind that is no good, sent to every resource over real sockets: each gets a problem that says where, the
/// connection or a new one goes on, and nothing is written.
@Suite struct BadContentTests {
    private let feed: TestFeed
    private let token: String

    init() throws {
        feed = try TestFeed()
        token = try feed.coverage.database.createToken(
            NewToken(name: "desk", scope: .write, expires: nil), request: nil
        ).text.text
    }

    private static let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    private static let long = "\"\(String(repeating: "x", count: 1 << 20))\""

    /// JSON texts in the place of a value, and the statuses that they may get.
    private static let values: [(text: String, statuses: Set<Int>)] = [
        ("nonsense", [400]), ("", [400]), ("\"\\ud800\"", [400]), ("\"\\u0000\"", [400]), ("\"\u{0}\"", [400]),
        ("\"\\x\"", [400]), ("\"\n\"", [400]), ("\"open", [400]), ("9223372036854775808", [400]),
        ("-9223372036854775809", [400]), ("1e999", [400]), ("01", [400]), ("+1", [400]), (deep, [400]),
        (long, [413]), ("{\"a\":1,\"a\":2}", [400]), ("9223372036854775807", [422]), ("-1e308", [422]),
        ("[[]]", [422]), ("{\"constructor\":{}}", [422]), ("true", [422]),
    ]

    @Test(arguments: WriteRouteTests.records) func isRefusedWithItsPlace(path: String) throws {
        let connection = Connection(to: feed)
        let record = try connection.read(path)
        let number = try feed.coverage.database.read { try $0.lastChange() }
        let name = record.names.first { ["title", "gist", "aspect", "headline"].contains($0) } ?? "name"
        for (text, statuses) in Self.values {
            for method in ["PUT", "PATCH", "POST"] {
                // With its id a new record would be refused for that.
                let draft = method == "POST" ? record.without("id") : record
                let body = Mutation.text(draft, replacing: [name], by: text)
                let answer = try connection.send(method, path, body, token)
                #expect(statuses.contains(answer.status), "\(method) \(path) \(text.prefix(40)): \(answer.text)")
                #expect(answer["Content-Type"] == "application/problem+json")
                if answer.status == 422 {
                    let pointers = try JSONReader.read(answer.body)["errors"].elements.map(\.["pointer"].text)
                    #expect(pointers.contains { $0.hasPrefix("/\(name)") }, "\(method) \(path) \(text): \(answer.text)")
                }
            }
        }
        for unknown in ["nmae", "__proto__", ""] {
            let body = Mutation.text(record, replacing: [unknown], by: "1")
            #expect(try connection.send("PUT", path, body, token).status == 422)
        }
        #expect(try connection.send("PUT", path, Array("{}".utf8), token, type: "text/plain").status == 415)
        #expect(try feed.coverage.database.read { try $0.lastChange() } == number)
        #expect(try connection.read(path) == record)
    }

    /// A text of many megabytes is not read for nothing.
    @Test(arguments: ["", "Authorization: Bearer readout_nobody\r\n"])
    func asksForTheTokenBeforeTheText(field: String) throws {
        let feed = try TestFeed { $0.importPaths = Routers.importPaths }
        let client = try TestClient(feed.server.boundAddress)
        try client.send(
            "POST /v1/articles HTTP/1.1\r\nHost: t\r\n\(field)Content-Type: text/plain\r\nContent-Length: 9000000\r\n\r\n"
        )
        let answer = try client.readResponse()
        #expect(answer.status == 401 && answer["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        #expect(answer["Connection"] == "close")
        // Who may write is heard out.
        let token = try feed.coverage.database.createToken(
            NewToken(name: "desk", scope: .write, expires: nil), request: nil
        ).text.text
        #expect(try Connection(to: feed).send("POST", "/v1/articles/x", Array("{}".utf8), token).status == 422)
    }

    /// Whatever is made of a good body by chance: it is taken or refused, as a whole, and never by a failure of the server.
    @Test func chanceBreaksNothing() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let connection = Connection(to: feed)
        let database = feed.coverage.database
        for round in 0..<400 {
            let path = random.pick(WriteRouteTests.records)
            let record = try connection.read(path)
            let body = Mutation.any(of: record, replacements: Self.values.map(\.text), using: &random)
            let method = random.pick(["PUT", "PATCH", "POST"])
            let before = try database.read { try $0.lastChange() }
            let answer = try connection.send(method, path, body, token)
            #expect(
                [200, 201, 400, 409, 413, 422].contains(answer.status),
                "seed \(seed), round \(round), \(method) \(path): \(answer.status) \(answer.text)")
            if answer.status >= 300 {
                #expect(try JSONReader.read(answer.body)["errors"].elements.isEmpty == false || answer.status == 413)
                #expect(try database.read { try $0.lastChange() } == before, "seed \(seed), round \(round)")
                #expect(try connection.read(path) == record, "seed \(seed), round \(round)")
            }
        }
        let report = try database.read { try $0.check() }
        #expect(report.damage == [] && report.findings == [], "seed \(seed)")
    }
}

/// A client that connects again where the server has hung up on it, as it does on content that is too long to be read.
private final class Connection {
    private let feed: TestFeed
    private var client: TestClient?

    init(to feed: TestFeed) { self.feed = feed }

    func read(_ path: String) throws -> JSONValue {
        try JSONReader.read(exchange(Array("GET \(path) HTTP/1.1\r\nHost: t\r\n\r\n".utf8)).body)
    }

    func send(
        _ method: String, _ path: String, _ body: [UInt8], _ token: String, type: String? = nil
    ) throws -> TestResponse {
        let target = method == "POST" ? path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } : path
        let usual = method == "PATCH" ? "application/merge-patch+json" : "application/json"
        let condition = method == "POST" ? "" : "If-Match: *\r\n"
        let head = """
            \(method) \(target) HTTP/1.1\r
            Host: t\r
            Authorization: Bearer \(token)\r
            Content-Type: \(type ?? usual)\r
            Content-Length: \(body.count)\r
            \(condition)\r

            """
        return try exchange(Array(head.utf8) + body)
    }

    private func exchange(_ request: [UInt8]) throws -> TestResponse {
        let client = try client ?? TestClient(feed.server.boundAddress)
        // An answer can come before all is sent.
        try? client.send(request)
        let answer = try client.readResponse()
        self.client = answer["Connection"] == "close" ? nil : client
        return answer
    }
}

/// Bodies made of good ones.
private enum Mutation {
    /// Stands in a value's place until it is text.
    private static let mark = "\u{1F4CC}"

    /// The text of an object with another text in the place of one of its values, found by its path of members.
    static func text(_ value: JSONValue, replacing path: [String], by text: String) -> [UInt8] {
        encode(replace(value, path), with: text)
    }

    private static func encode(_ value: JSONValue, with text: String) -> [UInt8] {
        Array(String(decoding: value.encoded, as: UTF8.self).replacing("\"\(mark)\"", with: text).utf8)
    }

    private static func replace(_ value: JSONValue, _ path: [String]) -> JSONValue {
        guard let name = path.first else { return .string(mark) }
        return value.with((name, replace(value[name], Array(path.dropFirst()))))
    }

    static func any(of value: JSONValue, replacements: [String], using random: inout SeededGenerator) -> [UInt8] {
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            let bytes = value.encoded
            return Array(bytes.prefix(Int.random(in: 1..<bytes.count, using: &random)))
        case 1:
            var bytes = value.encoded
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            return bytes
        case 2:
            // The first member twice.
            let text = String(decoding: value.encoded, as: UTF8.self)
            return Array("{\"id\":\"x\",\(text.dropFirst())".utf8)
        default:
            let others = [
                "null", "{}", "[]", "\"\"", "0", "\"2023-13\"", "[null]", "\"https://x\"", "{\"id\":\"karst\"}",
            ]
            var count = nodes(of: value)
            count = Int.random(in: 0..<count, using: &random)
            return encode(marked(value, &count), with: random.pick(replacements + others))
        }
    }

    private static func nodes(of value: JSONValue) -> Int {
        switch value {
        case .object(let object): object.members.reduce(1) { $0 + nodes(of: $1.value) }
        case .array(let elements): elements.reduce(1) { $0 + nodes(of: $1) }
        default: 1
        }
    }

    /// The value with the mark in the place of the node of this number.
    private static func marked(_ value: JSONValue, _ number: inout Int) -> JSONValue {
        number -= 1
        if number == -1 { return .string(mark) }
        switch value {
        case .object(let object):
            var members: [(String, JSONValue)] = []
            for member in object.members { members.append((member.name, marked(member.value, &number))) }
            return .object(JSONObject(members))
        case .array(let elements):
            var marks: [JSONValue] = []
            for element in elements { marks.append(marked(element, &number)) }
            return .array(marks)
        default: return value
        }
    }
}
