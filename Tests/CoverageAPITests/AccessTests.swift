// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import HTTPTypes
import JSON
import Synchronization
import TestSupport
import Testing

@testable import CoverageAPI

@Suite struct AccessTests {
    /// A clock that stands still until it is set.
    final class Clock: Sendable {
        private let time: Atomic<Int>

        init(_ time: Int) { self.time = Atomic(time) }

        var now: Int {
            get { time.load(ordering: .relaxed) }
            set { time.store(newValue, ordering: .relaxed) }
        }
    }

    private let clock = Clock(Timestamp.unixTime())
    private let api: TestAPI

    init() throws {
        api = try TestAPI(clock: { [clock] in clock.now })
    }

    private func token(_ name: String = "ci", _ scope: Scope = .read, expires: Int? = nil) throws -> String {
        try api.coverage.database.createToken(NewToken(name: name, scope: scope, expires: expires), request: nil).text
            .text
    }

    private func get(_ authorization: String..., target: String = "/v1/events", client: String? = "192.0.2.1")
        -> TestReply
    {
        var fields = HTTPFields()
        for value in authorization { fields.append(HTTPField(name: .authorization, value: value)) }
        return api.ask(target, fields: fields, client: client)
    }

    private let unknown = "readout_0123456789ab_" + String(repeating: "A", count: 43)

    // MARK: What is shown

