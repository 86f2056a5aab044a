// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// An answer before it is framed. `Date`, `Content-Length`, `Connection` and `X-Request-Id` are the server's to add.
package struct Response: Sendable {
    package var status: HTTPResponse.Status
    package var headerFields: HTTPFields
    package var body: [UInt8]
    /// True when the same target, `Accept` and `Accept-Encoding` get the same bytes from anybody until the handler's
    /// `version` moves on: the server may then answer without asking again.
    package var isShareable: Bool

    package init(
        status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: [UInt8] = [], isShareable: Bool = false
    ) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
        self.isShareable = isShareable
    }
}
