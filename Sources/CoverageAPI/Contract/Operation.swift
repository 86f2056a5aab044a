// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// Something that clients can do here, declared once: the router finds it by this, its query is checked by this, and
/// `/openapi.json` is written from this.
///
/// To add one:
/// 1. Declare its parameters as values (`Parameter`, `HeaderParameter`, `PathParameter`), each with a meaning in plain words
///    and an `example` that is right for the coverage that ships. Those that many paths take stand in `CommonParameters`.
/// 2. Declare the shape of its answer as a `Schema`; under a name (`.named`) if it is more than this operation's. Put the
///    JSON writer right beside it.
/// 3. Make the `Operation`, and add it to `Routers`. The handler reads the query by `call.query()`, which knows the names
///    from the declaration, and `query.take(parameter)`, which checks by it.
/// 4. Name in `problems` what this operation can refuse beside what parameters, access and HTTP itself bring about.
///
/// The tests then ask with every example, hold every answer of every test against its schema (no member more, none less),
/// and refuse a problem, a status or a header field that is not declared. New operations are additions; `docs/openapi/v1.json`
/// has what was released, and a change that breaks its readers fails.
struct Operation: Sendable {
    /// Throws a `Problem` to answer with it.
    typealias Handler = @Sendable (Call) throws -> Answer

    let declaration: OperationDeclaration
    let handler: Handler

    init(_ declaration: OperationDeclaration, handler: @escaping Handler) {
        self.declaration = declaration
        self.handler = handler
    }

    func route() throws -> Route<Context> {
        let names = declaration.parameters.filter { $0.place == .query }.map(\.name)
        let (access, handler) = (declaration.access, handler)
        // The context has the request already.
        return try Route(declaration.method, declaration.path) { _, path, context in
            if case .token(let scope) = access { try Access.require(scope, context) }
            return try handler(Call(path: path, context: context, names: names))
        }
    }
}

/// A request to an operation, and what answers it.
struct Call {
    let path: PathParameters
    let context: Context
    var request: Request { context.finisher.request }
    /// The parameters of the query that the operation declares.
    fileprivate let names: [String]

    /// To read the query with; whatever was not declared is refused.
    func query() throws -> QueryReader { try QueryReader(request, known: names) }

    /// For operations whose query says nothing but the form of the answer.
    func takeFormatOnly() throws {
        var query = try query()
        try query.format()
        try query.finish()
    }
}

/// What the document says of an operation.
struct OperationDeclaration: Sendable {
    /// Who may ask.
    enum Access: Sendable {
        /// Anybody; a token that is shown is not looked at.
        case open
        /// Anybody, unless the operator wants a token for reading.
        case reading
        /// Whoever shows a token of this scope.
        case token(Scope)
    }

    let method: HTTPRequest.Method
    let path: String
    /// What generated clients call it: `listEvents`.
    let id: String
    let tag: Tag
    /// What it does, as an order: "List events".
    let summary: String
    /// What else a client has to know, in Markdown.
    let detail: String
    let access: Access
    let parameters: [any DeclaredParameter]
    let content: RequestContent?
    let answers: [DeclaredAnswer]
    private let ownProblems: [ProblemType]

    init(
        _ method: HTTPRequest.Method, _ path: String, _ id: String, _ tag: Tag, _ summary: String,
        _ detail: String = "",
        access: Access = .reading, parameters: [any DeclaredParameter] = [], content: RequestContent? = nil,
        answers: [DeclaredAnswer], problems: [ProblemType] = []
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.tag = tag
        self.summary = summary
        self.detail = detail
        self.access = access
        self.parameters = parameters
        self.content = content
        self.answers = answers
        ownProblems = problems
    }

    /// Whether the server asks the conditions of a read (`If-None-Match`) of its answer.
    var isConditional: Bool { method == .get && answers.contains { $0.fields.contains(.eTag) } }

    /// Every problem that can come of it, each once, by status.
    var problems: [ProblemType] {
        var all = ownProblems + parameters.flatMap(\.problems) + ProblemType.ofAnyRequest
        all += [.unknownParameter]
        if parameters.contains(where: { $0.place == .query }) { all.append(.invalidParameter) }
        // An answer without an entity tag is none that 'If-Match' can name.
        if method == .get { all.append(.preconditionFailed) }
        if case .open = access {} else { all += [.malformedAuthorization, .unauthorized] }
        if case .token = access { all += ProblemType.ofAnyChange }
        if content != nil { all += [.malformedJSON, .unsupportedMediaType, .invalidBody] }
        var names: Set<String> = []
        return all.filter { names.insert($0.name).inserted }.sorted { ($0.status, $0.name) < ($1.status, $1.name) }
    }
}

/// What a request says in its content.
struct RequestContent: Sendable {
    let type: String
    let schema: Schema
    let meaning: String
    /// Each with a name; tests send them, in this order, to a server with the coverage that ships.
    var examples: [(name: String, value: JSONValue)] = []
    /// What can be sent instead.
    var alternatives: [(type: String, schema: Schema)] = []
}

/// What operations are about: the chapters of the document.
enum Tag: String, CaseIterable, Sendable {
    case events, people, issues, statements, organizations, places, discrepancies, articles
    case proposals, views, search, changes, about

    var meaning: String {
        switch self {
        case .events: "Visits, meetings, calls, summits, incidents, policies: what happened, or is to happen."
        case .people: "Every named person, and the officials among them."
        case .issues: "What the sides talk or quarrel about, as a tree, with each side's positions."
        case .statements: "Who said what, in their words or an article's, where, when and on which issues."
        case .organizations: "Countries as actors, ministries, armed forces, alliances, forums, companies."
        case .places: "Countries as territory, cities, seas, buildings, and where they are."
        case .discrepancies: "Facts that articles give differently, their accounts side by side."
        case .articles: "The coverage itself: the articles that facts are cited from."
        case .proposals: "What reading an article proposes, for an editor to accept, edit or reject."
        case .views: "Questions over all records: what is compared, counted, put in order or tied together."
        case .search: "Looking for words in everything, and completing them while they are typed."
        case .changes: "What changed, as a list and live; several changes in one request."
        case .about: "The way in, the closed sets, this document, the pages of problems, health."
        }
    }

    /// That of a type's own paths.
    static func of(_ type: FactType) -> Tag { Tag(rawValue: type.collection) ?? .about }
}

extension ProblemType {
    /// What can be wrong with a request wherever it goes, or with the server.
    static let ofAnyRequest: [ProblemType] = [
        malformedRequest, missingHost, notAcceptable, requestTimeout, contentTooLarge, uriTooLong, expectationFailed,
        misdirectedRequest, tooManyRequests, headerSectionTooLarge, internalError, unsupportedTransferCoding, tooBusy,
        notReady, queryTooCostly, httpVersionNotSupported,
    ]

    /// The same of what takes a token to change something.
    static let ofAnyChange: [ProblemType] = [insufficientScope, originNotAllowed, insufficientStorage]
}
