// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Sockets

/// From a request to bytes in the output: asks the cache, then the handler. One per event loop; no I/O.
final class Responder {
    enum Outcome {
        /// The answer stands in the output.
        case answered
        /// It is still to be made, and then to be given to `complete`.
        case later(@Sendable () -> Response)
    }

    /// Answers on their way to the kernel, those of one batch of requests at a time.
    var output = OutputBuffer()
    private let handler: any Handler
    private let log: AnswerLog?
    private var cache: ResponseCache
    private var ids = RequestIDGenerator()
    private var date = HTTPDate(unixTime: 0)

    init(handler: any Handler, cacheBytes: Int, log: AnswerLog?) {
        self.handler = handler
        self.log = log
        cache = ResponseCache(byteCount: cacheBytes)
    }

    /// To be called after each wait for the kernel.
    func batchBegins() {
        let now = SystemClock.unixSeconds()
        if now != date.unixTime { date = HTTPDate(unixTime: now) }
    }

    /// To be called before each wait for the kernel.
    func batchEnded() {
        handler.batchEnded()
    }

    /// Looks for a stored answer and writes it, without asking the handler for more than its version.
    ///
    /// - Parameters:
    ///   - head: of a request without content.
    ///   - bytes: what the head was parsed from.
    ///   - isLast: The connection closes after this answer, whatever the client would like.
    /// - Returns: false when the handler has to be asked.
    func answerFromCache(
        _ head: borrowing RequestHead, _ bytes: Span<UInt8>, origin: Request.Origin, isLast: Bool
    ) -> Bool {
        guard origin == .network, head.mayBeAnsweredFromCache,
            let entry = cache.entry(for: head, of: bytes, version: handler.version)
        else { return false }
        if log == nil {
            let persistence = head.persistence(closing: isLast)
            _ = write(entry.response, head, bytes, id: ids.next(), isHead: head.method == .head, persistence)
        } else {
            let exchange = exchange(head, bytes, origin: origin)
            writeLogged(entry.response, status: entry.status, head, bytes, exchange, isLast: isLast, .cache)
        }
        return true
    }

    /// Asks the handler.
    /// - Parameter request: what `head` says.
    func answer(
        _ request: Request, _ head: borrowing RequestHead, _ bytes: Span<UInt8>, _ exchange: Exchange, isLast: Bool
    ) -> Outcome {
        let version = handler.version
        switch handler.respond(to: request) {
        case .later(let work):
            return .later(work)
        case .now(let response):
            guard response.isShareable, exchange.origin == .network, head.mayBeAnsweredFromCache else {
                complete(response, exchange, isLast: isLast, .loop)
                return .answered
            }
            let prepared = PreparedResponse(response)
            let status = response.status.code
            if head.method == .get, Self.mayBeKept(response.status) {
                cache.keep(prepared, status: status, for: head, of: bytes, version: version)
            }
            writeLogged(prepared, status: status, head, bytes, exchange, isLast: isLast, .loop)
            return .answered
        }
    }

    /// Asks the handler about a request whose content has been received.
    func answer(_ incoming: IncomingRequest, isLast: Bool) -> Outcome {
        switch handler.respond(to: incoming.request) {
        case .later(let work):
            return .later(work)
        case .now(let response):
            complete(response, incoming.exchange, isLast: isLast, .loop)
            return .answered
        }
    }

    /// Writes an answer.
    func complete(_ response: Response, _ exchange: Exchange, isLast: Bool, _ source: AnswerRecord.Source) {
        let before = output.count
        ResponseSerializer.append(
            response, to: &output, date: date, id: exchange.id, includeBody: !exchange.isHead,
            persistence: isLast ? .close : exchange.persistence)
        record(exchange, status: response.status.code, byteCount: output.count - before, source)
    }

    /// Writes the server's own no, in the handler's words, as an answer to a request that was read.
    func decline(_ problem: Problem, _ exchange: Exchange, isLast: Bool) {
        complete(handler.refuse(problem, id: exchange.id), exchange, isLast: isLast, .server)
    }

    /// Writes the server's own no as the last answer of a connection.
    func refuse(_ problem: Problem, origin: Request.Origin) {
        let exchange = Exchange(
            id: ids.next(), origin: origin, isHead: false, persistence: .close, method: "", target: "", began: moment)
        decline(problem, exchange, isLast: true)
    }

    /// Lets the client send its content.
    func allowContent() {
        ResponseSerializer.appendContinue(to: &output)
    }

    /// Gives the exchange its identity.
    func exchange(_ head: borrowing RequestHead, _ bytes: Span<UInt8>, origin: Request.Origin) -> Exchange {
        let isLogged = log != nil
        return Exchange(
            id: ids.next(), origin: origin, isHead: head.method == .head,
            persistence: head.persistence(closing: false),
            method: isLogged ? Self.text(bytes, head.methodRange) : "",
            target: isLogged ? Self.text(bytes, head.target) : "", began: moment)
    }

    /// Now, if anybody wants to know.
    var moment: UInt64 { log == nil ? 0 : SystemClock.monotonicNanoseconds() }

    // MARK: Writing

    private func writeLogged(
        _ prepared: PreparedResponse, status: Int, _ head: borrowing RequestHead, _ bytes: Span<UInt8>,
        _ exchange: Exchange, isLast: Bool, _ source: AnswerRecord.Source
    ) {
        let before = output.count
        let isNotModified = write(
            prepared, head, bytes, id: exchange.id, isHead: exchange.isHead, isLast ? .close : exchange.persistence)
        record(exchange, status: isNotModified ? 304 : status, byteCount: output.count - before, source)
    }

    /// - Returns: true when the client has the answer already, so that 304 was written.
    private func write(
        _ prepared: PreparedResponse, _ head: borrowing RequestHead, _ bytes: Span<UInt8>, id: RequestID, isHead: Bool,
        _ persistence: Persistence
    ) -> Bool {
        if let condition = head.ifNoneMatch, prepared.isHeld(ifNoneMatch: bytes.extracting(condition.range)) {
            prepared.appendNotModified(to: &output, date: date, id: id, persistence: persistence)
            return true
        }
        prepared.append(to: &output, date: date, id: id, includeBody: !isHead, persistence: persistence)
        return false
    }

    private func record(_ exchange: Exchange, status: Int, byteCount: Int, _ source: AnswerRecord.Source) {
        guard let log else { return }
        log(
            AnswerRecord(
                id: exchange.id, origin: exchange.origin, method: exchange.method, target: exchange.target,
                status: status, byteCount: byteCount, nanoseconds: moment - exchange.began, source: source))
    }

    /// 304 and 412 answer a condition, 206 a range: they are not what the next one asks for.
    private static func mayBeKept(_ status: HTTPResponse.Status) -> Bool {
        status != .notModified && status != .partialContent && status != .preconditionFailed
    }

    private static func text(_ bytes: Span<UInt8>, _ range: ByteRange) -> String {
        // unsafe: lent for the copy only.
        unsafe bytes.extracting(range.range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
