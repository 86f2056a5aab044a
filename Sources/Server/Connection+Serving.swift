// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Sockets

/// From bytes to requests, one after the other, and to their answers.
extension Connection {
    /// How many requests a connection that pipelines may have answered in one turn.
    private static let turn = 64

    /// Serves the requests that are whole, in order, until there are no more bytes or they have to wait.
    /// - Returns: how many bytes are dealt with.
    mutating func serve(_ input: Span<UInt8>, _ loop: inout EventLoop) -> Int {
        let buffer = loop.readBuffer
        let bound = loop.configuration.bufferedAnswers
        var offset = 0
        var served = 0
        while offset < input.count, state.mayServe(bound: bound) {
            guard served < Self.turn else {
                postpone(&loop)
                break
            }
            served += 1
            let rest = input.extracting(offset...)
            do throws(WireError) {
                let consumed =
                    if let incoming {
                        try takeContent(incoming, rest, &loop)
                    } else if served == 1, takeKnown(rest, &loop) {
                        rest.count
                    } else {
                        try takeHead(&buffer.head, rest, &loop)
                    }
                if consumed == 0 { break }
                offset += consumed
            } catch {
                loop.responder.figures.refuse(error)
                refuse(error.problem, &loop)
            }
            if state.unsent + loop.responder.output.count > bound { flush(&loop) }
        }
        return offset
    }

    /// Answers a request that is known by all of its bytes.
    private mutating func takeKnown(_ bytes: Span<UInt8>, _ loop: inout EventLoop) -> Bool {
        guard loop.gate.judgesByBytesAlone, state.phase == .idle,
            let persistence = loop.responder.answerKnown(bytes, caller: peer, isLast: loop.isDraining)
        else { return false }
        answered(isPersistent: persistence != .close, hasMore: false, &loop)
        return true
    }

    /// - Returns: the length of the head, or 0 when it is not whole.
    private mutating func takeHead(
        _ head: inout RequestHead, _ bytes: Span<UInt8>, _ loop: inout EventLoop
    ) throws(WireError) -> Int {
        guard try parser.parse(bytes, into: &head) else {
            state.headIsIncomplete(now: loop.now)
            return 0
        }
        let isLast = loop.isDraining
        let hasMore = bytes.count > head.byteCount
        let caller = loop.gate.caller(behind: peer, head, bytes)
        if let error = loop.gate.refusal(of: head, bytes, caller) {
            loop.responder.figures.refuse(error)
            refuse(error.problem, of: loop.responder.exchange(head, bytes, caller: caller, mayBeRefused: true), &loop)
            return head.byteCount
        }
        if let seconds = loop.gate.wait(for: caller) {
            let exchange = loop.responder.exchange(head, bytes, caller: caller, mayBeRefused: true)
            turnDown(head, exchange, seconds, hasMore: hasMore, &loop)
            return head.byteCount
        }
        switch head.framing {
        case .none, .length(0):
            if loop.responder.answerFromCache(
                head, bytes, caller: caller, isLast: isLast, mayBeKnown: loop.gate.judgesByBytesAlone)
            {
                answered(isPersistent: head.isPersistent, hasMore: hasMore, &loop)
                break
            }
            var exchange = loop.responder.exchange(head, bytes, caller: caller, mayBeRefused: false)
            ask(for: head.request(bytes: bytes, exchange), &exchange, hasMore: hasMore, &loop)
        case .length, .chunked:
            let exchange = loop.responder.exchange(head, bytes, caller: caller, mayBeRefused: true)
            let request = head.request(bytes: bytes, exchange)
            let limit = loop.bodyLimit(for: request)
            if case .length(let length) = head.framing, length > limit {
                let error = WireError.contentTooLarge(limit: limit)
                loop.responder.figures.refuse(error)
                refuse(error.problem, of: exchange, &loop)
                break
            }
            if limit > loop.bodyLimit(peer.origin), loop.responder.declines(request, exchange) {
                state.answered(closes: true, unread: true, now: loop.now)
                break
            }
            incoming = IncomingRequest(request, exchange: exchange, framing: head.framing)
            state.contentIsAwaited(now: loop.now)
            if head.expectsContinue, !hasMore { loop.responder.allowContent() }
        }
        return head.byteCount
    }