    @Test(arguments: ["Bearer ", "bearer ", "BEARER ", "bEaReR   "]) func aTokenLetsRead(scheme: String) throws {
        let reply = get(scheme + (try token()))
        #expect(reply.status == 200)
        #expect(reply.field("Cache-Control") == "private, no-cache")
        #expect(reply.field("ETag") == get().field("ETag"))
        #expect(!reply.isShareable)
        #expect(get().field("Cache-Control") == "no-cache" && get().isShareable)
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Bearer a b", "Bearer \"x\"", "Bearer a,b", "Bearer token=x, realm=y", "Bearer =",
        "Bearer é",
        "",
    ])
    func aMalformedFieldIsRefused(value: String) {
        let reply = get(value)
        #expect(reply.status == 400 && reply.problem == "malformed-authorization")
        #expect(reply.field("WWW-Authenticate") == #"Bearer realm="readout", error="invalid_request""#)
        #expect(reply.json["errors"][0]["header"] == "Authorization")
    }

    @Test func severalFieldsAreRefused() throws {
        let right = "Bearer " + (try token())
        for reply in [get(right, right), get(right, "Basic eDp5"), get("Basic eDp5", right)] {
            #expect(reply.status == 400 && reply.problem == "malformed-authorization")
            #expect(reply.json["detail"] == "There are 2 Authorization fields; send one.")
        }
    }

    @Test(arguments: ["Basic eDp5", "Digest x", "Negotiate", "Bearer2 x", "readout_0123456789ab_x"])
    func otherSchemesAreUnknown(value: String) {
        let reply = get(value)
        #expect(reply.status == 401 && reply.problem == "unauthorized")
        // No error code: the client did not know how to ask.
        #expect(reply.field("WWW-Authenticate") == #"Bearer realm="readout""#)
        #expect(reply.json["detail"].text.contains("Only the scheme Bearer"))
    }

    /// On a read that needs no token: what is shown is never passed over.
    @Test func unknownTokensAreRefused() throws {
        let right = try token()
        for (index, text) in [
            unknown, "x", String(right.dropLast(44)), right + "A", right.uppercased(), unknown + "==",
        ]
        .enumerated() {
            let reply = get("Bearer " + text, client: "192.0.2.\(index)")
            #expect(reply.status == 401 && reply.problem == "unauthorized")
            #expect(reply.field("WWW-Authenticate") == #"Bearer realm="readout", error="invalid_token""#)
            #expect(reply.field("Cache-Control") == "no-store")
            #expect(reply.json["detail"].text.contains("'readout token create'"))
            #expect(!reply.text.contains(text) || text == "x")
        }
    }

    @Test func theRightIDWithAnotherSecretIsUnknown() throws {
        let (one, two) = (try token("one"), try token("two"))
        let reply = get("Bearer \(one.dropLast(43))\(two.suffix(43))")
        #expect(reply.status == 401)
        #expect(reply.json["detail"].text.hasPrefix("The token is not known here"))
    }

    @Test func aTokenExpires() throws {
        let text = try token(expires: clock.now + 60)
        clock.now += 59
        #expect(get("Bearer " + text).status == 200)
        clock.now += 1
        let reply = get("Bearer " + text)
        #expect(reply.status == 401)
        #expect(reply.field("WWW-Authenticate") == #"Bearer realm="readout", error="invalid_token""#)
        #expect(reply.json["detail"].text.hasPrefix("The token 'ci' expired at 2"))
        // Who has not the secret does not learn that it was one.
        let guess = get("Bearer \(text.dropLast(43))\(unknown.suffix(43))")
        #expect(guess.json["detail"].text.hasPrefix("The token is not known here"))
    }

    @Test func aRevokedTokenIsRefusedFromTheNextRequestOn() throws {
        let text = try token()
        #expect(get("Bearer " + text).status == 200)
        _ = try api.coverage.database.revokeToken("ci", request: nil)
        let reply = get("Bearer " + text)
        #expect(reply.status == 401)
        #expect(reply.field("WWW-Authenticate") == #"Bearer realm="readout", error="invalid_token""#)
        #expect(reply.json["detail"].text.hasPrefix("The token 'ci' was revoked at 2"))
    }

    // MARK: Slowing down

    @Test func anAddressWithTooManyFailuresWaits() throws {
        let right = "Bearer " + (try token())
        for _ in 0..<10 { #expect(get("Bearer " + unknown).status == 401) }
        let reply = get("Bearer " + unknown)
        #expect(reply.status == 429 && reply.problem == "too-many-requests")
        #expect(reply.field("Retry-After") == "1")
        // Others, those who show nothing, and who shares the address and has a token, are not affected.
        #expect(get("Bearer " + unknown, client: "192.0.2.2").status == 401)
        #expect(get().status == 200)
        #expect(get(right).status == 200)
        // The right one has cleared nothing.
        #expect(get("Bearer " + unknown).status == 429)
        clock.now += 1
        #expect(get("Bearer " + unknown).status == 401)
        #expect(get("Bearer " + unknown).status == 429)
        clock.now += 60
        #expect(get("Bearer " + unknown).status == 401)
    }

    @Test func rightTokensAndFaultyFieldsAreNoFailures() throws {
        let right = "Bearer " + (try token())
        for _ in 0..<30 {
            #expect(get(right).status == 200)
            #expect(get("Bearer").status == 400)
            #expect(get("Basic eDp5").status == 401)
        }
    }

    @Test func loopsCountTogether() throws {
        let authenticator = Authenticator { 100 }
        let coverage = api.coverage
        let settings = APISettings(version: "0", links: Links(publicURL: nil), excerpts: .none)
        let handlers = try (0..<2).map { _ in
            try CoverageHandler(
                coverage.database, settings: settings, routers: Routers(settings), authenticator: authenticator,
                report: { _ in })
        }
        var statuses: [Int] = []
        for number in 0..<12 {
            let request = Request(
                path: "/v1", headerFields: [.authorization: "Bearer " + unknown], client: "192.0.2.1")
            if case .now(let response) = handlers[number % 2].respond(to: request).answer {
                statuses.append(response.status.code)
            }
            handlers[number % 2].batchEnded()
        }
        #expect(statuses == Array(repeating: 401, count: 10) + [429, 429])
    }

    // MARK: What a scope is good for

    private func require(_ scope: Scope, _ principal: Principal?) -> Problem? {
        do {
            let database = api.coverage.database
            let settings = APISettings(version: "0", links: Links(publicURL: nil), excerpts: .none)
            let session = try ReadSession(database, deadline: settings.deadline)
            try database.read { reader in
                let context = Context(
                    ResponseFinisher(request: Request(), settings: settings, report: { _ in }), reader: reader,
                    database: database,
                    feed: ChangeFeed(database, session, Authenticator(), links: settings.links, report: { _ in }),
                    principal: principal, spare: JSONSpare())
                _ = try Access.require(scope, context)
            }
            return nil
        } catch { return error as? Problem ?? Problem(.internalError, "\(error)") }
    }

    @Test(arguments: Scope.allCases) func withoutATokenThereIsAChallenge(scope: Scope) {
        let problem = require(scope, nil)
        #expect(problem?.type == .unauthorized)
        #expect(problem?.headerFields[.wwwAuthenticate] == #"Bearer realm="readout""#)
        #expect(problem?.detail.contains("scope '\(scope.rawValue)'") == true)
    }

    @Test func tooLittleScopeNamesTheOneThatLacks() throws {
        _ = try token("reader", .read)
        let stored = try #require(try api.coverage.database.read { try $0.tokens() }.first)
        let problem = require(.write, Principal(stored))
        #expect(problem?.type == .insufficientScope && problem?.type.status == 403)
        #expect(
            problem?.headerFields[.wwwAuthenticate]
                == #"Bearer realm="readout", error="insufficient_scope", scope="write""#)
        #expect(problem?.detail == "This needs the scope 'write'; the token 'reader' has 'read'.")
        #expect(require(.read, Principal(stored)) == nil)
        for scope in Scope.allCases { #expect(require(scope, .operator) == nil) }
    }

    @Test func theAuthorIsWhoAsks() throws {
        _ = try token("desk", .write)
        let stored = try #require(try api.coverage.database.read { try $0.tokens() }.first)
        let request = Request(method: .put, path: "/v1/people/x", query: "y=z", client: "192.0.2.1")
        let author = Principal(stored).author(of: request)
        #expect((author.name, author.token, author.address) == ("desk", stored.id, "192.0.2.1"))
        #expect((author.request, author.action) == ("\(request.id)", "PUT /v1/people/x"))
        let local = Principal.operator.author(of: Request(path: "/x", origin: .local))
        #expect((local.name, local.token, local.address) == ("operator", nil, nil))
    }
}
