// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import Dispatch
import HTTP
import HTTPTypes
import JSON
import Synchronization
import TestSupport
import Testing

/// The application over a database of its own, asked without a socket between. Each request is a batch by itself, and each
/// answer has to be as `/openapi.json` says.
final class TestAPI {
    let coverage: TestCoverage
    private let handler: CoverageHandler
    private let contract = ContractCheck()

    init(
        _ seeds: SeedFiles? = EnvoyVisit.seeds(), excerpts: Excerpts = .none, publicURL: String? = nil,
        deadline: Duration = .seconds(30), requiresTokenForReading: Bool = false,
        writeOrigins: Set<String> = [], changesKept: Int = 0,
        clock: @escaping @Sendable () -> Int = Timestamp.unixTime
    ) throws {
        coverage = try TestCoverage(seeds, changesKept: changesKept)
        let settings = APISettings(
            version: "0.0.0-test", links: Links(publicURL: publicURL), excerpts: excerpts, deadline: deadline,
            requiresTokenForReading: requiresTokenForReading, writeOrigins: writeOrigins)
        handler = try CoverageHandler(
            coverage.database, settings: settings, routers: SharedRouters.of(settings),
            authenticator: Authenticator(clock: clock), report: { _ in })
    }

    /// - Parameter target: path and query as a client sends them.
    func ask(
        _ target: String, _ method: HTTPRequest.Method = .get, fields: HTTPFields = [:], body: [UInt8] = [],
        origin: Request.Origin = .network, client: String? = nil
    ) -> TestReply {
        begin(target, method, fields: fields, body: body, origin: origin, client: client).wait()
    }

    /// The same without waiting for the answer.
    func begin(
        _ target: String, _ method: HTTPRequest.Method = .get, fields: HTTPFields = [:], body: [UInt8] = [],
        origin: Request.Origin = .network, client: String? = nil
    ) -> PendingReply {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let request = Request(
            method: method, path: parts[0], query: parts.count > 1 ? parts[1] : nil, headerFields: fields, body: body,
            id: RequestID(randomHigh: 0, randomLow: 0), origin: origin, client: client)
        defer { handler.batchEnded() }
        let reply = PendingReply(request, contract)
        let delivery = reply.delivery
        switch handler.respond(to: request).answer {
        case .now(let response), .stream(let response, _): delivery.give(response)
        case .later(let work): delivery.give(work())
        case .eventually(let start): start { delivery.give($0) }
        }
        return reply
    }

    /// Commits another text for one passage of the events.
    func change(_ old: String, to new: String) throws {
        _ = try coverage.database.load(EnvoyVisit.seeds(in: "events.json", replacing: old, with: new))
    }

    /// The ids of a list's page.
    func ids(_ target: String) -> [String] {
        ask(target).json["data"].elements.map(\.["id"].text)
    }
}

/// Routers by what of the settings they depend on: describing all operations takes a moment.
private enum SharedRouters {
    private struct Key: Hashable {
        let home: String
        let isLocked: Bool
    }

    private static let all = Mutex<[Key: Routers]>([:])

    static func of(_ settings: APISettings) throws -> Routers {
        let key = Key(home: settings.links.link("/"), isLocked: settings.requiresTokenForReading)
        return try all.withLock { all in
            if let routers = all[key] { return routers }
            let routers = try Routers(settings)
            all[key] = routers
            return routers
        }
    }
}

/// An answer that may still have to come, from another thread.
final class PendingReply {
    fileprivate final class Delivery: Sendable {
        private let response = Mutex<Response?>(nil)
        private let isThere = DispatchSemaphore(value: 0)

        func give(_ response: Response) {
            self.response.withLock { $0 = response }
            isThere.signal()
        }

        func wait() -> Response {
            isThere.wait()
            return response.withLock { $0 } ?? Response(status: .internalServerError)
        }
    }

    fileprivate let delivery = Delivery()
    private let request: Request
    private let contract: ContractCheck

    fileprivate init(_ request: Request, _ contract: ContractCheck) {
        self.request = request
        self.contract = contract
    }

    func wait() -> TestReply {
        let response = delivery.wait()
        contract.expect(response, answers: request)
        return TestReply(response)
    }
}

/// An answer, its body read as JSON where it is any.
struct TestReply {
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]
    let isShareable: Bool
    /// `null` when the body is no JSON.
    let json: JSONValue

    init(_ response: Response) {
        status = response.status.code
        fields = response.headerFields
        body = response.body
        isShareable = response.isShareable
        json = (try? JSONReader.read(response.body)) ?? .null
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    func field(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { fields[$0] }
    }

    /// The page a problem document points at, without what stands before its name.
    var problem: String {
        json["type"].text.split(separator: "/").last.map(String.init) ?? ""
    }

    /// The parameters that are at fault, in order.
    var faults: [String] { json["errors"].elements.map(\.["parameter"].text) }
}

extension JSONValue {
    /// A member's value; null where there is none.
    subscript(_ name: String) -> JSONValue {
        if case .object(let object) = self { object[name] ?? .null } else { .null }
    }

    /// An element; null where there is none.
    subscript(_ index: Int) -> JSONValue {
        elements.indices.contains(index) ? elements[index] : .null
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var names: [String] {
        if case .object(let object) = self { object.names } else { [] }
    }

    /// A string's text; empty where there is none.
    var text: String {
        if case .string(let text) = self { text } else { "" }
    }
}
