// SPDX-License-Identifier: Apache-2.0

/// What a token is good for. Each scope includes those before it.
package enum Scope: String, Sendable, CaseIterable {
    case read, write, admin

    /// Whether who has this scope may do what needs the other.
    package func includes(_ other: Scope) -> Bool { rank >= other.rank }

    private var rank: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .admin: 2
        }
    }
}
