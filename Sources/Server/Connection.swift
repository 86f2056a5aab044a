// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets

/// One client. Its bytes come and go through a `Channel`; what to do with them is decided by `ConnectionState` and `Responder`.
///
/// Idle, it holds no buffers: it reads into the loop's, and keeps only what is left of an unfinished request or answer.
/// A value, held for the loop's slab: what happens to it is one access that the runtime checks for exclusivity, and not one for every
/// field. So the loop does nothing to a connection that calls it; closing is begun here.
struct Connection: ~Copyable {
    let token: UInt64
    let peer: Caller
    private var channel: Channel
    var state: ConnectionState
    var parser: RequestParser
    /// Received and not yet served.
    private var held: [UInt8] = []
    /// A request whose content is coming, or whose answer is made elsewhere.
    var incoming: IncomingRequest?
    /// The answer that is being given, when that comes bit by bit.
    var stream: ContentStream?
    /// Has been served enough for now: others come first.
    private var isPostponed = false

    init(_ transport: consuming Transport, peer: Caller, token: UInt64, limits: Limits, now: UInt64) {
        self.token = token
        self.peer = peer
        state = ConnectionState(now: now, isSecure: transport.isSecure)
        channel = Channel(transport)
        parser = RequestParser(limits: limits)
    }

    /// For epoll only; valid while the connection lives.
    var number: Int32 { channel.number }

    // MARK: News

    /// The kernel reports something. Afterwards the connection may be closed.
    mutating func handle(_ event: Epoll.Event, _ loop: inout EventLoop) {
        if state.phase == .handshake {
            shakeHands(&loop)
            return settle(&loop)
        }
        if state.wantsToWrite, channel.isWritable(event) {
            channel.sendUnsent()
            state.setUnsent(channel.unsentCount, now: loop.now)
            serveHeld(&loop)
        }
        if channel.isReadable(event) {
            if wantsToRead(&loop) {
                receive(&loop)
            } else if event.isBroken {
                channel.broke()
            }
        }
        if waitsForOthers(&loop) { return }
        settle(&loop)
    }

    /// It is this connection's turn again.
    mutating func resume(_ loop: inout EventLoop) {
        isPostponed = false
        serveHeld(&loop)
        if channel.hasPending, wantsToRead(&loop) { receive(&loop) }
        settle(&loop)
    }

    /// The answer has been made.
    mutating func finish(_ response: Response, _ source: AnswerRecord.Source, _ loop: inout EventLoop) {
        guard state.phase == .working, let incoming else { return }
        self.incoming = nil
        loop.responder.complete(response, incoming.exchange, isLast: loop.isDraining, source)
        answered(isPersistent: incoming.exchange.isPersistent, hasMore: !held.isEmpty, &loop)
        serveHeld(&loop)
        settle(&loop)
    }

    /// The deadline has passed.
    mutating func expire(_ loop: inout EventLoop) {
        switch state.expiry {
        case .close:
            close(&loop)
        case .refuse:
            loop.responder.figures.refuse("requestTimeout")
            refuse(Problem(.requestTimeout, "The request did not arrive in time."), &loop)
            settle(&loop)
        case .heartbeat:
            streamIsSilent(&loop)
        }
    }

    /// There are too many connections: says so instead of serving.
    mutating func turnAway(_ loop: inout EventLoop) {
        loop.responder.figures.refuse("tooManyConnections")
        refuse(loop.tooBusy("There are as many connections as the server takes on."), &loop)
        settle(&loop)
    }

    /// The server stops.
    mutating func drain(_ loop: inout EventLoop) {
        if state.phase == .handshake { return close(&loop) }
        endStream(&loop)
        settle(&loop)
    }

    /// Answers with a problem and takes no more requests.
    /// - Parameter exchange: of the request at fault; without one it is that whose content is coming, or its head could not be read.
    mutating func refuse(_ problem: Problem, of exchange: Exchange? = nil, _ loop: inout EventLoop) {
        if let exchange = exchange ?? incoming?.exchange {
            loop.responder.decline(problem, exchange, isLast: true)
        } else {
            loop.responder.refuse(problem, caller: peer)
        }
        incoming = nil
        held = []
        state.answered(closes: true, unread: true, now: loop.now)
    }

    /// Nothing more will come from here, and nothing be read. The socket closes when the last one who works with it lets go.
    mutating func close(_ loop: inout EventLoop) {
        if loop.forget(token, peer.origin) { channel.sayGoodbye() }
    }

