// SPDX-License-Identifier: Apache-2.0

package import HTTP

/// The problems of changing what is here.
extension ProblemType {
    package static let malformedJSON = ProblemType(
        "malformed-json", status: 400, title: "Malformed JSON",
        remedy: """
            The content is empty, or no JSON that is safe to keep; the detail gives line and column of the first fault. Refused \
            are also a member given twice, half of a surrogate pair, the NUL character, whole numbers beyond 64 bits and \
            arrays and objects nested more than 64 deep. The encoding is UTF-8, without a byte order mark.
            """)
    package static let invalidCondition = ProblemType(
        "invalid-condition", status: 400, title: "Invalid condition",
        remedy: """
            If-Match is `*` or a list of entity tags as the ETag field of an answer has them, quotation marks included; \
            If-None-Match is `*`, goes with PUT alone, and means that there must be no such record yet. A request has one of \
            them, and POST has none.
            """)
    package static let invalidIdempotencyKey = ProblemType(
        "invalid-idempotency-key", status: 400, title: "Invalid idempotency key",
        remedy: "An Idempotency-Key is 1 to 255 visible ASCII characters of the client's own making, such as a UUID.")
    package static let originNotAllowed = ProblemType(
        "origin-not-allowed", status: 403, title: "Origin not allowed to write",
        remedy: """
            A web page asked for a change, and pages of its origin may only read. The operator lists the origins whose pages may \
            write with `--write-origins`. Programs that are no web pages send no Origin field and are not concerned.
            """)
    package static let idTaken = ProblemType(
        "id-taken", status: 409, title: "Id taken",
        remedy: """
            The id of the new record is that of another one, or was before that was deleted: ids are never used again. Change the \
            record that is there with PUT or PATCH, or choose another id; without an id one is made of the name.
            """)
    package static let sourceKnown = ProblemType(
        "source-known", status: 409, title: "Source known with another text",
        remedy: """
            A file of this name belongs to an article already, and its text is another. If it is a new edition, send it again with \
            `replace=true`: what is cited from paragraphs that have changed becomes stale. If it is another article, give it \
            another `source`, or none.
            """)
    package static let textDeleted = ProblemType(
        "text-deleted", status: 409, title: "Text of a deleted article",
        remedy: """
            The text is, byte for byte, one that an article had which an editor has deleted, and what was deleted does not come \
            back by being sent again. To have it back on purpose, PUT what the article was, from its `/revisions`, with \
            `If-None-Match: *`; then send the text.
            """)
    package static let proposalAccepted = ProblemType(
        "proposal-accepted", status: 409, title: "Proposal accepted",
        remedy: """
            A proposal that was accepted is a fact now: the detail names the record it stands in. Change or delete it there; a \
            proposal that was rejected can still be accepted, not the other way round. Where that record was deleted since, the \
            `state` can be said anew: `accepted` makes another one, `rejected` or `open` leaves it at that.
            """)
    package static let proposalStale = ProblemType(
        "proposal-stale", status: 409, title: "Proposal stale",
        remedy: """
            The article has another text since the proposal was made, and a paragraph that it stands on has changed or is gone. \
            Reject it; if the new text says it too, there is a new proposal, or the record can be written by hand.
            """)
    package static let stillReferredTo = ProblemType(
        "still-referred-to", status: 409, title: "Still referred to",
        remedy: """
            What others refer to cannot be deleted; `errors` names them. Change them first, or in the same POST /v1/batch, whose \
            changes are checked together when all are made.
            """)
    package static let idempotencyKeyInUse = ProblemType(
        "idempotency-key-in-use", status: 409, title: "Request under way",
        remedy: """
            The first request with this Idempotency-Key has not been answered yet. Wait for the seconds in the Retry-After field \
            and send the request again: it then gets the first one's answer.
            """)
    package static let gone = ProblemType(
        "gone", status: 410, title: "Gone",
        remedy: """
            The record was deleted, and its id is never another one's. What it was can be read at its `/revisions`; to have it \
            back, PUT one of those with `If-None-Match: *`; an article comes back without its text, which has to be sent again. \
            The detail names the record that stands for it now, if one does.
            """)
    package static let unsupportedMediaType = ProblemType(
        "unsupported-media-type", status: 415, title: "Unsupported media type",
        remedy: """
            POST and PUT take `application/json`, POST of an article its `text/plain` as well, and PATCH a merge patch \
            (RFC 7396) as `application/merge-patch+json`, all in UTF-8 and without a content coding. Say so in the \
            Content-Type field: many programs send another type unless told.
            """)
    package static let idempotencyKeyReused = ProblemType(
        "idempotency-key-reused", status: 422, title: "Idempotency key reused",
        remedy: """
            The Idempotency-Key belongs to another request of the last 24 hours, by the same token and to the same path. A key \
            stands for one request, byte for byte: make a new one for each change, and keep it only to repeat that very request.
            """)
    package static let preconditionRequired = ProblemType(
        "precondition-required", status: 428, title: "Precondition required",
        remedy: """
            PUT, PATCH and DELETE need an If-Match field with the entity tag of the record as it was read, so that nobody undoes \
            what another has changed meanwhile. `If-Match: *` changes the record whatever it is; PUT with `If-None-Match: *` \
            makes a new one.
            """)
    package static let insufficientStorage = ProblemType(
        "insufficient-storage", status: 507, title: "Insufficient storage",
        remedy: """
            The disk of the server is full, and the change was not made. Reading goes on. The operator has to make room; then \
            the request can be sent again.
            """)

    static let writing: [ProblemType] = [
        malformedJSON, invalidCondition, invalidIdempotencyKey, originNotAllowed, idTaken, sourceKnown, textDeleted,
        proposalAccepted, proposalStale, stillReferredTo, idempotencyKeyInUse, gone, unsupportedMediaType,
        idempotencyKeyReused, preconditionRequired,
        insufficientStorage,
    ]
}
