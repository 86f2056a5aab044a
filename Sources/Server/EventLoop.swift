// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Logging
import Sockets
import TLS

/// One thread's worth of connections: waits for the kernel, and lets each connection deal with its news.
struct EventLoop: ~Copyable {
    let configuration: ServerConfiguration
    var responder: Responder
    let gate: Gate
    /// Milliseconds of the monotonic clock when the last wait ended.
    private(set) var now = SystemClock.monotonicMilliseconds()
    /// No more requests than those in flight.
    private(set) var isDraining = false

    private let times: ConnectionState.Times
    private let tick: UInt64
    private let workers: WorkerPool
    let mailbox: Mailbox
    let neighbours: Neighbours
    let logger: Logger
    var epoll: Epoll
    var listenerWatch: ListenerWatch
    var connections = Slab<Connection>()
    let readBuffer = ReadBuffer()
    /// Tokens of connections that go on after all others have had their turn.
    private var postponed: [UInt64] = []
    /// Answers that wait for those of other connections.
    private(set) var outputBatch = OutputBatch()
    /// There are other connections to be dealt with before the next wait.
    private var isGathering = false
    private var streams = StreamQueue()
    private var nextSweep: UInt64 = 0
    private var drainEnd = UInt64.max

    init(
        configuration: ServerConfiguration, gate: Gate, responder: consuming Responder, listeners: Listeners,
        workers: WorkerPool, mailbox: Mailbox, among mailboxes: [Mailbox], logger: Logger
    ) throws(Errno) {
        let epoll = try Epoll(capacity: 256)
        let listenerWatch = ListenerWatch(listeners, tokens: Token.listeners, logger: logger)
        try epoll.add(mailbox.number, for: .reading, token: Token.mailbox)
        try listenerWatch.open(epoll)
        self.configuration = configuration
        self.gate = gate
        self.responder = responder
        self.workers = workers
        self.mailbox = mailbox
        neighbours = Neighbours(of: mailbox, among: mailboxes)
        self.logger = logger
        self.epoll = epoll
        self.listenerWatch = listenerWatch
        times = ConnectionState.Times(configuration)
        tick = times.tick
    }

    /// Serves until it has been stopped and all its connections are gone.
    /// - Throws: when it cannot go on, and its connections are lost.
    mutating func run() throws(Errno) {
        mailbox.open()
        defer {
            mailbox.abandon()
            responder.batchEnded()
            if !isDraining { listenerWatch.listeners.loopStopsAccepting() }
        }
        while !isDraining || !connections.isEmpty || !mailbox.close() {
            responder.batchEnded()
            let count = try wait()
            let moment = SystemClock.monotonicNanoseconds()
            now = moment / 1_000_000
            responder.batchBegins(at: moment)
            isGathering = count > 1
            for index in 0..<count {
                responder.newsBegins()
                dispatch(epoll.event(at: index))
                if !outputBatch.isEmpty, outputBatch.isDue(at: momentNow) { sendGathered() }
            }
            isGathering = false
            sendGathered()
            resumePostponed()
            askStreams()
            if now >= nextSweep { sweep() }
        }
    }

    /// Nanoseconds of the monotonic clock, not read again when an answer has just told them.
    private var momentNow: UInt64 { responder.lastMade ?? SystemClock.monotonicNanoseconds() }

    private mutating func wait() throws(Errno) -> Int {
        // Asleep for good while there is nobody whose time could run out.
        var time: Int32?
        if !connections.isEmpty || listenerWatch.isPaused { time = Int32(clamping: nextSweep - min(now, nextSweep)) }
        if !postponed.isEmpty || streams.hasQuestions { time = 0 }
        return try epoll.wait(milliseconds: time)
    }

    private mutating func dispatch(_ event: Epoll.Event) {
        switch event.token {
        case Token.mailbox:
            for message in mailbox.collect() {
                switch message {
                case .arrival(let arrival): welcome(arrival)
                case .finished(let token, let response, let source):
                    connections[token]?.value.finish(response, source, &self)
                case .news: for token in streams.all { connections[token]?.value.streamMayHaveMore(&self) }
                case .survey(let survey): survey.add(figures())
                case .stop: drain()
                }
            }
        case Token.listeners..<Token.mailbox:
            // A few at a time: other loops may be idle, and connections of this one wait.
            accept(listenerWatch.entry(for: event.token), atMost: 4)
        default:
            connections[event.token]?.value.handle(event, &self)
        }
    }

    /// Sends all answers that have waited for each other.
    private mutating func sendGathered() {
        while let share = outputBatch.next {
            connections[share.token]?.value.sendShare(share.byteCount, &self)
            outputBatch.removeFirst()
        }
    }

    private mutating func resumePostponed() {
        guard !postponed.isEmpty else { return }
        let tokens = postponed
        postponed = []
        for token in tokens { connections[token]?.value.resume(&self) }
    }

    private mutating func askStreams() {
        for token in streams.takeTurn() { connections[token]?.value.continueStream(&self) }
    }

