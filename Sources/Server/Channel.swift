// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets

/// The bytes of one connection on their way between client and loop: the transport, what the kernel has not taken of the answers,
/// and what epoll has to watch for.
struct Channel: ~Copyable {
    private var transport: Transport
    /// Answers that the kernel has not taken.
    private var unsent = OutputBuffer()
    /// What epoll watches for.
    private var interest = Epoll.Interest.reading
    /// What reading waits for, or the handshake, and what writing does: with TLS either may have to wait for either.
    private var readingWaits = Epoll.Interest.reading
    private var writingWaits = Epoll.Interest.writing
    /// Bytes were read since the last look for others that epoll does not see.
    private var mayHavePending = false
    /// Nothing can be read or written any more.
    private(set) var isBroken = false

    init(_ transport: consuming Transport) {
        self.transport = transport
    }

    /// For epoll only; valid while the channel lives.
    var number: Int32 { transport.number }

    var unsentCount: Int { unsent.count }

    // MARK: Reading

    mutating func shakeHands() -> Transport.Handshake {
        let outcome = transport.shakeHands()
        switch outcome {
        case .done: readingWaits = .reading
        case .waits(let interest): readingWaits = interest
        case .plainHTTP, .failed: break
        }
        return outcome
    }

    mutating func receive(into buffer: ReadBuffer) -> Transport.Step {
        let step = buffer.receive(from: transport)
        switch step {
        case .bytes:
            readingWaits = .reading
            mayHavePending = true
        case .waits(let interest): readingWaits = interest
        case .end: break
        case .failed: isBroken = true
        }
        return step
    }

    /// Bytes are here that epoll will not report.
    var hasPending: Bool { transport.hasPending }

    /// The same, asked only when something has been read since the last time.
    mutating func hasNewlyPending() -> Bool {
        defer { mayHavePending = false }
        return mayHavePending && transport.hasPending
    }

    // MARK: Writing

    /// Hands the bytes to the kernel, behind those that it has not taken yet, and keeps what it does not take now.
    /// - Returns: how many bytes are unsent now; nil when there was nothing to hand over.
    mutating func send(_ output: inout OutputBuffer) -> Int? {
        if output.isEmpty { return nil }
        let count = send(output, first: output.count)
        output.removeAll()
        return count
    }

    /// The same of the first bytes only, which stay where they are.
    /// - Returns: how many bytes are unsent now.
    mutating func send(_ output: borrowing OutputBuffer, first count: Int) -> Int {
        // Unsafe: lent for the call only, in which they are copied to the kernel or to a buffer that is another one.
        unsafe output.withUnsafeBytes { bytes in
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
            let taken = unsent.isEmpty ? unsafe push(bytes) : 0
            unsafe unsent.append(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(taken)))
        }
        return unsent.count
    }

    /// Hands to the kernel what it has not taken yet. An idle connection keeps no memory for it.
    mutating func sendUnsent() {
        var rest = OutputBuffer()
        swap(&rest, &unsent)
        // Unsafe: lent for the call only.
        rest.consume(unsafe rest.withUnsafeBytes { unsafe push($0) })
        if !rest.isEmpty { swap(&rest, &unsent) }
    }

    /// - Returns: how many bytes the kernel has taken.
    private mutating func push(_ bytes: UnsafeRawBufferPointer) -> Int {
        var taken = 0
        while taken < bytes.count {
            // Unsafe: passed on as lent.
            switch unsafe transport.send(UnsafeRawBufferPointer(rebasing: bytes[taken...])) {
            case .bytes(let count):
                taken += count
                writingWaits = .writing
            case .waits(let interest):
                writingWaits = interest
                return taken
            case .end, .failed:
                isBroken = true
                return taken
            }
        }
        return taken
    }

    // MARK: What epoll is for

    func isReadable(_ event: Epoll.Event) -> Bool { event.brings(readingWaits) || event.isBroken }
    func isWritable(_ event: Epoll.Event) -> Bool { event.brings(writingWaits) }

    /// What epoll is to watch for from now on; nil when it does already.
    mutating func newInterest(reads: Bool, writes: Bool) -> Epoll.Interest? {
        var wanted: Epoll.Interest = reads ? readingWaits : []
        if writes { wanted.insert(writingWaits) }
        guard wanted != interest else { return nil }
        interest = wanted
        return wanted
    }

    // MARK: The end

    /// The kernel reports that the client has gone.
    mutating func broke() {
        isBroken = true
    }

    /// From now on in the clear: what TLS was for is over, or never began.
    mutating func dropTLS() {
        transport.dropTLS()
    }

    /// Tells the client that the last byte has been sent; it may still send.
    func finishSending() {
        transport.finishSending()
    }

    /// Tells the client that the connection ends here, if it can still hear it.
    func sayGoodbye() {
        if !isBroken, unsent.isEmpty { transport.sayGoodbye() }
    }
}
