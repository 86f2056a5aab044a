// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// The operator's jobs about tokens and the audit trail.
enum AccessJobs {
    /// The one answer that holds a token's text.
    static func create(_ request: Request, in database: CoverageDatabase) throws -> Response {
        var query = try QueryReader(request, known: ["name", "scope", "expires"])
        let now = Timestamp.unixTime()
        let name = query.required("name") ?? ""
        if !name.isEmpty, let fault = NewToken.fault(ofName: name) { query.refuse("name", fault) }
        let scope = query.required("scope").flatMap { text in
            if Scope(rawValue: text) == nil {
                query.refuse("scope", value: text, among: Scope.allCases.map(\.rawValue))
            }
            return Scope(rawValue: text)
        }
        var expires: Int?
        if let text = query.single("expires") {
            do { expires = try Expiry.parse(text, now: now) } catch { query.refuse("expires", error.description) }
        }
        try query.finish()
        let new = try NewToken(name: name, scope: scope ?? .read, expires: expires)
        let (text, token) = try database.createToken(new, request: "\(request.id)")
        var writer = JSONWriter()
        writer.object { json in
            json.token(token, now: now)
            json.member("token", text.text)
        }
        return .momentary(writer)
    }

    static func list(_ request: Request, in database: CoverageDatabase) throws -> Response {
        try QueryReader(request, known: []).finish()
        let tokens = try database.read { try $0.tokens() }
        let now = Timestamp.unixTime()
        var writer = JSONWriter()
        writer.object { json in
            json.array("data") { json in
                for token in tokens { json.object { $0.token(token, now: now) } }
            }
        }
        return .momentary(writer)
    }

    static func revoke(_ request: Request, in database: CoverageDatabase) throws -> Response {
        var query = try QueryReader(request, known: ["token"])
        let nameOrID = query.required("token") ?? ""
        try query.finish()
        let token = try database.revokeToken(nameOrID, request: "\(request.id)")
        var writer = JSONWriter()
        writer.object { $0.token(token, now: Timestamp.unixTime()) }
        return .momentary(writer)
    }

    static func audit(_ request: Request, in database: CoverageDatabase) throws -> Response {
        var query = try QueryReader(request, known: ["limit"])
        let limit = query.integer("limit", in: 1...100_000) ?? 100
        try query.finish()
        let entries = try database.read { try $0.audit(limit: limit) }
        var writer = JSONWriter()
        writer.object { json in
            json.array("data") { json in
                for entry in entries {
                    json.object { json in
                        json.member("number", entry.number)
                        json.member("at", entry.at)
                        json.member("actor", entry.actor)
                        json.member("token", entry.token)
                        json.member("address", entry.address)
                        json.member("request", entry.request)
                        json.member("action", entry.action)
                    }
                }
            }
        }
        return .momentary(writer)
    }
}

extension JSONWriter {
    /// The members of a token, as far as they may be told.
    fileprivate mutating func token(_ token: StoredToken, now: Int) {
        member("id", token.id)
        member("name", token.name)
        member("scope", token.scope.rawValue)
        member("created", token.createdAt)
        member("expires", token.expiresAt)
        member("revoked", token.revokedAt)
        member("state", token.state(at: now).rawValue)
    }
}
