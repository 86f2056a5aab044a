// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes

/// Creating, replacing, patching and deleting the records of one type.
enum WriteRoutes<Record: ServedFact> {
    static func operations(_ inFlight: InFlightKeys) -> [Operation] {
        let path = "/v1/\(Record.type.collection)"
        let (item, one) = ("\(path)/{id}", Record.type.rawValue)
        let id = PathParameter.id(of: Record.type)
        let examples = InputExamples.of(Record.type)
        let changed = DeclaredAnswer.written(
            200, "The \(one) as it is now.", Record.schema, [.eTag, .contentLocation])
        let made = DeclaredAnswer.written(
            201, "The new \(one).", Record.schema, [.location, .eTag, .contentLocation])
        let done = "Done, and nothing more to say, as was preferred."
        let minimal = DeclaredAnswer(
            204, done, fields: [.cacheControl, .eTag.sometimes, .preferenceApplied, .idempotencyReplayed])
        let madeMinimal = DeclaredAnswer(
            204, done, fields: [.cacheControl, .location, .eTag, .preferenceApplied, .idempotencyReplayed])
        let creation = Operation(
            declaration(
                .post, path, "create", "Create one \(one)",
                "Its id is made of its name, unless it is given.",
                [WriteHeader.idempotencyKey, WriteHeader.prefer],
                .json(Record.input, "The new \(one).", examples: [("new", examples.new)]), [made, madeMinimal],
                [.idTaken, .invalidCondition])
        ) { try WriteRequest.answer($0) { try create($0, inFlight) } }
        // A new article is taken in with its text, which is more than writing a record.
        return (Record.type == .article ? [] : [creation]) + [
            Operation(
                declaration(
                    .put, item, "replace", "Replace one \(one), or create it under this id",
                    "The content is the whole record. What GET gave can be sent back; what follows from other records is ignored.",
                    [
                        id, WriteHeader.ifMatchOrNew, WriteHeader.ifNoneMatch, WriteHeader.idempotencyKey,
                        WriteHeader.prefer,
                    ], .json(Record.input, "The whole \(one), as it is to be."),
                    [changed, made, minimal], WriteHeader.problems + [.invalidParameter])
            ) { call in try WriteRequest.answer(call) { try replace(call.path["id"], $0, inFlight) } },
            Operation(
                declaration(
                    .patch, item, "patch", "Change some members of one \(one)",
                    "A merge patch (RFC 7396): members that are named change, null takes away, lists are replaced whole.",
                    [id, WriteHeader.ifMatch, WriteHeader.idempotencyKey, WriteHeader.prefer],
                    RequestContent(
                        type: WriteRequest.mergePatch.essence, schema: Record.patch, meaning: "What changes.",
                        examples: [("change", examples.patch)]),
                    [changed, minimal], WriteHeader.problems)
            ) { call in try WriteRequest.answer(call) { try patch(call.path["id"], $0, inFlight) } },
            Operation(
                declaration(
                    .delete, item, "delete", "Delete one \(one)",
                    "Its id is never used again. Readers get 410, or are sent on to what stands for it.\(textGoes)",
                    [id, replacedBy, WriteHeader.ifMatch, WriteHeader.idempotencyKey], nil,
                    [DeclaredAnswer(204, "It is gone.", fields: [.cacheControl, .idempotencyReplayed])],
                    WriteHeader.problems + [.stillReferredTo, .invalidBody])
            ) { call in try WriteRequest.answer(call) { try delete(call, $0, inFlight) } },
        ]
    }

    private static var textGoes: String {
        Record.type == .article ? " Its text is deleted for good: who restores the article has to send that again." : ""
    }

    private static var replacedBy: Parameter<String?> {
        .text(
            "replacedBy", .slug,
            "The id of another \(Record.type.rawValue), which readers of the deleted one are sent on to.")
    }

    private static func declaration(
        _ method: HTTPRequest.Method, _ path: String, _ verb: String, _ summary: String, _ detail: String,
        _ parameters: [any DeclaredParameter], _ content: RequestContent?, _ answers: [DeclaredAnswer],
        _ problems: [ProblemType]
    ) -> OperationDeclaration {
        OperationDeclaration(
            method, path, verb + Record.schemaName, .of(Record.type), summary, detail, access: .token(.write),
            parameters: parameters, content: content, answers: answers, problems: problems)
    }

    private static func create(_ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        try writing.takeNoParameters()
        try writing.takeNoConditions()
        return try perform(.create(try writing.content()), writing, inFlight)
    }

    private static func replace(_ id: String, _ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        try writing.takeNoParameters()
        let condition = try writing.condition(mayCreate: true)
        guard condition != .absent || Slug(id) != nil else {
            let detail =
                "'\(id)' cannot be an id: that has lower-case letters, digits and single hyphens, 100 characters at most."
            throw Problem(.invalidParameter, detail, faults: [.init(.parameter("id"), detail)])
        }
        return try perform(.replace(id: id, with: try writing.content(), if: condition), writing, inFlight)
    }

    private static func patch(_ id: String, _ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        try writing.takeNoParameters()
        let condition = try writing.condition()
        return try perform(
            .patch(id: id, with: try writing.content(WriteRequest.mergePatch), if: condition), writing, inFlight)
    }

    private static func delete(_ call: Call, _ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        let id = call.path["id"]
        var query = try call.query()
        let replacement = try successor(of: id, &query, writing.context.reader)
        try query.format()
        try query.finish()
        let condition = try writing.condition()
        try writing.takeNoContent()
        let edit = Edit(Record.type, .delete(id: id, replacedBy: replacement, if: condition))
        try writing.context.requireRecord(of: edit)
        return writing.perform([edit], inFlight: inFlight, wording: writing.context.wording) { _, _ in
            KeptAnswer(status: 204, fields: [], content: [])
        }
    }

    /// Another record of the type, which the deleted one leads to from now on.
    private static func successor(of id: String, _ query: inout QueryReader, _ reader: Reader) throws -> String? {
        guard let replacement = query.take(replacedBy) else { return nil }
        if replacement == id {
            query.refuse("replacedBy", "'replacedBy' names the record itself.")
        } else {
            try query.requireRecord("replacedBy", replacement, of: Record.type, except: id, reader: reader)
        }
        return replacement
    }

    /// Has one record made or changed and answers with it.
    private static func perform(
        _ action: Edit.Action, _ writing: WriteRequest, _ inFlight: InFlightKeys
    ) throws -> Answer {
        let (isMinimal, method) = (writing.isMinimal, writing.request.method)
        let links = writing.context.settings.links
        let edit = Edit(Record.type, action)
        try writing.context.requireRecord(of: edit)
        return writing.perform([edit], inFlight: inFlight, wording: writing.context.wording) { reader, outcomes in
            guard let outcome = outcomes.first,
                let record = try outcome.record(Record.self) ?? reader.record(outcome.reference.id, of: Record.self)
            else { throw Problem(.internalError, "The record is not there after it was written.") }
            return KeptAnswer(record, outcome, isMinimal: isMinimal, method: method, links: links)
        }
    }
}

extension Context {
    /// Whether the one who asks may know who changed what.
    var isAdmin: Bool { principal?.scope.includes(.admin) ?? false }
}
