// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import Digests
internal import HTTP
internal import HTTPTypes
internal import JSON

/// A request to change something, by somebody who may: what it says beside the change itself, and how it is carried out.
struct WriteRequest {
    static let json = MediaType("application", "json")
    static let mergePatch = MediaType("application", "merge-patch+json")
    static let plainText = MediaType("text", "plain")

    private let call: Call
    private let principal: Principal
    /// Whether the answer shall have no content.
    let isMinimal: Bool
    /// What makes the request safe to repeat, where it says so.
    let key: IdempotencyKey?

    /// Answers a request to change something. One that was answered before under the same key gets that answer, before anything is
    /// looked at that may have changed since.
    /// - Parameter work: answers it for the first time.
    /// - Throws: 401 or 403, 400 for a key that is none, 422 for one of another request.
    static func answer(_ call: Call, _ work: (WriteRequest) throws -> Answer) throws -> Answer {
        let writing = try WriteRequest(call)
        guard let key = writing.key, let known = try call.context.reader.answer(to: key) else {
            return try work(writing)
        }
        // Whoever repeats a request says what it said: a condition that has no meaning was not in it.
        if call.request.method == .post {
            try writing.takeNoConditions()
        } else {
            _ = try writing.condition(mayCreate: call.request.method == .put)
        }
        return .now(try response(to: known))
    }

    private init(_ call: Call) throws {
        principal = try Access.require(.write, call.context)
        self.call = call
        isMinimal = Preferences.isMinimal(call.request.headerFields)
        key = try Self.key(of: call.request, actor: principal.tokenID ?? "")
    }

    var request: Request { call.request }
    var context: Context { call.context }
    var author: Author { principal.author(of: request) }

    /// Nothing is ignored: a path that takes no parameter has none.
    func takeNoParameters() throws {
        try call.takeFormatOnly()
    }

    // MARK: Conditions

    /// - Parameter mayCreate: whether `If-None-Match: *` is allowed.
    /// - Throws: 428 without a condition, 400 for one that has no meaning, 412 for one that never holds.
    func condition(mayCreate: Bool = false) throws -> Edit.Condition {
        let fields = request.headerFields
        do throws(ConditionFault) {
            return try Edit.Condition(
                ifMatch: fields[.ifMatch], ifNoneMatch: fields[.ifNoneMatch], mayCreate: mayCreate)
        } catch {
            switch error {
            case .missing(let detail):
                throw Problem(.preconditionRequired, detail, faults: [.init(.header("If-Match"), detail)])
            case .malformed(let detail):
                let name = fields[.ifMatch] == nil ? "If-None-Match" : "If-Match"
                throw Problem(.invalidCondition, detail, faults: [.init(.header(name), detail)])
            case .weak(let detail):
                throw Problem(.preconditionFailed, detail, faults: [.init(.header("If-Match"), detail)])
            }
        }
    }

    /// What makes something new depends on nothing that was read.
    func takeNoConditions() throws {
        for (field, name) in [(HTTPField.Name.ifMatch, "If-Match"), (.ifNoneMatch, "If-None-Match")]
        where request.headerFields[field] != nil {
            let detail = "'\(name)' has no meaning with POST."
            throw Problem(.invalidCondition, detail, faults: [.init(.header(name), detail)])
        }
    }

    // MARK: Content

    /// The content, read strictly.
    /// - Throws: 400 where there is none or it is no good JSON, 415 where it is of another type.
    func content(_ type: MediaType = Self.json) throws -> JSONValue {
        try contentType(among: [type])
        guard !request.body.isEmpty else {
            let detail = "The request has no content; it has to be \(type.essence)."
            throw Problem(.malformedJSON, detail, faults: [.init(.pointer(""), detail)])
        }
        do throws(JSONError) {
            return try JSONReader.read(request.body)
        } catch {
            let place = "line \(error.line), column \(error.column)"
            throw Problem(
                .malformedJSON, "The content is no good JSON: \(error.message) (\(place)).",
                faults: [.init(.pointer(error.pointer.description), "\(place): \(error.message)")])
        }
    }

    /// Which of these types the content is of; the first where there is none.
    /// - Throws: 415 for any other, or a content coding.
    @discardableResult
    func contentType(among wanted: [MediaType]) throws -> MediaType {
        let fields = request.headerFields
        // Without content there is nothing to be of a type.
        if request.body.isEmpty, fields[.contentType] == nil, let first = wanted.first { return first }
        if let coding = fields[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem(
                .unsupportedMediaType, "The content is coded as '\(coding)'; send it as it is.",
                faults: [.init(.header("Content-Encoding"), "names a coding that is not read here")],
                headerFields: [.acceptEncoding: "identity"])
        }
        if let given = fields[.contentType].flatMap(MediaType.init(parsing:)),
            given.parameters.allSatisfy({ $0.name == "charset" && $0.value.lowercased() == "utf-8" }),
            let type = wanted.first(where: { $0.essence == given.essence })
        {
            return type
        }
        let names = wanted.map(\.essence)
        let detail =
            "The content has to be \(names.joined(separator: " or ")), in UTF-8, and say so in 'Content-Type'."
        throw Problem(
            .unsupportedMediaType, detail, faults: [.init(.header("Content-Type"), detail)],
            headerFields: wanted.contains(Self.mergePatch)
                ? [.acceptPatch: Self.mergePatch.essence] : [.accept: names.joined(separator: ", ")])
    }

