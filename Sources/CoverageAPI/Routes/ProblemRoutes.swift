// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP
internal import HTTPTypes
internal import JSON

/// The pages that problem documents point at: as JSON, and as HTML for those who follow the link in a browser.
enum ProblemRoutes {
    private static let json = MediaType("application", "json")
    private static let html = MediaType("text", "html")

    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/problems") { request, _, context in
                try QueryReader(request, known: []).finish()
                var writer = JSONWriter()
                writer.object { json in
                    json.array("data") { json in
                        for type in ProblemType.all { json.problem(type, context.settings.links) }
                    }
                }
                return .now(.json(writer))
            },
            try Route(.get, "/problems/{name}") { request, parameters, context in
                try QueryReader(request, known: []).finish()
                return .now(try page(parameters["name"], request, context))
            },
        ]
    }

    private static func page(_ name: String, _ request: Request, _ context: Context) throws -> Response {
        guard let type = ProblemType.all.first(where: { $0.name == name }) else {
            let near = nearest(to: name, among: ProblemType.all.map(\.name)).map { "; did you mean '\($0)'?" } ?? "."
            throw Problem(.notFound, "There is no problem '\(name)'\(near)")
        }
        switch MediaType.bestMatch(accept: request.headerFields[.accept], among: [json, html]) {
        case html: return .readable(Array(document(type).utf8), as: "text/html; charset=utf-8")
        default:
            var writer = JSONWriter()
            writer.problem(type, context.settings.links)
            return .json(writer)
        }
    }

    /// The texts are this program's own and hold no markup.
    private static func document(_ type: ProblemType) -> String {
        """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(type.title)</title>
        <h1>\(type.title)</h1>
        <p>Status \(type.status), <code>\(type.name)</code></p>
        <p>\(type.remedy)</p>
        </html>

        """
    }
}

extension JSONWriter {
    fileprivate mutating func problem(_ type: ProblemType, _ links: Links) {
        object { json in
            json.member("type", links.problem(type))
            json.member("name", type.name)
            json.member("status", type.status)
            json.member("title", type.title)
            json.member("remedy", type.remedy)
        }
    }
}
