// SPDX-License-Identifier: Apache-2.0

/// Where a connection stands, and what follows from that: a value without a socket or a clock. All times are
/// milliseconds of the monotonic clock.
struct ConnectionState {
    /// How long each phase may last.
    struct Times: Sendable {
        let header: UInt64
        let bodyGrace: UInt64
        let bodyRate: UInt64
        let idle: UInt64
        let writeStall: UInt64
        let linger: UInt64
        let lingerSilence: UInt64
        let heartbeat: UInt64

        /// How often deadlines are looked at: a quarter of the smallest limit, at most a second.
        var tick: UInt64 {
            max(1, min(1000, min(header, bodyGrace, idle, writeStall, lingerSilence, heartbeat) / 4))
        }
    }

    /// Connections are counted under the names of these cases.
    enum Phase: CaseIterable, Sendable {
        /// Agrees with the client on keys.
        case handshake
        /// Waits for the first byte of a request.
        case idle
        /// Has a part of a request's head.
        case head
        /// Has a request's head and waits for the rest of its content.
        case content
        /// The answer is made elsewhere; the client's next bytes stay in the kernel.
        case working
        /// Has the beginning of its last answer, and the rest comes bit by bit. What the client still sends is thrown away.
        case streaming
        /// Has its last answer; closes once that is sent.
        case closing
        /// The same, but the client may still be sending what nobody will read.
        case closingEarly
        /// Has said its last and throws away what the client still sends.
        case lingering
    }

    /// What is to be done once there is nothing more to serve for now.
    enum Step {
        case wait
        case finishSending
        case close
    }

    /// What a passed deadline calls for.
    enum Expiry {
        case refuse
        case close
        /// Let a stream say that it is alive.
        case heartbeat
    }

    private(set) var phase = Phase.idle
    /// Bytes of answers that the kernel has not taken.
    private(set) var unsent = 0
    /// The client has sent its last byte; it may still read.
    private(set) var clientHasFinished = false
    /// When the phase began.
    private var since: UInt64
    /// When the kernel last took bytes that had been waiting or, while lingering, when the client last sent some.
    private var progress: UInt64 = 0
    /// Bytes of content, or bytes thrown away, in this phase.
    private var received = 0

    init(now: UInt64, isSecure: Bool = false) {
        since = now
        phase = isSecure ? .handshake : .idle
    }

    // MARK: What happened

    mutating func handshakeEnded(now: UInt64) {
        enter(.idle, now)
    }

    /// A request has begun but its head is not whole.
    mutating func headIsIncomplete(now: UInt64) {
        if phase == .idle { enter(.head, now) }
    }

    mutating func contentIsAwaited(now: UInt64) {
        enter(.content, now)
    }

    /// More of the content, or of what is thrown away, has come.
    mutating func hasReceived(_ byteCount: Int, now: UInt64) {
        received += byteCount
        if phase == .lingering { progress = now }
    }

    mutating func workBegan(now: UInt64) {
        enter(.working, now)
    }

    mutating func streamBegan(now: UInt64) {
        enter(.streaming, now)
    }

    /// The stream has something to send, or is to have.
    mutating func streamAsked(now: UInt64) {
        since = now
    }

    /// The answer stands in the output.
    /// - Parameter unread: the client may be sending more all the same.
    mutating func answered(closes: Bool, unread: Bool, now: UInt64) {
        enter(closes ? (unread ? .closingEarly : .closing) : .idle, now)
    }

    /// So many bytes are unsent now.
    mutating func setUnsent(_ byteCount: Int, now: UInt64) {
        if byteCount < unsent || unsent == 0 { progress = now }
        // What the client owes, it owes from when it has been sent all that came before.
        if byteCount == 0, unsent > 0 { since = now }
        unsent = byteCount
    }

    mutating func clientFinished() {
        clientHasFinished = true
    }

    private mutating func enter(_ phase: Phase, _ now: UInt64) {
        self.phase = phase
        since = now
        received = 0
    }

    // MARK: What follows

    /// Requests may be taken from what was received.
    /// - Parameter bound: the bytes of unsent answers from which on they wait.
    func mayServe(bound: Int) -> Bool {
        switch phase {
        case .idle, .head, .content: unsent <= bound
        case .handshake, .working, .streaming, .closing, .closingEarly, .lingering: false
        }
    }

    /// The last answer has been given, or begun: what else was received is of no use.
    var isEnding: Bool { phase == .streaming || phase == .closing || phase == .closingEarly }

    /// What the client sends is read only to be thrown away, and to see its end.
    var discardsInput: Bool { phase == .streaming || phase == .lingering }

    func wantsToRead(bound: Int) -> Bool {
        !clientHasFinished && (phase == .handshake || discardsInput || mayServe(bound: bound))
    }

    var wantsToWrite: Bool { unsent > 0 }

    /// To be asked when all that could be served has been.
    /// - Parameter lingerBytes: how much is thrown away at most.
    mutating func step(now: UInt64, lingerBytes: Int) -> Step {
        if phase == .streaming, received > lingerBytes { return .close }
        if unsent > 0 { return .wait }
        switch phase {
        case .handshake, .working, .streaming: return .wait
        case .idle, .head, .content: return clientHasFinished ? .close : .wait
        case .closing: return .close
        case .closingEarly:
            if clientHasFinished { return .close }
            enter(.lingering, now)
            progress = now
            return .finishSending
        case .lingering: return clientHasFinished || received > lingerBytes ? .close : .wait
        }
    }

    /// The moment by which something must have happened.
    func deadline(_ times: Times) -> UInt64 {
        if unsent > 0 { return progress + times.writeStall }
        switch phase {
        case .idle: return since + times.idle
        case .handshake, .head: return since + times.header
        case .content: return since + times.bodyGrace + UInt64(received) * 1000 / max(1, times.bodyRate)
        case .working: return .max
        case .streaming: return since + times.heartbeat
        case .closing, .closingEarly: return since
        case .lingering: return min(progress + times.lingerSilence, since + times.linger)
        }
    }

    /// What to do when the deadline has passed.
    var expiry: Expiry {
        if unsent > 0 { return .close }
        switch phase {
        case .head, .content: return .refuse
        case .streaming: return .heartbeat
        case .handshake, .idle, .working, .closing, .closingEarly, .lingering: return .close
        }
    }
}

extension ConnectionState.Times {
    init(_ configuration: ServerConfiguration) {
        header = configuration.headerTime.milliseconds
        bodyGrace = configuration.bodyGrace.milliseconds
        bodyRate = UInt64(clamping: configuration.bodyRate)
        idle = configuration.idleTime.milliseconds
        writeStall = configuration.writeStall.milliseconds
        linger = configuration.lingerTime.milliseconds
        lingerSilence = configuration.lingerSilence.milliseconds
        heartbeat = configuration.heartbeat.milliseconds
    }
}
