// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes

/// What a request must prove before it is served.
enum Access {
    /// Lets those pass who may do what needs this scope.
    /// - Returns: who it is.
    /// - Throws: 401 when no token was shown, 403 when its scope is too small.
    @discardableResult
    static func require(_ scope: Scope, _ context: Context) throws -> Principal {
        try require(scope, context.principal)
    }

    @discardableResult
    static func require(_ scope: Scope, _ principal: Principal?) throws -> Principal {
        guard let principal else {
            throw Problem.unauthorized(
                """
                This needs a token of the scope '\(scope.rawValue)': send it as "Authorization: Bearer readout_…".
                """)
        }
        guard principal.scope.includes(scope) else {
            throw Problem(
                .insufficientScope,
                "This needs the scope '\(scope.rawValue)'; the token '\(principal.name)' has '\(principal.scope.rawValue)'.",
                headerFields: [.wwwAuthenticate: Challenge.insufficientScope(scope).text])
        }
        return principal
    }
}

/// What the client is asked for (RFC 6750, section 3).
enum Challenge {
    /// Show a token.
    case token
    case invalidRequest
    case invalidToken
    case insufficientScope(Scope)

    /// The value of `WWW-Authenticate`.
    var text: String {
        let realm = "Bearer realm=\"readout\""
        return switch self {
        case .token: realm
        case .invalidRequest: realm + ", error=\"invalid_request\""
        case .invalidToken: realm + ", error=\"invalid_token\""
        case .insufficientScope(let scope): realm + ", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
        }
    }
}

extension Problem {
    static func unauthorized(_ detail: String, _ challenge: Challenge = .token) -> Problem {
        Problem(.unauthorized, detail, headerFields: [.wwwAuthenticate: challenge.text])
    }
}
