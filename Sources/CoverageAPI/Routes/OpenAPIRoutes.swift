// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/openapi.json`: all operations, this one among them, described to programs. Made once, when the server starts.
enum OpenAPIRoutes {
    static let declaration = OperationDeclaration(
        .get, "/openapi.json", "getOpenAPI", .about, "Read this document",
        "The API as OpenAPI 3.1, from which types, clients, mocks and tests can be generated.",
        answers: [.json(.named("OpenAPI", .map(.anything)), "The document.")])

    /// The document of these operations and of the one that gives it out.
    static func answer(describing operations: [Operation], _ settings: APISettings) -> Response {
        var writer = JSONWriter(capacity: 1 << 19)
        writer.write(OpenAPIDocument.json(of: operations.map(\.declaration) + [declaration], settings))
        return .json(writer)
    }

    static func operation(giving answer: Response) -> Operation {
        Operation(declaration) { call in
            try call.query().finish()
            return .now(answer)
        }
    }
}
