// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes

/// Creating, replacing, patching and deleting the records of one type.
enum WriteRoutes<Record: ServedFact> {
    static func routes(_ desk: WriteDesk) throws -> [Route<Context>] {
        let path = "/v1/\(Record.type.collection)"
        let item = "\(path)/{id}"
        let creation = try Route<Context>(.post, path) { request, _, context in
            try create(WriteRequest(request, in: context), desk)
        }
        // A new article is taken in with its text, which is more than writing a record.
        return (Record.type == .article ? [] : [creation]) + [
            try Route(.put, item) { request, parameters, context in
                try replace(parameters["id"], WriteRequest(request, in: context), desk)
            },
            try Route(.patch, item) { request, parameters, context in
                try patch(parameters["id"], WriteRequest(request, in: context), desk)
            },
            try Route(.delete, item) { request, parameters, context in
                try delete(parameters["id"], WriteRequest(request, in: context), desk)
            },
        ]
    }

    private static func create(_ writing: WriteRequest, _ desk: WriteDesk) throws -> Answer {
        try writing.takeNoParameters()
        try writing.takeNoConditions()
        let key = try writing.key()
        return perform(.create(try writing.content()), key: key, writing, desk)
    }

    private static func replace(_ id: String, _ writing: WriteRequest, _ desk: WriteDesk) throws -> Answer {
        try writing.takeNoParameters()
        let condition = try writing.condition(mayCreate: true)
        let content = try writing.content()
        if condition != .absent { try requireRecord(id, writing.context) }
        return perform(.replace(id: id, with: content, if: condition), writing, desk)
    }

    private static func patch(_ id: String, _ writing: WriteRequest, _ desk: WriteDesk) throws -> Answer {
        try writing.takeNoParameters()
        let condition = try writing.condition()
        let content = try writing.content(WriteRequest.mergePatch)
        try requireRecord(id, writing.context)
        return perform(.patch(id: id, with: content, if: condition), writing, desk)
    }

    private static func delete(_ id: String, _ writing: WriteRequest, _ desk: WriteDesk) throws -> Answer {
        var query = try QueryReader(writing.request, known: ["replacedBy"])
        let replacement = try successor(of: id, &query, writing.context.reader)
        try query.format()
        try query.finish()
        let condition = try writing.condition()
        try writing.takeNoContent()
        try requireRecord(id, writing.context)
        let edit = Edit(Record.type, .delete(id: id, replacedBy: replacement, if: condition))
        return writing.perform([edit], desk: desk, wording: writing.context.wording) { _, _ in
            KeptAnswer(status: 204, fields: [], content: [])
        }
    }

    /// Another record of the type, which the deleted one leads to from now on.
    private static func successor(of id: String, _ query: inout QueryReader, _ reader: Reader) throws -> String? {
        guard let replacement = query.single("replacedBy") else { return nil }
        if replacement == id {
            query.refuse("replacedBy", "'replacedBy' names the record itself.")
        } else if try !reader.has(replacement, of: Record.type),
            try !query.refuseDeleted("replacedBy", replacement, of: [Record.type], reader: reader)
        {
            query.refuse(
                "replacedBy", value: replacement, among: try reader.ids(near: replacement, of: Record.type))
        }
        return replacement
    }

    /// Asked before the writer is, so that what is not there costs it nothing and the nearest id can be named.
    /// - Throws: 404, or 410 for what was deleted.
    private static func requireRecord(_ id: String, _ context: Context) throws {
        let reader = context.reader
        if try reader.has(id, of: Record.type) { return }
        if let tombstone = try reader.tombstone(id, of: Record.type) {
            throw Problem.gone(tombstone, to: context.isAdmin)
        }
        throw Problem.unknown(id, of: Record.type, among: try reader.ids(near: id, of: Record.type))
    }

    /// Has one record made or changed and answers with it.
    private static func perform(
        _ action: Edit.Action, key: IdempotencyKey? = nil, _ writing: WriteRequest, _ desk: WriteDesk
    ) -> Answer {
        let (isMinimal, method) = (writing.isMinimal, writing.request.method)
        let links = writing.context.settings.links
        return writing.perform(
            [Edit(Record.type, action)], key: key, desk: desk, wording: writing.context.wording
        ) { reader, outcomes in
            guard let outcome = outcomes.first,
                let record = try reader.record(outcome.reference.id, of: Record.self)
            else { throw Problem(.internalError, "The record is not there after it was written.") }
            return KeptAnswer(record, outcome, isMinimal: isMinimal, method: method, links: links)
        }
    }
}

extension Context {
    /// Whether the one who asks may know who changed what.
    var isAdmin: Bool { principal?.scope.includes(.admin) ?? false }

    /// How a refusal of one change is worded.
    var wording: RefusalWording { RefusalWording(isAdmin: isAdmin, isBatch: false) }
}
