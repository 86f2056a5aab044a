// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// An answer before it is framed. `Date`, `Content-Length`, `Connection` and `X-Request-Id` are the server's to add.
package struct Response: Sendable {
    package var status: HTTPResponse.Status
    package var headerFields: HTTPFields
    package var body: [UInt8]
    /// True when the same target and `Accept` get the same bytes from anybody until the handler's `version` moves on: the
    /// server may then answer without asking again. An absent `Accept` and `*/*` count as the same.
    package var isShareable: Bool

    package init(
        status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: [UInt8] = [], isShareable: Bool = false
    ) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
        self.isShareable = isShareable
    }

    /// The answer to a client that has this one (RFC 9110, section 15.4.5): what describes the content stays out, what
    /// guides caches and browsers stays in.
    package var notModified: Response {
        var fields = headerFields
        for name in [.contentType, .contentEncoding, .contentLanguage, .lastModified] as [HTTPField.Name] {
            fields[name] = nil
        }
        return Response(status: .notModified, headerFields: fields)
    }
}