    /// Ends what has taken too long.
    private mutating func sweep() {
        nextSweep = now + tick
        if now >= drainEnd, !connections.isEmpty {
            logger.warning("The time to finish answers is over", metadata: ["cutOff": "\(connections.count)"])
        }
        for connection in connections.elements {
            if now >= drainEnd {
                connection.value.close(&self)
            } else if now >= connection.value.state.deadline(times) {
                connection.value.expire(&self)
            }
        }
        if !isDraining { listenerWatch.resume(epoll) }
    }

    private mutating func drain() {
        guard !isDraining else { return }
        // Those who have come before the end are served.
        for entry in listenerWatch.listeners.entries { accept(entry, atMost: 4096) }
        isDraining = true
        drainEnd = now + configuration.drainTime.milliseconds
        nextSweep = min(nextSweep, drainEnd)
        listenerWatch.close(epoll)
        listenerWatch.listeners.loopStopsAccepting()
        for connection in connections.elements { connection.value.drain(&self) }
    }

    /// What has been counted, and what the connections do at this moment.
    private func figures() -> LoopFigures {
        var figures = responder.collectFigures()
        var phases: [ConnectionState.Phase: Int] = [:]
        for connection in connections.elements { phases[connection.value.state.phase, default: 0] += 1 }
        for (phase, count) in phases { figures.connections["\(phase)"] = count }
        figures.activeRequests = phases[.working, default: 0] + phases[.streaming, default: 0]
        return figures
    }

    // MARK: What connections ask for
    // Nothing here touches the value of a connection: that of the caller is being changed.

    func bodyLimit(_ origin: Request.Origin) -> Int {
        switch origin {
        case .network: configuration.limits.body
        case .local: configuration.localBody
        }
    }

    /// The most content that this request may have.
    func bodyLimit(for request: Request) -> Int {
        let limit = bodyLimit(request.origin)
        let isImport = request.method == .post && configuration.importPaths.contains(request.path)
        return isImport ? max(limit, configuration.localBody) : limit
    }

    /// Gives the work to a worker, which also compresses its answer; that comes back to the connection of this token. False when
    /// there is no room.
    func submit(_ work: @escaping @Sendable () -> Response, _ coding: AcceptedCoding, for token: UInt64) -> Bool {
        workers.submit { [mailbox] in
            var response = work()
            var compressor = Compressor()
            compressor.apply(coding, to: &response)
            mailbox.post(.finished(token: token, response, .worker))
        }
    }

    /// The way back for an answer that is made elsewhere, to the connection of this token.
    func completion(for token: UInt64) -> @Sendable (Response) -> Void {
        Completion(mailbox, token: token).complete
    }

    mutating func streamBegan(_ token: UInt64) {
        if streams.isEmpty { mailbox.wantNews(true) }
        streams.began(token)
    }

    mutating func streamEnded(_ token: UInt64) {
        if streams.ended(token), streams.isEmpty { mailbox.wantNews(false) }
    }

    /// Asks the connection's stream for more when it is its turn.
    mutating func queueForQuestion(_ token: UInt64) {
        streams.ask(token)
    }

    func tooBusy(_ detail: String) -> Problem {
        Problem(.tooBusy, detail, headerFields: [.retryAfter: String(configuration.retryAfter)])
    }

    /// - Returns: false when the kernel will not; nothing more is heard of the connection then.
    func watch(_ number: Int32, for interest: Epoll.Interest, token: UInt64) -> Bool {
        do throws(Errno) {
            try epoll.modify(number, for: interest, token: token)
            return true
        } catch {
            return false
        }
    }

    /// A handshake failed: of interest to those who look for the reason, and too frequent on the Internet for all others.
    mutating func note(_ error: TLSError) {
        responder.figures.refuse("tlsFailed")
        logger.debug("TLS failed", metadata: ["error": "\(error)"])
    }

    /// Gives the connection another turn after all others have had theirs.
    mutating func postpone(_ token: UInt64) {
        postponed.append(token)
    }

    /// Forgets a connection, which is closing itself.
    /// - Returns: false when that has been done before.
    mutating func forget(_ token: UInt64, _ origin: Request.Origin) -> Bool {
        guard connections.remove(token) else { return false }
        streamEnded(token)
        leave(origin)
        return true
    }

    /// Has the output wait for the answers of other connections, unless it was ready and so are they.
    /// - Returns: how many bytes; 0 when nothing waits.
    mutating func gather(_ token: UInt64) -> Int {
        let byteCount = responder.output.count
        guard isGathering, !isDraining, 1...OutputBatch.most ~= byteCount, let made = responder.lastMade else {
            return 0
        }
        outputBatch.add(&responder.output, for: token, at: made)
        return byteCount
    }
}

/// What is no connection: above every place of a slab, below every second generation of one.
private enum Token {
    static var listeners: UInt64 { 0x8000_0000 }
    static var mailbox: UInt64 { 0xFFFF_FFFF }
}