    // MARK: Reading

    private mutating func shakeHands(_ loop: inout EventLoop) {
        switch channel.shakeHands() {
        case .done:
            state.handshakeEnded(now: loop.now)
            receive(&loop)
        case .waits: break
        case .plainHTTP:
            loop.responder.figures.refuse("plainHTTP")
            channel.dropTLS()
            refuse(
                Problem(.malformedRequest, "This port speaks TLS, and the request came in the clear: use https."), &loop
            )
        case .failed(let error):
            loop.note(error)
            // What TLS had to say of it has been sent, and is to arrive: no reset for bytes that nobody reads.
            channel.dropTLS()
            state.answered(closes: true, unread: true, now: loop.now)
        }
    }

    private func wantsToRead(_ loop: inout EventLoop) -> Bool {
        !isPostponed && state.wantsToRead(bound: loop.configuration.bufferedAnswers)
    }

    private mutating func receive(_ loop: inout EventLoop) {
        switch channel.receive(into: loop.readBuffer) {
        case .bytes(let count):
            if state.discardsInput {
                state.hasReceived(count, now: loop.now)
            } else if held.isEmpty {
                let input = loop.readBuffer.input
                let consumed = serve(input.span.extracting(first: count), &loop)
                if consumed < count { keep(input.span.extracting(consumed..<count)) }
            } else {
                let input = loop.readBuffer.input
                keep(input.span.extracting(first: count))
                serveHeld(&loop)
            }
        case .end:
            state.clientFinished()
            // Nobody would know when a client that says nothing more has stopped to read, so its end is the stream's.
            endStream(&loop)
        case .waits, .failed: break
        }
    }

    private mutating func keep(_ bytes: Span<UInt8>) {
        guard !state.isEnding else { return }
        // Unsafe: lent for the copy only.
        unsafe bytes.withUnsafeBufferPointer { unsafe held.append(contentsOf: $0) }
    }

    private mutating func serveHeld(_ loop: inout EventLoop) {
        guard !held.isEmpty, !isPostponed, state.mayServe(bound: loop.configuration.bufferedAnswers) else { return }
        let bytes = held
        held = []
        let consumed = serve(bytes.span, &loop)
        if consumed == 0, !state.isEnding {
            held = bytes
        } else if consumed < bytes.count {
            keep(bytes.span.extracting(consumed...))
        }
    }

    mutating func postpone(_ loop: inout EventLoop) {
        isPostponed = true
        loop.postpone(token)
    }

    // MARK: Writing

    /// Leaves what has been answered to go out with the answers of other connections, unless there is more to be done here.
    private mutating func waitsForOthers(_ loop: inout EventLoop) -> Bool {
        guard state.phase == .idle, state.unsent == 0, !channel.isBroken else { return false }
        let byteCount = loop.gather(token)
        state.setUnsent(byteCount, now: loop.now)
        return byteCount > 0
    }

    /// Sends what has waited so, the first share of the batch.
    mutating func sendShare(_ byteCount: Int, _ loop: inout EventLoop) {
        state.setUnsent(channel.send(loop.outputBatch.bytes, first: byteCount), now: loop.now)
        settle(&loop)
    }

    /// Sends what has been answered, and does what the state then calls for.
    mutating func settle(_ loop: inout EventLoop) {
        flush(&loop)
        if loop.isDraining, isAtRest {
            // What has arrived is served yet.
            receive(&loop)
            flush(&loop)
            if isAtRest { return close(&loop) }
        }
        let step = state.step(now: loop.now, lingerBytes: loop.configuration.lingerBytes)
        if channel.isBroken || step == .close { return close(&loop) }
        if step == .finishSending { channel.finishSending() }
        queueForQuestion(&loop)
        var reads = wantsToRead(&loop)
        if reads, channel.hasNewlyPending() {
            postpone(&loop)
            reads = false
        }
        if let interest = channel.newInterest(reads: reads, writes: state.wantsToWrite) {
            if !loop.watch(number, for: interest, token: token) { close(&loop) }
        }
    }

    /// Has been sent all it asked for, as far as is known here.
    private var isAtRest: Bool {
        state.phase == .idle && state.unsent == 0 && held.isEmpty && !isPostponed
    }

    /// Hands the loop's output to the kernel.
    mutating func flush(_ loop: inout EventLoop) {
        if let unsent = channel.send(&loop.responder.output) { state.setUnsent(unsent, now: loop.now) }
    }
}
