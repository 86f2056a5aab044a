// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes

/// Makes the page of figures. Returns at once; the page comes on any thread.
package typealias MetricsSource = @Sendable (_ complete: @escaping @Sendable (MetricsPage) -> Void) -> Void

/// What is counted and measured, as text for those who collect it.
package struct MetricsPage: Sendable {
    package let mediaType: String
    package let text: String

    package init(mediaType: String, text: String) {
        self.mediaType = mediaType
        self.text = text
    }
}

/// `/metrics`: the figures of the process, the server, the database and the coverage.
enum MetricsRoutes {
    static let path = "/metrics"

    static func operation(_ source: @escaping MetricsSource) -> Operation {
        Operation(
            OperationDeclaration(
                .get, path, "getMetrics", .about, "Read what is counted and measured",
                "Figures of the process, the server and the database, in Prometheus' text format.",
                answers: [DeclaredAnswer(200, "The figures.", [("text/plain", .text)], fields: [.cacheControl])])
        ) { call in
            try call.query().finish()
            return call.context.finisher.eventually { complete in
                source { page in complete(.success(.momentary(page))) }
            }
        }
    }
}

extension Response {
    fileprivate static func momentary(_ page: MetricsPage) -> Response {
        Response(
            status: .ok, headerFields: [.contentType: page.mediaType, .cacheControl: "no-store"],
            body: Array(page.text.utf8))
    }
}