    /// The client has asked too much of late.
    private mutating func turnDown(
        _ head: borrowing RequestHead, _ exchange: Exchange, _ seconds: Int, hasMore: Bool, _ loop: inout EventLoop
    ) {
        loop.responder.figures.refuse("rateLimited")
        let problem = Problem(
            .tooManyRequests, "This client has sent too many requests; the next may come in \(seconds) s.",
            headerFields: [.retryAfter: String(seconds)])
        // With content to come, only the end of the connection saves reading it.
        let hasContent = head.framing != .none
        loop.responder.decline(problem, exchange, isLast: loop.isDraining || hasContent)
        answered(isPersistent: exchange.isPersistent && !hasContent, hasMore: hasMore || hasContent, &loop)
    }

    /// - Returns: how many bytes belong to the content.
    private mutating func takeContent(
        _ incoming: IncomingRequest, _ bytes: Span<UInt8>, _ loop: inout EventLoop
    ) throws(WireError) -> Int {
        let (consumed, isComplete) = try incoming.take(bytes, limit: loop.bodyLimit(for: incoming.request))
        state.hasReceived(consumed, now: loop.now)
        guard isComplete else { return consumed }
        var exchange = incoming.exchange
        exchange.began = loop.responder.batchBegan
        self.incoming = nil
        ask(for: incoming.request, &exchange, hasMore: consumed < bytes.count, &loop)
        return consumed
    }

    /// Has a whole request answered.
    /// - Parameter hasMore: The client has sent more already.
    private mutating func ask(
        for request: Request, _ exchange: inout Exchange, hasMore: Bool, _ loop: inout EventLoop
    ) {
        switch loop.responder.answer(request, &exchange, isLast: loop.isDraining) {
        case .answered:
            answered(isPersistent: exchange.isPersistent, hasMore: hasMore, &loop)
        case .later(let work):
            submit(work, IncomingRequest(request, exchange: exchange, framing: .none), &loop)
        case .eventually(let start):
            incoming = IncomingRequest(request, exchange: exchange, framing: .none)
            state.workBegan(now: loop.now)
            start(loop.completion(for: token))
        case .streaming(let stream):
            begin(stream, &loop)
        }
    }

    private mutating func submit(
        _ work: @escaping @Sendable () -> Response, _ incoming: IncomingRequest, _ loop: inout EventLoop
    ) {
        if loop.submit(work, incoming.exchange.coding, for: token) {
            incoming.exchange.coding = .identity
            self.incoming = incoming
            state.workBegan(now: loop.now)
        } else {
            loop.responder.figures.refuse("workersBusy")
            let problem = loop.tooBusy("All workers are busy and their queue is full.")
            loop.responder.decline(problem, incoming.exchange, isLast: loop.isDraining)
            answered(isPersistent: incoming.exchange.isPersistent, hasMore: true, &loop)
        }
    }

    /// - Parameters:
    ///   - isPersistent: The client expects the connection to stay, and may send its next request at any time.
    ///   - hasMore: It has done so.
    mutating func answered(isPersistent: Bool, hasMore: Bool, _ loop: inout EventLoop) {
        state.answered(closes: loop.isDraining || !isPersistent, unread: isPersistent || hasMore, now: loop.now)
    }
}

extension RequestHead {
    /// The request as handlers see it, without its content.
    fileprivate func request(bytes: Span<UInt8>, _ exchange: Exchange) -> Request {
        request(
            bytes: bytes, body: [], id: exchange.id, origin: exchange.caller.origin,
            client: exchange.caller.address)
    }
}
