// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `POST /v1/batch`: several changes, all or none. What they say of each other is checked when all are made.
enum BatchRoutes {
    static func operations(_ inFlight: InFlightKeys) -> [Operation] {
        [
            Operation(
                OperationDeclaration(
                    .post, "/v1/batch", "applyBatch", .changes, "Make several changes, all or none",
                    "What they say of each other is checked when all are made, so that they can be given in any order.",
                    access: .token(.write), parameters: [WriteHeader.idempotencyKey, WriteHeader.prefer],
                    content: .json(.changesToMake, "The changes, in order.", examples: [("several", example)]),
                    answers: [
                        .written(200, "What became of each, in the order given.", .batchResults, []),
                        DeclaredAnswer(
                            204, "Done, and nothing more to say, as was preferred.",
                            fields: [.cacheControl, .preferenceApplied, .idempotencyReplayed]),
                    ], problems: WriteHeader.problems + [.idTaken, .stillReferredTo, .notFound, .gone])
            ) { try WriteRequest.answer($0) { try perform($0, inFlight) } }
        ]
    }

    /// A new issue, and a change of another one.
    private static let example: JSONValue = [
        "changes": [
            [
                "method": "POST", "path": "/v1/issues",
                "body": InputExamples.of(.issue).new,
            ],
            [
                "method": "PATCH", "path": "/v1/issues/taiwan", "ifMatch": "*", "body": InputExamples.of(.issue).patch,
            ],
        ]
    ]

    private static func perform(_ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        try writing.takeNoParameters()
        try writing.takeNoConditions()
        let context = writing.context
        let list = try ChangeList(writing.content(), links: context.settings.links)
        var wording = try context.wording(of: list.edits)
        (wording.changes, wording.unconditional) = (list.numbers, list.unconditional)
        let (isMinimal, links) = (writing.isMinimal, context.settings.links)
        return writing.perform(list.edits, besides: list.faults, inFlight: inFlight, wording: wording) {
            _, outcomes in
            if isMinimal {
                return KeptAnswer(status: 204, fields: [("Preference-Applied", Preferences.minimal)], content: [])
            }
            return answer(outcomes, links)
        }
    }

    private static func answer(_ outcomes: [EditOutcome], _ links: Links) -> KeptAnswer {
        let rendering = Rendering(links: links, texts: nil)
        var writer = JSONWriter(capacity: 256 * outcomes.count)
        writer.object { json in
            json.array("results") { json in
                for outcome in outcomes {
                    json.object { json in
                        json.member("change", outcome.change.rawValue)
                        json.member("revision", outcome.revision)
                        json.members(of: outcome.reference, rendering)
                    }
                }
            }
        }
        return KeptAnswer(status: 200, fields: [("Content-Type", "application/json")], content: writer.finish())
    }
}

extension Schema {
    fileprivate static let changesToMake = Schema.named(
        "Batch",
        .object(
            [
                Property(
                    "changes",
                    .array(
                        .named(
                            "BatchChange",
                            .object(
                                [
                                    Property(
                                        "method", .choice(["POST", "PUT", "PATCH", "DELETE"]), "As for one change."),
                                    Property(
                                        "path", .with(.href, ["minLength": 1]),
                                        "Of a collection with POST, else of a record."),
                                    Property(
                                        "ifMatch", .nullable(.text), "As the header field, for all but POST.",
                                        isRequired: false),
                                    Property(
                                        "ifNoneMatch", .nullable(.text), "`*` with PUT, to create the record.",
                                        isRequired: false),
                                    Property(
                                        "replacedBy", .nullable(.text), "With DELETE, as the parameter.",
                                        isRequired: false),
                                    Property(
                                        "body", .value(["type": "object"]), "The content, for all but DELETE.",
                                        isRequired: false),
                                ], isClosed: true)), atLeast: 1, atMost: 1000), "The changes.")
            ], isClosed: true))

    fileprivate static let batchResults = Schema.named(
        "BatchResults",
        .object([
            Property(
                "results",
                .array(
                    .named(
                        "BatchResult",
                        .object(
                            [
                                Property(
                                    "change", .choice(["created", "updated", "unchanged", "deleted"]), "What was done."),
                                Property("revision", .revision, "The record's, after that."),
                            ] + referenceMembers))), "One for each change.")
        ]))
}
