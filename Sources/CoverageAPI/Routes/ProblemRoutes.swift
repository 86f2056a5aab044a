// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP
internal import HTTPTypes
internal import JSON

/// The pages that problem documents point at: as JSON, and as HTML for those who follow the link in a browser.
enum ProblemRoutes {
    private static let json = MediaType("application", "json")
    private static let html = MediaType("text", "html")

    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/problems", "listProblems", .about, "List the problems there can be",
                "Whatever is refused is answered by a problem document (RFC 9457) whose `type` is one of these.",
                access: .open,
                answers: [.json(.object([.init("data", .array(.problemPage), "By name.")]), "All of them.")])
        ) { call in
            try call.query().finish()
            return .now(list(call.context.settings.links))
        },
        Operation(
            OperationDeclaration(
                .get, "/problems/{name}", "getProblem", .about, "Read about a problem",
                "What the `type` of a problem document leads to: what it means and what to do about it.", access: .open,
                parameters: [
                    PathParameter(
                        "name", .text, "The name of a problem, as in its `type`.", example: "unknown-parameter")
                ],
                answers: [
                    .readable(
                        [("application/json", .problemPage), ("text/html", .text("A page to read."))], "The problem.")
                ])
        ) { call in
            try call.query().finish()
            return .now(try page(call.path["name"], call.request, call.context))
        },
    ]

    private static func list(_ links: Links) -> Response {
        var writer = JSONWriter()
        writer.object { json in
            json.array("data") { json in
                for type in ProblemType.all { json.problem(type, links) }
            }
        }
        return .json(writer)
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
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>\(type.title) – Readout</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="../pages/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="../pages/style.css">
        </head>
        <body class="plain">
        <main id="main">
          <p class="eyebrow">Status \(type.status) · <code>\(type.name)</code></p>
          <h1>\(type.title)</h1>
          <p class="lead">\(markup(type.remedy))</p>
          <p>Go on with <a href="../docs">the API reference</a> or <a href="../">the explorer</a>.</p>
        </main>
        </body>
        </html>

        """
    }

    /// What stands between backticks is code.
    private static func markup(_ text: String) -> String {
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        return pieces.map { $0.offset % 2 == 0 ? String($0.element) : "<code>\($0.element)</code>" }.joined()
    }
}

extension Schema {
    fileprivate static let problemPage = Schema.named(
        "ProblemType",
        .object([
            Property("type", .href, "What problem documents of this kind have as `type`."),
            Property("name", .slug, "Its last segment."),
            Property("status", .integer(400...599), "The status of the answer."),
            Property("title", .text, "What it is called."),
            Property("remedy", .text, "What can be done about it."),
        ]))
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
