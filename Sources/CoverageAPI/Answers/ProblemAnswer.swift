// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import JSON

extension Problem {
    /// The problem document (RFC 9457), with `errors` naming each fault.
    func response(id: RequestID, links: Links) -> Response {
        var writer = JSONWriter()
        writer.object { json in
            json.member("type", links.problem(type))
            json.member("title", type.title)
            json.member("status", type.status)
            json.member("detail", detail)
            json.member("instance", "urn:uuid:\(id)")
            json.array("errors") { json in
                for fault in faults { json.object { fault.write(to: &$0) } }
            }
        }
        var fields = headerFields
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        return Response(status: .of(code: type.status), headerFields: fields, body: writer.finish())
    }
}

extension Problem.Fault {
    fileprivate func write(to json: inout JSONWriter) {
        switch place {
        case .parameter(let name): json.member("parameter", name)
        case .header(let name): json.member("header", name)
        case .pointer(let pointer): json.member("pointer", pointer)
        }
        json.member("detail", detail)
    }
}

extension Schema {
    static let problem = Schema.named(
        "Problem",
        .object([
            Property("type", .href, "Which problem it is: the path of a page about it, under `/problems/`."),
            Property("title", .text, "What the problem is called; the same each time."),
            Property("status", .integer(400...599), "The status of the answer."),
            Property("detail", .text, "What went wrong this time, and the nearest right thing."),
            Property("instance", .text(format: "uri"), "Names this one answer, as `X-Request-Id` does."),
            Property(
                "errors", .array(.fault), "Each fault by itself, with its place; empty where what is wrong has none."),
        ]).described("Why a request was refused (RFC 9457).").example([
            "type": "/problems/unknown-parameter", "title": "Unknown parameter", "status": 400,
            "detail": "There is no parameter 'offical' here; did you mean 'official'?",
            "instance": "urn:uuid:7f1c3d3e-1f5b-4b53-9a4e-6f6d0c2b8a10",
            "errors": [
                [
                    "parameter": "offical",
                    "detail": "There is no parameter 'offical' here; did you mean 'official'?",
                ]
            ],
        ]))

    private static let fault = Schema.named(
        "Fault",
        .object([
            Property("parameter", .text, "The parameter of the query or the path.", isRequired: false),
            Property("header", .text, "Or the header field.", isRequired: false),
            Property("pointer", .text, "Or the place in the content, as a JSON pointer (RFC 6901).", isRequired: false),
            Property("detail", .text, "What is wrong there."),
        ]).described("One fault, with the one place it has: a parameter, a header field or a pointer."))
}
