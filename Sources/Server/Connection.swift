// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Sockets

/// One client: its bytes, in and out. What to do with them is decided by `ConnectionState` and `Responder`.
///
/// Idle, it holds no buffers: it reads into the loop's, and keeps only what is left of an unfinished request or answer.
/// It belongs to the thread of its event loop.
final class Connection {
    let token: UInt64
    private let peer: Caller
    private var transport: Transport
    var state: ConnectionState
    private var parser: RequestParser
    /// Received and not yet served.
    private var held: [UInt8] = []
    /// Answers that the kernel has not taken.
    private var unsent = OutputBuffer()
    /// A request whose content is coming, or whose answer is made elsewhere.
    private var incoming: IncomingRequest?
    /// The answer that is being given, when that comes bit by bit.
    var stream: ContentStream?
    /// What epoll watches for.
    private var interest = Epoll.Interest.reading
    /// What reading waits for, or the handshake, and what writing does: with TLS either may have to wait for either.
    private var readingWaits = Epoll.Interest.reading
    private var writingWaits = Epoll.Interest.writing
    /// Bytes were read since the last look for others that epoll does not see.
    private var mayHavePending = false
    private var isBroken = false
    /// Has been served enough for now: others come first.
    private var isPostponed = false

    /// How many requests a connection that pipelines may have answered in one turn.
    private static let turn = 64

    init(_ transport: consuming Transport, peer: Caller, token: UInt64, limits: Limits, now: UInt64) {
        self.token = token
        self.peer = peer
        state = ConnectionState(now: now, isSecure: transport.isSecure)
        self.transport = transport
        parser = RequestParser(limits: limits)
    }

    /// For epoll only; valid while the connection lives.
    var number: Int32 { transport.number }

    // MARK: News

    /// The kernel reports something. Afterwards the connection may be closed.
    func handle(_ event: Epoll.Event, _ loop: EventLoop) {
        if state.phase == .handshake {
            shakeHands(loop)
            return settle(loop)
        }
        if state.wantsToWrite, event.brings(writingWaits) {
            send(&unsent)
            if unsent.isEmpty { unsent.removeAll(keepingCapacityUpTo: 0) }
            state.setUnsent(unsent.count, now: loop.now)
            serveHeld(loop)
        }
        if event.brings(readingWaits) || event.isBroken {
            if wantsToRead(loop) {
                receive(loop)
            } else if event.isBroken {
                isBroken = true
            }
        }
        settle(loop)
    }

    /// It is this connection's turn again.
    func resume(_ loop: EventLoop) {
        isPostponed = false
        serveHeld(loop)
        if transport.hasPending, wantsToRead(loop) { receive(loop) }
        settle(loop)
    }

    /// The answer has been made.
    func finish(_ response: Response, _ source: AnswerRecord.Source, _ loop: EventLoop) {
        guard state.phase == .working, let incoming else { return }
        self.incoming = nil
        loop.responder.complete(response, incoming.exchange, isLast: loop.isDraining, source)
        answered(isPersistent: incoming.exchange.isPersistent, hasMore: !held.isEmpty, loop)
        serveHeld(loop)
        settle(loop)
    }

    /// The deadline has passed.
    func expire(_ loop: EventLoop) {
        switch state.expiry {
        case .close:
            loop.close(self)
        case .refuse:
            refuse(Problem(.requestTimeout, "The request did not arrive in time."), loop)
            settle(loop)
        case .heartbeat:
            streamIsSilent(loop)
        }
    }

    /// There are too many connections: says so instead of serving.
    func turnAway(_ loop: EventLoop) {
        refuse(loop.tooBusy("There are as many connections as the server takes on."), loop)
        settle(loop)
    }

    /// The server stops: serves what has arrived, and goes if that is nothing.
    func drain(_ loop: EventLoop) {
        if state.phase == .handshake { return loop.close(self) }
        endStream(loop)
        if wantsToRead(loop) { receive(loop) }
        settle(loop)
        if state.phase == .idle, state.unsent == 0, held.isEmpty { loop.close(self) }
    }

    /// Answers with a problem and takes no more requests.
    func refuse(_ problem: Problem, _ loop: EventLoop) {
        incoming = nil
        held = []
        loop.responder.refuse(problem, caller: peer)
        state.answered(closes: true, unread: true, now: loop.now)
    }

    /// Nothing more will come from here.
    func sayGoodbye() {
        if !isBroken, state.unsent == 0 { transport.sayGoodbye() }
    }

    // MARK: Reading

    private func shakeHands(_ loop: EventLoop) {
        switch transport.shakeHands() {
        case .done:
            state.handshakeEnded(now: loop.now)
            readingWaits = .reading
            receive(loop)
        case .waits(let interest):
            readingWaits = interest
        case .plainHTTP:
            transport.dropTLS()
            refuse(
                Problem(.malformedRequest, "This port speaks TLS, and the request came in the clear: use https."), loop)
        case .failed(let error):
            loop.note(error)
            // What TLS had to say of it has been sent, and is to arrive: no reset for bytes that nobody reads.
            transport.dropTLS()
            state.answered(closes: true, unread: true, now: loop.now)
        }
    }

