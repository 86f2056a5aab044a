// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Sockets

/// From a request to bytes in the output: asks the cache, then the handler. One per event loop; no I/O.
///
/// A value within its loop, not an object beside it: a call is one access that the runtime checks for exclusivity, and not one for
/// every field it touches, which took a quarter of the program's own part of a cached answer.
struct Responder: ~Copyable {
    enum Outcome {
        /// The answer stands in the output.
        case answered
        /// It is still to be made, and then to be given to `complete`.
        case later(@Sendable () -> Response)
        /// The same, but not by a worker.
        case eventually((_ complete: @escaping @Sendable (Response) -> Void) -> Void)
        /// Its head stands in the output.
        case streaming(ContentStream)
    }

    /// Answers on their way to the kernel, those of one batch of requests at a time.
    var output = OutputBuffer()
    /// What this loop has counted.
    var figures = LoopFigures()
    private let handler: any Handler
    private let observer: (any AnswerObserver)?
    private var cache: ResponseCache
    private var compressor = Compressor()
    private var ids = RequestIDGenerator()
    private var date = HTTPDate(unixTime: 0)
    /// Nanoseconds of the monotonic clock when the kernel brought the news that is being dealt with: answers are timed from then.
    private(set) var batchBegan: UInt64 = 0
    /// When the last answer for this news was made afresh, by the same clock; nil if none was.
    private(set) var lastMade: UInt64?

    init(handler: any Handler, cacheBytes: Int, observer: (any AnswerObserver)?) {
        self.handler = handler
        self.observer = observer
        cache = ResponseCache(byteCount: cacheBytes)
    }

    /// To be called after each wait for the kernel.
    /// - Parameter moment: nanoseconds of the monotonic clock.
    mutating func batchBegins(at moment: UInt64) {
        batchBegan = moment
        let now = SystemClock.unixSeconds()
        if now != date.unixTime { date = HTTPDate(unixTime: now) }
    }

    /// To be called before each piece of news that the kernel has brought.
    mutating func newsBegins() { lastMade = nil }

    /// To be called before each wait for the kernel.
    func batchEnded() {
        handler.batchEnded()
        observer?.batchEnded()
    }

    // MARK: Asking

    /// Looks for a stored answer and writes it, without asking the handler for more than its version.
    ///
    /// - Parameters:
    ///   - head: of a request without content.
    ///   - bytes: what the head was parsed from.
    ///   - isLast: The connection closes after this answer, whatever the client would like.
    ///   - mayBeKnown: The same bytes may have the same answer without being read again.
    /// - Returns: false when the handler has to be asked.
    mutating func answerFromCache(
        _ head: borrowing RequestHead, _ bytes: Span<UInt8>, caller: Caller, isLast: Bool, mayBeKnown: Bool
    ) -> Bool {
        guard cache.isOn, caller.origin == .network, head.mayBeAnsweredFromCache else { return false }
        let coding = AcceptedCoding(head, of: bytes)
        guard let entry = cache.entry(for: head, of: bytes, coding, version: handler.version) else {
            figures.cacheMisses &+= 1
            return false
        }
        let isHeld = head.ifNoneMatch.map { entry.response.isHeld(ifNoneMatch: bytes.extracting($0.range)) } ?? false
        let isWhole = !isHeld && head.method == .get
        let method = bytes.extracting(head.methodRange.range)
        let found = FoundAnswer(
            entry: entry, isHeld: isHeld, isHead: head.method == .head, persistence: head.persistence(closing: false),
            method: head.methodRange, target: head.target,
            countedAt: isWhole
                ? entry.countedAt
                : figures.place(
                    method: LoopFigures.name(of: method), route: entry.route, status: isHeld ? 304 : entry.status))
        give(found, bytes, traceparent: head.traceparent ?? .empty, caller, isLast: isLast)
        // Each part of a trace has a request of its own.
        if mayBeKnown, head.byteCount == bytes.count, head.traceparent == nil { cache.know(bytes, found) }
        return true
    }

    /// Looks for a stored answer to a request that is the same, byte by byte, as one that has had it, and writes it.
    ///
    /// - Parameter bytes: all that has been received.
    /// - Returns: what the request says of its connection; nil when it has to be read.
    mutating func answerKnown(_ bytes: Span<UInt8>, caller: Caller, isLast: Bool) -> Persistence? {
        guard caller.origin == .network, let found = cache.answer(to: bytes, version: handler.version) else {
            return nil
        }
        give(found, bytes, traceparent: .empty, caller, isLast: isLast)
        return found.persistence
    }

