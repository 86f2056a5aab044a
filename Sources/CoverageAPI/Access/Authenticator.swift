// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import Synchronization

/// Tells who asks, by the token of the request (RFC 6750, section 2.1). One for all loops, since they count failures together.
package final class Authenticator: Sendable {
    private let failures = Mutex(FailedAttempts())
    private let clock: @Sendable () -> Int

    /// - Parameter clock: seconds since 1970.
    package init(clock: @escaping @Sendable () -> Int = Timestamp.unixTime) {
        self.clock = clock
    }

    /// Where nobody is asked for a token, and one that is shown is not looked at: what tells whether the server is up, what
    /// explains its refusals, and what browsers ask beforehand without credentials.
    static func isOpen(_ request: Request) -> Bool {
        if request.method == .options { return true }
        // As of most requests.
        if request.pathBegins(with: "/v1/") { return false }
        return ["/healthz", "/readyz", "/problems"].contains(request.path) || request.pathBegins(with: "/problems/")
    }

    /// - Returns: nil when no token was shown.
    /// - Throws: a problem when what was shown is no token, or one that is over: it is never passed over.
    func principal(of request: Request, in reader: Reader) throws -> Principal? {
        if request.origin == .local { return .operator }
        // Asked first, since most requests show none.
        guard request.headerFields.contains(.authorization), !Self.isOpen(request) else { return nil }
        let token = try Self.token(Self.token(in: request.headerFields), in: reader)
        let now = clock()
        // Whatever others of the same address have shown: else any of them could keep it out.
        if let token, token.state(at: now) == .active { return Principal(token) }
        // Without an address to tell them apart, all are one client.
        let client = request.client?.description ?? ""
        if let seconds = failures.withLock({ $0.wait(for: client, now: now) }) {
            throw Problem(
                .tooManyRequests,
                "Too many tokens from this address were refused; nor is this one valid; try the next in \(seconds) s.",
                headerFields: [.retryAfter: String(seconds)])
        }
        failures.withLock { $0.note(client, now: now) }
        throw Problem.unauthorized(Self.reason(for: token, now: now), .invalidToken)
    }

    /// Whether a token that was shown before is still one.
    func isActive(_ tokenID: String, in reader: Reader) throws -> Bool {
        try reader.token(id: tokenID)?.state(at: clock()) == .active
    }

    /// The token that this is the text of, whether it is over or not.
    private static func token(_ shown: String, in reader: Reader) throws -> StoredToken? {
        guard let text = TokenText(shown), let token = try reader.token(id: text.id), token.matches(text) else {
            return nil
        }
        return token
    }

    /// Only those who hold the whole token learn that it was one.
    private static func reason(for token: StoredToken?, now: Int) -> String {
        let remedy = "The operator makes a new one with 'readout token create'."
        return switch (token, token?.state(at: now)) {
        case (let token?, .expired): "The token '\(token.name)' expired at \(token.expiresAt ?? ""). \(remedy)"
        case (let token?, .revoked): "The token '\(token.name)' was revoked at \(token.revokedAt ?? ""). \(remedy)"
        default: "The token is not known here: look whether it is whole, and of this server. \(remedy)"
        }
    }

    /// What follows `Bearer`.
    private static func token(in fields: HTTPFields) throws(Problem) -> String {
        let values = fields[values: .authorization]
        guard values.count == 1 else { throw malformed("There are \(values.count) Authorization fields; send one.") }
        let parts = values[0].split(separator: " ", maxSplits: 1)
        guard let scheme = parts.first else { throw malformed("The Authorization field is empty.") }
        guard scheme.lowercased() == "bearer" else {
            throw .unauthorized(
                "Only the scheme Bearer is known here: send \"Authorization: Bearer readout_…\", not another one.")
        }
        let token = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
        guard isBearerToken(token) else {
            throw malformed("After the word Bearer stands one token, without spaces, quotes or anything behind it.")
        }
        return String(token)
    }

    /// `b64token` of RFC 6750, section 2.1.
    private static func isBearerToken(_ text: Substring) -> Bool {
        let characters = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }
        return !characters.isEmpty
            && characters.allSatisfy { character in
                switch character {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~+/".utf8.contains(character)
                }
            }
    }

    private static func malformed(_ detail: String) -> Problem {
        Problem(
            .malformedAuthorization, detail, faults: [.init(.header("Authorization"), detail)],
            headerFields: [.wwwAuthenticate: Challenge.invalidRequest.text])
    }
}