    private func wantsToRead(_ loop: EventLoop) -> Bool {
        !isPostponed && state.wantsToRead(bound: loop.configuration.bufferedAnswers)
    }

    private func receive(_ loop: EventLoop) {
        switch loop.receive(from: transport) {
        case .bytes(let count):
            readingWaits = .reading
            mayHavePending = true
            if state.discardsInput {
                state.hasReceived(count)
            } else if held.isEmpty {
                loop.withInput(count) { input, head in
                    let consumed = serve(input, &head, loop)
                    if consumed < input.count { keep(input.extracting(consumed...)) }
                }
            } else {
                loop.withInput(count) { input, _ in keep(input) }
                serveHeld(loop)
            }
        case .waits(let interest): readingWaits = interest
        case .end: state.clientFinished()
        case .failed: isBroken = true
        }
    }

    private func keep(_ bytes: Span<UInt8>) {
        guard !state.isEnding else { return }
        // Unsafe: lent for the copy only.
        unsafe bytes.withUnsafeBufferPointer { unsafe held.append(contentsOf: $0) }
    }

    private func serveHeld(_ loop: EventLoop) {
        guard !held.isEmpty, !isPostponed, state.mayServe(bound: loop.configuration.bufferedAnswers) else { return }
        let bytes = held
        held = []
        let consumed = loop.withHead { head in serve(bytes.span, &head, loop) }
        if consumed == 0, !state.isEnding {
            held = bytes
        } else if consumed < bytes.count {
            keep(bytes.span.extracting(consumed...))
        }
    }

    private func postpone(_ loop: EventLoop) {
        isPostponed = true
        loop.postpone(self)
    }

    // MARK: Serving

    /// Serves the requests that are whole, in order, until there are no more bytes or they have to wait.
    /// - Returns: how many bytes are dealt with.
    private func serve(_ input: Span<UInt8>, _ head: inout RequestHead, _ loop: EventLoop) -> Int {
        let bound = loop.configuration.bufferedAnswers
        var offset = 0
        var served = 0
        while offset < input.count, state.mayServe(bound: bound) {
            guard served < Self.turn else {
                postpone(loop)
                break
            }
            served += 1
            let rest = input.extracting(offset...)
            do throws(WireError) {
                let consumed =
                    if let incoming {
                        try takeContent(incoming, rest, loop)
                    } else {
                        try takeHead(&head, rest, loop)
                    }
                if consumed == 0 { break }
                offset += consumed
            } catch {
                refuse(error.problem, loop)
            }
            if state.unsent + loop.responder.output.count > bound { flush(loop) }
        }
        return offset
    }

    /// - Returns: the length of the head, or 0 when it is not whole.
    private func takeHead(
        _ head: inout RequestHead, _ bytes: Span<UInt8>, _ loop: EventLoop
    ) throws(WireError) -> Int {
        guard try parser.parse(bytes, into: &head) else {
            state.headIsIncomplete(now: loop.now)
            return 0
        }
        let responder = loop.responder
        let isLast = loop.isDraining
        let hasMore = bytes.count > head.byteCount
        let caller = loop.gate.caller(behind: peer, head, bytes)
        try loop.gate.check(head, bytes, caller)
        if let seconds = loop.gate.wait(for: caller) {
            turnDown(head, responder.exchange(head, bytes, caller: caller), seconds, hasMore: hasMore, loop)
            return head.byteCount
        }
        switch head.framing {
        case .none, .length(0):
            if responder.answerFromCache(head, bytes, caller: caller, isLast: isLast) {
                answered(isPersistent: head.isPersistent, hasMore: hasMore, loop)
                break
            }
            let exchange = responder.exchange(head, bytes, caller: caller)
            let incoming = IncomingRequest(head.request(bytes: bytes, exchange), exchange: exchange, framing: .none)
            ask(for: incoming, hasMore: hasMore, loop)
        case .length, .chunked:
            let exchange = responder.exchange(head, bytes, caller: caller)
            let request = head.request(bytes: bytes, exchange)
            let limit = loop.bodyLimit(for: request)
            if case .length(let length) = head.framing, length > limit { throw .contentTooLarge(limit: limit) }
            incoming = IncomingRequest(request, exchange: exchange, framing: head.framing)
            state.contentIsAwaited(now: loop.now)
            if head.expectsContinue, !hasMore { responder.allowContent() }
        }
        return head.byteCount
    }