    func takeNoContent() throws {
        guard !request.body.isEmpty else { return }
        throw Problem(.invalidBody, "DELETE takes no content; name what stands for the record with 'replacedBy'.")
    }

    // MARK: Carrying out

    private static func key(of request: Request, actor: String) throws -> IdempotencyKey? {
        guard let key = request.headerFields[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            let detail = "'Idempotency-Key' must be 1 to 255 visible ASCII characters."
            throw Problem(.invalidIdempotencyKey, detail, faults: [.init(.header("Idempotency-Key"), detail)])
        }
        let type = request.headerFields[.contentType] ?? ""
        let target = "\(request.path)?\(request.query ?? "")"
        let asked = Array("\(request.method.rawValue) \(target)\n\(type)\n".utf8) + request.body
        return IdempotencyKey(
            actor: actor, method: request.method.rawValue, path: request.path, key: key,
            body: SHA256.hex(of: asked))
    }

    /// Has something done on a worker that may take long, and answers when it is on disk.
    func performLater(
        inFlight: InFlightKeys, wording: RefusalWording,
        _ work: @escaping @Sendable (CoverageDatabase, Author) throws -> EditResult
    ) -> Answer {
        let author = author
        return context.finisher.later { [database = context.database, key] in
            guard inFlight.take(key) else { throw Problem.keyUnderWay }
            defer { inFlight.clear(key) }
            return try Self.response(to: Result { try work(database, author) }, wording)
        }
    }

    /// Has an editor's word on a proposal carried out, and answers when it is on disk.
    func decide(
        _ edit: ProposalEdit, inFlight: InFlightKeys,
        answer: @escaping @Sendable (Reader, StoredProposal) throws -> KeptAnswer
    ) -> Answer {
        let (author, wording, deadline) = (author, context.wording, context.settings.deadline)
        return answered(inFlight, wording) { [key] database, completion in
            try database.decide(edit, by: author, key: key, deadline: deadline, answer: answer, completion: completion)
        }
    }

    /// Has the edits made, all or none, and answers when they are on disk.
    /// - Parameters:
    ///   - faults: what is wrong with the request beside the edits.
    ///   - answer: words the answer, in the transaction that makes the edits.
    func perform(
        _ edits: [Edit], besides faults: [FaultList.Fault] = [], inFlight: InFlightKeys, wording: RefusalWording,
        answer: @escaping @Sendable (Reader, [EditOutcome]) throws -> KeptAnswer
    ) -> Answer {
        let (author, key, deadline) = (author, key, context.settings.deadline)
        if edits.contains(where: \.bringsText) {
            return performLater(inFlight: inFlight, wording: wording) { database, author in
                try database.editReadingTexts(
                    edits, besides: faults, by: author, key: key, deadline: deadline, answer: answer)
            }
        }
        return answered(inFlight, wording) { database, completion in
            try database.edit(
                edits, besides: faults, by: author, key: key, deadline: deadline, answer: answer, completion: completion
            )
        }
    }

    /// Has the writer do something, unless the same is under way, and answers when it is on disk.
    private func answered(
        _ inFlight: InFlightKeys, _ wording: RefusalWording,
        _ submit:
            @escaping @Sendable (
                CoverageDatabase, @escaping @Sendable (Result<EditResult, any Error>) -> Void
            ) throws -> Void
    ) -> Answer {
        context.finisher.eventually { [database = context.database, key] complete in
            guard inFlight.take(key) else { return complete(.failure(Problem.keyUnderWay)) }
            do {
                try submit(database) { result in
                    inFlight.clear(key)
                    complete(Result { try Self.response(to: result, wording) })
                }
            } catch {
                inFlight.clear(key)
                complete(.failure(error))
            }
        }
    }

    private static func response(
        to result: Result<EditResult, any Error>, _ wording: RefusalWording
    ) throws -> Response {
        do {
            return try response(to: result.get())
        } catch let refusal as EditRefusal {
            throw wording.problem(refusal)
        } catch let refusal as ProposalRefusal {
            throw Problem(refusal)
        }
    }

    private static func response(to result: EditResult) throws -> Response {
        switch result {
        case .made(let answer): return answer.response(isReplay: false)
        case .replayed(let answer): return answer.response(isReplay: true)
        case .keyReused: throw Problem.keyReused
        }
    }
}

extension Problem {
    fileprivate static var keyUnderWay: Problem {
        let detail = "A request with this 'Idempotency-Key' is under way; ask again for its answer."
        return Problem(
            .idempotencyKeyInUse, detail, faults: [.init(.header("Idempotency-Key"), detail)],
            headerFields: [.retryAfter: "1"])
    }

    fileprivate static var keyReused: Problem {
        let detail = "This 'Idempotency-Key' came with another request before; a new request takes a new key."
        return Problem(.idempotencyKeyReused, detail, faults: [.init(.header("Idempotency-Key"), detail)])
    }
}

extension HTTPField.Name {
    static let acceptPatch = HTTPField.Name.named("Accept-Patch")
}
