// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// One of the answers that an operation gives when all is well.
struct DeclaredAnswer: Sendable {
    let status: Int
    let meaning: String
    /// By media type: several where the client chooses, none where there is no content.
    let content: [(type: String, schema: Schema)]
    let fields: [AnswerField]

    init(_ status: Int, _ meaning: String, _ content: [(type: String, schema: Schema)] = [], fields: [AnswerField]) {
        self.status = status
        self.meaning = meaning
        self.content = content
        self.fields = fields
    }

    /// JSON that may be kept, and asked about again by its entity tag.
    static func json(_ schema: Schema, _ meaning: String, fields: [AnswerField] = []) -> DeclaredAnswer {
        readable([("application/json", schema)], meaning, fields: fields)
    }

    /// The same in whatever form the client chooses.
    static func readable(
        _ content: [(type: String, schema: Schema)], _ meaning: String, fields: [AnswerField] = []
    ) -> DeclaredAnswer {
        DeclaredAnswer(200, meaning, content, fields: [.eTag, .cacheControl, .vary] + fields)
    }

    /// A page of a list: with links to the first one and the next.
    static func page(_ schema: Schema, _ meaning: String) -> DeclaredAnswer { json(schema, meaning, fields: [.link]) }

    /// JSON about the moment, not to be kept.
    static func momentary(_ schema: Schema, _ meaning: String) -> DeclaredAnswer {
        DeclaredAnswer(200, meaning, [("application/json", schema)], fields: [.cacheControl])
    }
}

/// A header field of answers.
struct AnswerField: Sendable, Equatable {
    let name: String
    let meaning: String
    /// Whether every such answer has it.
    let isAlways: Bool
    let pattern: String

    private init(_ name: String, _ pattern: String, _ meaning: String, isAlways: Bool = true) {
        self.name = name
        self.pattern = pattern
        self.meaning = meaning
        self.isAlways = isAlways
    }

    static func == (a: AnswerField, b: AnswerField) -> Bool { a.name == b.name }

    /// The same where only some of the answers have it.
    var sometimes: AnswerField { AnswerField(name, pattern, meaning, isAlways: false) }

    static let eTag = AnswerField(
        "ETag", "^\"[0-9a-z-]+\"$",
        """
        Names this very content. Send it back in `If-None-Match` to learn whether anything changed; with a record, in `If-Match` \
        to change what was read and nothing else.
        """)
    static let cacheControl = AnswerField(
        "Cache-Control", "^(private, )?no-(cache|store)$",
        "`no-cache`: keep it and ask whether it still holds, by its entity tag. `no-store`: do not keep it.")
    static let vary = AnswerField("Vary", "^[A-Za-z, -]+$", "What of a request the answer depends on, for caches.")
    static let link = AnswerField(
        "Link", "^<[^>]+>; rel=\"(next|first)\"",
        "The next page (`rel=\"next\"`, unless this is the last) and the first one (`rel=\"first\"`), ready to be asked for."
    )
    static let location = AnswerField("Location", ".", "Where the record is.")
    static let contentLocation = AnswerField(
        "Content-Location", ".", "The path of the record that the content is a reading of.")
    static let contentDisposition = AnswerField(
        "Content-Disposition", "^(inline|attachment); filename=\".+\"$", "The name under which a browser saves it.")
    static let preferenceApplied = AnswerField(
        "Preference-Applied", "^return=minimal$", "Which wish of the `Prefer` field was granted.", isAlways: false)
    static let idempotencyReplayed = AnswerField(
        "Idempotency-Replayed", "^true$",
        "The request came before, with the same `Idempotency-Key`: this is the answer it got then.", isAlways: false)
    static let retryAfter = AnswerField("Retry-After", "^[0-9]+$", "Seconds to wait before the request is sent again.")
    static let authenticate = AnswerField("WWW-Authenticate", "^Bearer ", "How to show a token (RFC 6750).")
    static let acceptPatch = AnswerField(
        "Accept-Patch", "^application/merge-patch\\+json$", "The media type that PATCH takes.", isAlways: false)
    static let accept = AnswerField("Accept", ".", "The media type that is taken.", isAlways: false)
    static let acceptEncoding = AnswerField(
        "Accept-Encoding", "^identity$", "Content is taken as it is, in no coding.", isAlways: false)
    static let requestID = AnswerField(
        "X-Request-Id", "^[0-9a-f-]{36}$",
        "Names this one exchange in the server's log. A problem's `instance` has the same.")
}