    /// The client has asked too much of late.
    private func turnDown(
        _ head: borrowing RequestHead, _ exchange: Exchange, _ seconds: Int, hasMore: Bool, _ loop: EventLoop
    ) {
        let problem = Problem(
            .tooManyRequests, "This client has sent too many requests; the next may come in \(seconds) s.",
            headerFields: [.retryAfter: String(seconds)])
        // With content to come, only the end of the connection saves reading it.
        if head.framing != .none { return refuse(problem, loop) }
        loop.responder.decline(problem, exchange, isLast: loop.isDraining)
        answered(isPersistent: exchange.isPersistent, hasMore: hasMore, loop)
    }

    /// - Returns: how many bytes belong to the content.
    private func takeContent(
        _ incoming: IncomingRequest, _ bytes: Span<UInt8>, _ loop: EventLoop
    ) throws(WireError) -> Int {
        let (consumed, isComplete) = try incoming.take(bytes, limit: loop.bodyLimit(for: incoming.request))
        state.hasReceived(consumed)
        guard isComplete else { return consumed }
        incoming.exchange.began = loop.responder.moment
        self.incoming = nil
        ask(for: incoming, hasMore: consumed < bytes.count, loop)
        return consumed
    }

    /// Has a whole request answered.
    /// - Parameter hasMore: The client has sent more already.
    private func ask(for incoming: IncomingRequest, hasMore: Bool, _ loop: EventLoop) {
        switch loop.responder.answer(incoming.request, incoming.exchange, isLast: loop.isDraining) {
        case .answered:
            answered(isPersistent: incoming.exchange.isPersistent, hasMore: hasMore, loop)
        case .later(let work):
            submit(work, incoming, loop)
        case .eventually(let start):
            self.incoming = incoming
            state.workBegan(now: loop.now)
            start(loop.completion(for: token))
        case .streaming(let stream):
            begin(stream, loop)
        }
    }

    private func submit(_ work: @escaping @Sendable () -> Response, _ incoming: IncomingRequest, _ loop: EventLoop) {
        if loop.submit(work, incoming.exchange.coding, for: token) {
            incoming.exchange.coding = .identity
            self.incoming = incoming
            state.workBegan(now: loop.now)
        } else {
            let problem = loop.tooBusy("All workers are busy and their queue is full.")
            loop.responder.decline(problem, incoming.exchange, isLast: loop.isDraining)
            answered(isPersistent: incoming.exchange.isPersistent, hasMore: true, loop)
        }
    }

    /// - Parameters:
    ///   - isPersistent: The client expects the connection to stay, and may send its next request at any time.
    ///   - hasMore: It has done so.
    private func answered(isPersistent: Bool, hasMore: Bool, _ loop: EventLoop) {
        state.answered(closes: loop.isDraining || !isPersistent, unread: isPersistent || hasMore, now: loop.now)
    }

    // MARK: Writing

    /// Sends what has been answered, and does what the state then calls for.
    func settle(_ loop: EventLoop) {
        flush(loop)
        let step = state.step(now: loop.now, lingerBytes: loop.configuration.lingerBytes)
        if isBroken || step == .close { return loop.close(self) }
        if step == .finishSending { transport.finishSending() }
        queueForQuestion(loop)
        if mayHavePending, wantsToRead(loop) {
            mayHavePending = false
            if transport.hasPending { postpone(loop) }
        }
        var wanted: Epoll.Interest = wantsToRead(loop) ? readingWaits : []
        if state.wantsToWrite { wanted.insert(writingWaits) }
        if wanted != interest {
            interest = wanted
            loop.watch(self, for: wanted)
        }
    }

    /// Hands the loop's output to the kernel, and keeps what that does not take.
    private func flush(_ loop: EventLoop) {
        guard !loop.responder.output.isEmpty else { return }
        if unsent.isEmpty { send(&loop.responder.output) }
        if !loop.responder.output.isEmpty {
            // Unsafe: lent for the copy only, and the two buffers are not the same.
            unsafe loop.responder.output.withUnsafeBytes { unsafe unsent.append($0) }
        }
        loop.responder.output.removeAll()
        state.setUnsent(unsent.count, now: loop.now)
    }

    private func send(_ buffer: inout OutputBuffer) {
        while !buffer.isEmpty {
            // Unsafe: lent for the call only.
            switch unsafe buffer.withUnsafeBytes({ unsafe transport.send($0) }) {
            case .bytes(let count):
                buffer.consume(count)
                writingWaits = .writing
            case .waits(let interest):
                writingWaits = interest
                return
            case .end, .failed:
                isBroken = true
                return
            }
        }
    }
}

extension RequestHead {
    /// The request as handlers see it, without its content.
    fileprivate func request(bytes: Span<UInt8>, _ exchange: Exchange) -> Request {
        request(
            bytes: bytes, body: [], id: exchange.id, origin: exchange.caller.origin,
            client: exchange.caller.address?.description)
    }
}