    private mutating func give(
        _ found: FoundAnswer, _ bytes: Span<UInt8>, traceparent: ByteRange, _ caller: Caller, isLast: Bool
    ) {
        figures.cacheHits &+= 1
        let id = ids.next()
        let before = output.count
        let persistence = isLast ? .close : found.persistence
        if found.isHeld {
            found.entry.response.appendNotModified(to: &output, date: date, id: id, persistence: persistence)
        } else {
            found.entry.response.append(
                to: &output, date: date, id: id, includeBody: !found.isHead, persistence: persistence)
        }
        let record = AnswerRecord(
            id: id, caller, route: found.entry.route, status: found.isHeld ? 304 : found.entry.status,
            byteCount: output.count - before, began: batchBegan, source: .cache)
        figures.count(record, at: found.countedAt)
        observer?.answered(
            record, method: bytes.extracting(found.method.range), target: bytes.extracting(found.target.range),
            traceparent: bytes.extracting(traceparent.range))
    }

    /// Asks the handler.
    mutating func answer(_ request: Request, _ exchange: inout Exchange, isLast: Bool) -> Outcome {
        guard exchange.coding != .nothing else {
            exchange.route = handler.route(of: request.path)
            let problem = Problem(
                .notAcceptable, "Accept-Encoding leaves none of the codings that there are here: gzip and identity.")
            decline(problem, exchange, isLast: isLast)
            return .answered
        }
        let (answer, route) = handler.respond(to: request)
        exchange.route = route
        // Handed on, not copied.
        switch consume answer {
        case .later(let work):
            return .later(work)
        case .eventually(let start):
            return .eventually(start)
        case .stream(let response, let source):
            return begin(response, source, exchange, isLast: isLast)
        case .now(let response):
            complete(response, exchange, isLast: isLast, .loop)
            return .answered
        }
    }

    /// Asks the handler whether content shall be read that may be large.
    /// - Returns: true when the answer, the last of its connection, stands in the output.
    mutating func declines(_ request: Request, _ exchange: Exchange) -> Bool {
        guard let response = handler.refusal(of: request) else { return false }
        write(response, exchange, isLast: true, .loop)
        return true
    }

    /// Gives the exchange its identity. To be made before the handler is asked.
    /// - Parameter mayBeRefused: The handler may never be asked, whose reply would have the route.
    mutating func exchange(
        _ head: borrowing RequestHead, _ bytes: Span<UInt8>, caller: Caller, mayBeRefused: Bool
    ) -> Exchange {
        let coding = AcceptedCoding(head, of: bytes)
        let mayBeShared = cache.isOn && caller.origin == .network && head.mayBeAnsweredFromCache
        return Exchange(
            id: ids.next(), caller: caller, isHead: head.method == .head,
            persistence: head.persistence(closing: false), takesChunks: head.minorVersion >= 1, began: batchBegan,
            coding: coding, method: LoopFigures.name(of: bytes.extracting(head.methodRange.range)),
            asked: observer == nil ? nil : asked(head, bytes),
            question: mayBeShared ? cache.question(head, bytes, coding, version: handler.version) : nil,
            precondition: Precondition(head, of: bytes), route: mayBeRefused ? route(of: head, bytes) : nil)
    }

    // MARK: Writing

    /// Writes the head of a stream. Its content, if the client is to have any, ends with the connection.
    private mutating func begin(
        _ response: Response, _ source: any ContentSource, _ exchange: borrowing Exchange, isLast: Bool
    ) -> Outcome {
        let before = output.count
        ResponseSerializer.appendStreamHead(
            of: response, to: &output, date: date, id: exchange.id, isChunked: exchange.takesChunks,
            persistence: isLast || !exchange.isHead ? .close : exchange.persistence)
        tell(exchange, status: response.status.code, byteCount: output.count - before, .loop)
        return exchange.isHead ? .answered : .streaming(ContentStream(source, isChunked: exchange.takesChunks))
    }

