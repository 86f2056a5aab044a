// SPDX-License-Identifier: Apache-2.0

/// What can be wrong with a table of routes; found when the router is built, never while it serves.
package enum RouterError: Error, Equatable, Sendable {
    case malformedPattern(String)
    /// Two routes take the same method on the same paths.
    case clash(method: String, first: String, second: String)
}
