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