    /// Writes an answer, and keeps it for the next who asks if it may be shared.
    mutating func complete(
        _ response: consuming Response, _ exchange: Exchange, isLast: Bool, _ source: AnswerRecord.Source
    ) {
        compressor.apply(exchange.coding, to: &response)
        if response.isShareable, let question = exchange.question, !exchange.isHead, Self.mayBeKept(response.status) {
            let status = response.status.code
            let route = exchange.route
            cache.keep(
                PreparedResponse(copy response), status: status, route: route,
                countedAt: figures.place(method: exchange.method, route: route, status: status),
                for: question)
        }
        switch exchange.precondition?.outcome(for: response) ?? .proceed {
        case .proceed:
            write(response, exchange, isLast: isLast, source)
        case .notModified:
            write(response.notModified, exchange, isLast: isLast, source)
        case .failed:
            let problem = Problem(.preconditionFailed, "If-Match does not name what the resource is now.")
            write(handler.refuse(problem, id: exchange.id), exchange, isLast: isLast, source)
        }
    }

    /// Writes the server's own no, in the handler's words, to a request that was read.
    mutating func decline(_ problem: Problem, _ exchange: Exchange, isLast: Bool) {
        write(handler.refuse(problem, id: exchange.id), exchange, isLast: isLast, .server)
    }

    /// Writes the server's own no as the last answer of a connection.
    mutating func refuse(_ problem: Problem, caller: Caller) {
        let exchange = Exchange(
            id: ids.next(), caller: caller, isHead: false, persistence: .close, takesChunks: false, began: batchBegan,
            coding: .identity)
        decline(problem, exchange, isLast: true)
    }

    /// Lets the client send its content.
    mutating func allowContent() {
        ResponseSerializer.appendContinue(to: &output)
    }

    private mutating func write(
        _ response: Response, _ exchange: borrowing Exchange, isLast: Bool, _ source: AnswerRecord.Source
    ) {
        let before = output.count
        ResponseSerializer.append(
            response, to: &output, date: date, id: exchange.id, includeBody: !exchange.isHead,
            persistence: isLast ? .close : exchange.persistence)
        tell(exchange, status: response.status.code, byteCount: output.count - before, source)
    }

    /// 304 and 412 answer a condition, 206 a range: they are not what the next one asks for.
    private static func mayBeKept(_ status: HTTPResponse.Status) -> Bool {
        status != .notModified && status != .partialContent && status != .preconditionFailed
    }

    // MARK: Telling

    /// What has been counted, and how full the cache is.
    func collectFigures() -> LoopFigures {
        var figures = figures
        (figures.cacheEntries, figures.cacheBytes) = cache.size
        return figures
    }

    /// Counts an answer, and tells the observer of it if there is one, when the request's bytes may be gone.
    private mutating func tell(
        _ exchange: borrowing Exchange, status: Int, byteCount: Int, _ source: AnswerRecord.Source
    ) {
        let record = AnswerRecord(
            id: exchange.id, exchange.caller, route: exchange.route, status: status, byteCount: byteCount,
            began: exchange.began, source: source)
        lastMade = exchange.began + record.nanoseconds
        figures.count(record, at: figures.place(method: exchange.method, route: record.route, status: status))
        guard let observer else { return }
        let (method, target, traceparent) =
            exchange.asked.map { ($0.method, $0.target, $0.traceparent) } ?? ([], [], [])
        observer.answered(record, method: method.span, target: target.span, traceparent: traceparent.span)
    }

    private func target(of head: borrowing RequestHead, _ bytes: Span<UInt8>) -> [UInt8] {
        head.impliedPath.isEmpty ? bytes.array(in: head.target) : head.impliedPath + bytes.array(in: head.target)
    }

    private func route(of head: borrowing RequestHead, _ bytes: Span<UInt8>) -> String? {
        let path = target(of: head, bytes).prefix { $0 != UInt8(ascii: "?") }
        return handler.route(of: String(decoding: path, as: UTF8.self))
    }

    private func asked(_ head: borrowing RequestHead, _ bytes: Span<UInt8>) -> Exchange.Asked {
        Exchange.Asked(
            method: bytes.array(in: head.methodRange), target: target(of: head, bytes),
            traceparent: bytes.array(in: head.traceparent ?? .empty))
    }
}

extension AnswerRecord {
    /// Of an answer that stands in the output since just now.
    fileprivate init(
        id: RequestID, _ caller: Caller, route: String?, status: Int, byteCount: Int, began: UInt64, source: Source
    ) {
        self.init(
            id: id, origin: caller.origin, client: caller.address, route: route, status: status, byteCount: byteCount,
            nanoseconds: SystemClock.monotonicNanoseconds() - began, source: source)
    }
}
