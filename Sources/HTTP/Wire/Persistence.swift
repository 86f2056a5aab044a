// SPDX-License-Identifier: Apache-2.0

/// What an answer says of the connection it travels on (RFC 9112, section 9.3).
package enum Persistence: Sendable {
    /// Nothing: HTTP/1.1 stays open by itself.
    case implied
    /// The server closes after this answer.
    case close
    /// Said to HTTP/1.0 clients that asked for it.
    case keepAlive
}
