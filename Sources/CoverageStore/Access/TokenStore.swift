// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import SQLite

/// A token that is to be made.
package struct NewToken: Sendable {
    let name: String
    let scope: Scope
    let expiresAt: String?

    /// - Parameter expires: seconds since 1970; nil never.
    /// - Throws: `TokenRefusal.faultyName`.
    package init(name: String, scope: Scope, expires: Int?) throws(TokenRefusal) {
        if let fault = Self.fault(ofName: name) { throw .faultyName(fault) }
        self.name = name
        self.scope = scope
        expiresAt = expires.map(Timestamp.text)
    }

    /// What is wrong with a name, in a sentence; nil when nothing is. It must be fit for one line of a list, and be neither an
    /// id nor the operator's.
    package static func fault(ofName name: String) -> String? {
        let scalars = name.unicodeScalars
        guard (1...100).contains(scalars.count), scalars.allSatisfy(isPrintable),
            scalars.first != " ", scalars.last != " "
        else { return "A token's name is 1 to 100 printable characters, with spaces only between others." }
        if TokenText.isID(name) { return "'\(name)' could be taken for a token's id." }
        if name == Author.operatorName { return "'\(name)' is what the audit trail calls the one at the machine." }
        return nil
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}

/// Why a token was not made or not revoked.
package enum TokenRefusal: Error, Sendable, CustomStringConvertible {
    case faultyName(String)
    case nameTaken(String, id: String)
    case unknown(String, nearest: String?)
    case revokedBefore(String, at: String)

    package var description: String {
        switch self {
        case .faultyName(let reason): reason
        case .nameTaken(let name, let id):
            "There is a token '\(name)' already (\(id)); revoke it first, or choose another name."
        case .unknown(let text, let nearest):
            "There is no token '\(text)'\(nearest.map { "; did you mean '\($0)'?" } ?? ".")"
        case .revokedBefore(let text, let time): "The token '\(text)' was revoked at \(time)."
        }
    }
}

extension Reader {
    /// What is known of the token with this id.
    package func token(id: String) throws -> StoredToken? {
        let row = try connection.prepare("SELECT \(StoredToken.columns) FROM tokens WHERE id = ?")
        try row.bind(1, id)
        return try row.step() ? StoredToken(row) : nil
    }

    /// Every token there ever was, oldest first.
    package func tokens() throws -> [StoredToken] {
        let rows = try connection.prepare("SELECT \(StoredToken.columns) FROM tokens ORDER BY created_at, id")
        var tokens: [StoredToken] = []
        while try rows.step() { tokens.append(StoredToken(rows)) }
        return tokens
    }
}

extension CoverageDatabase {
    /// Makes a token, and an entry in the audit trail.
    /// - Parameter request: the number of the request that asks for it.
    /// - Returns: with its text, which is nowhere else and cannot be had again.
    /// - Throws: `TokenRefusal.nameTaken`.
    package func createToken(_ new: NewToken, request: String?) throws -> (text: TokenText, token: StoredToken) {
        let text = try TokenText.random()
        let salt = try RandomBytes.make(16)
        let token = try transact { connection, time in
            let others = try Reader(connection).tokens()
            if let other = others.first(where: { $0.name == new.name && $0.state(at: Timestamp.unixTime()) == .active })
            {
                throw TokenRefusal.nameTaken(other.name, id: other.id)
            }
            let token = StoredToken(
                id: text.id, name: new.name, scope: new.scope, createdAt: time, expiresAt: new.expiresAt,
                revokedAt: nil, salt: salt, hash: text.hash(salt: salt))
            try token.insert(into: connection)
            let end = new.expiresAt.map { "until \($0)" } ?? "without end"
            let action = "create token '\(new.name)' (\(text.id)), scope \(new.scope.rawValue), \(end)"
            _ = try AuditLog.record(.operator(request: request, action: action), on: connection, at: time)
            return token
        }
        return (text, token)
    }

    /// Ends a token at once, with an entry in the audit trail.
    /// - Parameter nameOrID: of a name's tokens the one that is not revoked, and of those the one that has not expired.
    /// - Throws: `TokenRefusal`.
    package func revokeToken(_ nameOrID: String, request: String?) throws -> StoredToken {
        try transact { connection, time in
            let token = try Self.find(nameOrID, among: Reader(connection).tokens())
            if let time = token.revokedAt { throw TokenRefusal.revokedBefore(nameOrID, at: time) }
            try connection.run("UPDATE tokens SET revoked_at = ? WHERE id = ?", .text(time), .text(token.id))
            let action = "revoke token '\(token.name)' (\(token.id))"
            _ = try AuditLog.record(.operator(request: request, action: action), on: connection, at: time)
            return token.revoked(at: time)
        }
    }

    private static func find(_ nameOrID: String, among tokens: [StoredToken]) throws(TokenRefusal) -> StoredToken {
        if let token = tokens.first(where: { $0.id == nameOrID }) { return token }
        let namesakes = tokens.filter { $0.name == nameOrID }
        let now = Timestamp.unixTime()
        guard
            let token = namesakes.last(where: { $0.state(at: now) == .active })
                ?? namesakes.last(where: { $0.revokedAt == nil }) ?? namesakes.last
        else { throw .unknown(nameOrID, nearest: nearest(to: nameOrID, among: tokens.map(\.name))) }
        return token
    }
}

extension StoredToken {
    fileprivate static let columns = "id, name, scope, salt, hash, created_at, expires_at, revoked_at"

    fileprivate init(_ row: borrowing SQLite.Statement) {
        self.init(
            // The column takes no other; if it did, the least would be right.
            id: row.text(0), name: row.text(1), scope: Scope(rawValue: row.text(2)) ?? .read, createdAt: row.text(5),
            expiresAt: row.optionalText(6), revokedAt: row.optionalText(7), salt: row.blob(3), hash: row.blob(4))
    }

    fileprivate func insert(into connection: Connection) throws {
        let row = try connection.prepare("INSERT INTO tokens (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)")
        try row.bind(1, id)
        try row.bind(2, name)
        try row.bind(3, scope.rawValue)
        try row.bind(4, salt)
        try row.bind(5, hash)
        try row.bind(6, createdAt)
        try row.bind(7, expiresAt)
        try row.run()
    }

    fileprivate func revoked(at time: String) -> StoredToken {
        StoredToken(
            id: id, name: name, scope: scope, createdAt: createdAt, expiresAt: expiresAt, revokedAt: time, salt: salt,
            hash: hash)
    }
}
