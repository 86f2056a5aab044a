// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

extension HTTPResponse.Status {
    /// The status of a code with its reason phrase (RFC 9110, section 15), which HTTPTypes gives to named ones only.
    package static func of(code: Int) -> HTTPResponse.Status {
        named.first { $0.code == code } ?? HTTPResponse.Status(code: (100...599).contains(code) ? code : 500)
    }

    private static let named: [HTTPResponse.Status] = [
        .ok, .created, .noContent, .permanentRedirect, .badRequest, .unauthorized, .forbidden, .notFound,
        .methodNotAllowed, .notAcceptable, .requestTimeout, .conflict, .gone, .preconditionFailed, .contentTooLarge,
        .uriTooLong, .unsupportedMediaType, .expectationFailed, .misdirectedRequest, .unprocessableContent,
        .preconditionRequired, .tooManyRequests, .requestHeaderFieldsTooLarge, .internalServerError, .notImplemented,
        .serviceUnavailable, HTTPResponse.Status(code: 505, reasonPhrase: "HTTP Version Not Supported"),
        HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
    ]
}
