// SPDX-License-Identifier: Apache-2.0

package import HTTP

/// The problems of this API, beside those of HTTP itself.
extension ProblemType {
    package static let unknownParameter = ProblemType(
        "unknown-parameter", status: 400, title: "Unknown parameter",
        remedy: """
            Parameters are never ignored, so that a misspelt filter cannot pass for an answer. The detail names the nearest \
            parameter that this path has.
            """)
    package static let invalidParameter = ProblemType(
        "invalid-parameter", status: 400, title: "Invalid parameter value",
        remedy: """
            A value is malformed, unknown, or contradicts another one. Every fault stands in `errors` with its parameter; \
            the detail names the nearest right value. Closed sets are listed at /v1/vocabularies, ids at their lists.
            """)
    package static let invalidCursor = ProblemType(
        "invalid-cursor", status: 400, title: "Invalid cursor",
        remedy: """
            A cursor is the `next` of a page and fits only the query that made it: follow the `Link` field instead of \
            building requests by hand. Only `limit` may change on the way. Start again without `cursor`.
            """)
    package static let cursorExpired = ProblemType(
        "cursor-expired", status: 400, title: "Cursor expired",
        remedy: """
            Pages ranked by relevance hold for one version of the data, and pages of evidence for one revision of the fact; \
            that has changed since. Start again without `cursor`, or sort a list by a member: those cursors hold.
            """)
    package static let changesTrimmed = ProblemType(
        "changes-trimmed", status: 410, title: "Changes no longer kept",
        remedy: """
            The log keeps only so many changes, and older ones than the place asked for are forgotten. Read everything anew, \
            beginning with `dataVersion` of /v1, the latest number, and `epoch` of /v1/changes, and go on from there.
            """)
    package static let epochUnknown = ProblemType(
        "epoch-unknown", status: 410, title: "Another line of changes",
        remedy: """
            Numbers of changes belong to an epoch, and this database has another: it was restored, or is not the one that \
            the number came from. A number without its epoch is told by being greater than the latest one here. Read everything \
            anew, and go on from the numbers that /v1/changes has now.
            """)
    package static let invalidBody = ProblemType(
        "invalid-body", status: 422, title: "Invalid content",
        remedy: "The content of the request was understood and refused. Every fault stands in `errors` with its place.")
    package static let queryTooCostly = ProblemType(
        "query-too-costly", status: 503, title: "Query too costly",
        remedy: """
            The query ran into the time limit for one statement. Ask for less at once: fewer filters combined, a narrower \
            span of dates, a smaller `limit`.
            """)
    package static let notReady = ProblemType(
        "not-ready", status: 503, title: "Not ready",
        remedy: """
            The server is up but cannot answer from its database; the detail says why. Try again shortly; if it lasts, only the \
            operator can mend it.
            """)

    package static let malformedAuthorization = ProblemType(
        "malformed-authorization", status: 400, title: "Malformed Authorization field",
        remedy: """
            A token is sent in one field, and nothing else in it: `Authorization: Bearer readout_…`. The detail says what is \
            wrong with the field that came.
            """)
    package static let unauthorized = ProblemType(
        "unauthorized", status: 401, title: "No valid token",
        remedy: """
            The request needs a token and came without one, or with one that is unknown, expired or revoked; the detail says \
            which. Send it as `Authorization: Bearer readout_…`. The operator of the server makes tokens with \
            `readout token create`, and sees with `readout token list` which are in force. A token that is shown where none is \
            needed must be valid too: leave the field out to read without one.
            """)
    package static let insufficientScope = ProblemType(
        "insufficient-scope", status: 403, title: "Scope too small",
        remedy: """
            The token is valid, and not for this. Tokens have the scope read, write or admin, each including those before it; \
            the detail names the one that is needed. The operator makes a token of another scope with `readout token create`.
            """)

    /// Every problem that can be met here: what `/problems/{name}` has pages for.
    package static let all: [ProblemType] =
        wire + [
            unknownParameter, invalidParameter, invalidCursor, cursorExpired, changesTrimmed, epochUnknown, invalidBody,
            queryTooCostly, notReady, malformedAuthorization, unauthorized, insufficientScope,
        ] + writing
}
