// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes

/// Who asks, as proved.
struct Principal: Sendable {
    /// The token's name, or `operator`.
    let name: String
    /// The token's id; nil for the operator.
    let tokenID: String?
    let scope: Scope

    /// The one who can open the Unix socket beside the database.
    static let `operator` = Principal(name: Author.operatorName, tokenID: nil, scope: .admin)

    init(_ token: StoredToken) {
        self.init(name: token.name, tokenID: token.id, scope: token.scope)
    }

    private init(name: String, tokenID: String?, scope: Scope) {
        self.name = name
        self.tokenID = tokenID
        self.scope = scope
    }

    /// What the audit trail says of a change that this request asks for.
    func author(of request: Request) -> Author {
        Author(
            name: name, token: tokenID, address: request.client?.description, request: "\(request.id)",
            action: "\(request.method.rawValue) \(request.path)")
    }
}
