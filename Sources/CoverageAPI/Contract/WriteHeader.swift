// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import JSON

/// The header fields that changes are asked for with.
enum WriteHeader {
    static let ifMatch = HeaderParameter(
        "If-Match", .entityTags, matching, isRequired: true, example: "*", problems: conditions)
    /// The same where `If-None-Match` can stand instead.
    static let ifMatchOrNew = HeaderParameter("If-Match", .entityTags, matching, example: "*", problems: conditions)
    static let ifNoneMatch = HeaderParameter(
        "If-None-Match", .choice(["*"]), "Instead of `If-Match`: makes the record, and nothing if there is one.")
    static let prefer = HeaderParameter(
        "Prefer", .text,
        "`return=minimal` for an answer without content (RFC 7240): 204, except for a PUT that makes a record.",
        example: "return=minimal")
    static let idempotencyKey = HeaderParameter(
        "Idempotency-Key", .value(["type": "string", "pattern": "^[!-~]{1,255}$"]),
        """
        Makes the request safe to send again for a day: the same key with the same content gets the first answer again, \
        instead of doing it twice. It counts for one token, method and path. A UUID will do.
        """, example: "7f1c3d3e-1f5b-4b53-9a4e-6f6d0c2b8a10",
        problems: [.invalidIdempotencyKey, .idempotencyKeyInUse, .idempotencyKeyReused])

    /// What can stand in the way of changing a record that is there.
    static let problems: [ProblemType] = [
        .notFound, .gone, .preconditionFailed, .preconditionRequired, .invalidCondition,
    ]

    private static let matching = """
        The entity tag under which the record was read: the change is made only if nobody has changed it since. `"3"`, the \
        revision alone, will do; `*` overrides.
        """
    private static let conditions: [ProblemType] = [.invalidCondition, .preconditionFailed, .preconditionRequired]
}

extension Schema {
    fileprivate static let entityTags = Schema.text(
        pattern: "^(\\*|(W/)?\"[!#-~]*\"( *, *(W/)?\"[!#-~]*\")*)$")
}

extension RequestContent {
    static func json(
        _ schema: Schema, _ meaning: String, examples: [(name: String, value: JSONValue)] = []
    ) -> RequestContent {
        RequestContent(type: "application/json", schema: schema, meaning: meaning, examples: examples)
    }
}

extension DeclaredAnswer {
    /// What a change that was made answers with.
    static func written(_ status: Int, _ meaning: String, _ schema: Schema, _ fields: [AnswerField]) -> DeclaredAnswer {
        DeclaredAnswer(
            status, meaning, [("application/json", schema)],
            fields: [.cacheControl, .idempotencyReplayed] + fields)
    }

    /// What was asked for is another record now.
    static let moved = DeclaredAnswer(
        308, "It was deleted, and this record stands for it now: ask there.", [("application/json", .reference)],
        fields: [.location, .cacheControl])
}
