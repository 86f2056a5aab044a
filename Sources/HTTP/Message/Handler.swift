// SPDX-License-Identifier: Apache-2.0

/// What a handler gives back. Not Sendable: a stream's source belongs to the event loop that asked.
package enum Answer {
    /// Done on the event loop: bounded work only.
    case now(Response)
    /// Unbounded work: runs on the worker pool, while the loop serves others. The connection waits for it.
    case later(@Sendable () -> Response)
    /// Made elsewhere, while the connection waits. The closure is called at once, on the loop, where it must not block; it has
    /// `complete` called once, on any thread, then or later. Further calls change nothing.
    case eventually(@Sendable (_ complete: @escaping @Sendable (Response) -> Void) -> Void)
    /// The head now, whose own content is left out, and then whatever the source has, as it comes. The last answer of its
    /// connection.
    case stream(Response, any ContentSource)
}

/// An answer, and what it is counted and told under.
///
/// The route is the pattern that the path fits, such as `/v1/events/{id}`, whatever becomes of the request; nil when it fits none.
package typealias Reply = (answer: Answer, route: String?)

/// Content that comes bit by bit. Lives on the thread of one event loop, until it has ended or its client has gone.
package protocol ContentSource: AnyObject {
    /// What has come since the last call; empty when there is nothing now, nil when there will be nothing more.
    ///
    /// Called when the head has been sent, after each announcement of news, when nothing has been sent for a while, and
    /// again when what it returned has been sent: never while the client owes the reading of an earlier piece.
    func next(_ occasion: StreamOccasion) -> [UInt8]?
}

/// Why a stream is asked for more.
package enum StreamOccasion: Sendable {
    /// There may be some.
    case news
    /// Nothing has been sent for long: something should be, so that client and proxies see the stream alive.
    case heartbeat
}

/// The application, as the server sees it. Each event loop makes its own and calls it from its own thread only.
package protocol Handler: AnyObject {
    /// Moves on whenever a shareable answer may have changed. Read before each look at the response cache; an answer is
    /// kept under the value read before it was made.
    var version: UInt64 { get }

    /// Never throws: whatever goes wrong is an answer too.
    func respond(to request: Request) -> Reply

    /// The no to a request that may have much content, before that is read; nil to read it. The request has none yet.
    func refusal(of request: Request) -> Response?

    /// Puts a refusal of the server's own (a malformed head, a timeout, a full queue) into the application's form.
    func refuse(_ problem: Problem, id: RequestID) -> Response

    /// The pattern that a path fits by whatever method, for requests that the server may refuse before the handler is asked.
    func route(of path: String) -> String?

    /// The loop is about to wait for the kernel: let go of what must not be held while idle, such as a read transaction.
    func batchEnded()
}

extension Handler {
    package func refusal(of request: Request) -> Response? { nil }
}
