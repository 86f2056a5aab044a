// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

extension Response {
    /// A file of the pages, to be asked for again by its entity tag.
    static func page(_ content: [UInt8], as mediaType: String) -> Response {
        var response = Response.readable(content, as: mediaType)
        response.secure()
        return response
    }

    /// The page for what is not there.
    static func missingPage(_ content: [UInt8]) -> Response {
        var response = Response(
            status: .notFound,
            headerFields: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .vary: "Accept, Accept-Encoding",
            ], body: content)
        response.secure()
        return response
    }

    /// From the page at `/` to `/v1`, by a relative link since there may be a path prefix in front.
    static let wayIn = Response(
        status: .seeOther,
        headerFields: [.location: "v1", .cacheControl: "no-cache", .vary: "Accept, Accept-Encoding, Origin"])

    /// From a page's path with a slash behind it to the page, relatively too.
    static func toPage(at path: String) -> Response {
        let name = path.split(separator: "/").last ?? ""
        return Response(
            status: .permanentRedirect, headerFields: [.location: "../\(name)", .cacheControl: "no-cache"])
    }

    /// What a browser is to keep to while it shows this: scripts, styles and data of this server alone, nothing written into
    /// the page (Content Security Policy 3), no text that becomes markup (Trusted Types), in no frame, telling nobody where
    /// its readers come from.
    mutating func secure() {
        headerFields[.contentSecurityPolicy] = Self.policy
        headerFields[.xContentTypeOptions] = "nosniff"
        headerFields[.referrerPolicy] = "no-referrer"
    }

    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = HTTPField.Name.named("Referrer-Policy")
}
