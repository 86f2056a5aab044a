// SPDX-License-Identifier: Apache-2.0

internal import Digests

/// What the database knows of a token: all but its secret.
package struct StoredToken: Sendable {
    package enum State: String, Sendable {
        case active, expired, revoked
    }

    package let id: String
    package let name: String
    package let scope: Scope
    /// These times are RFC 3339, in UTC.
    package let createdAt: String
    package let expiresAt: String?
    package let revokedAt: String?
    let salt: [UInt8]
    let hash: [UInt8]

    /// - Parameter now: seconds since 1970.
    package func state(at now: Int) -> State {
        if revokedAt != nil { return .revoked }
        // All of one length, so that texts sort as the times do.
        if let expiresAt, expiresAt <= Timestamp.text(of: now) { return .expired }
        return .active
    }

    /// Whether this is the token that the text gives, compared in constant time.
    package func matches(_ text: TokenText) -> Bool {
        text.id == id && ConstantTime.equal(text.hash(salt: salt), hash)
    }
}
