// SPDX-License-Identifier: Apache-2.0

/// What a handler gives back.
package enum Answer: Sendable {
    /// Done on the event loop: bounded work only.
    case now(Response)
    /// Unbounded work: runs on the worker pool, while the loop serves others. The connection waits for it.
    case later(@Sendable () -> Response)
}

/// The application, as the server sees it. Each event loop makes its own and calls it from its own thread only.
package protocol Handler: AnyObject {
    /// Moves on whenever a shareable answer may have changed. Read before each look at the response cache; an answer is
    /// kept under the value read before it was made.
    var version: UInt64 { get }

    /// Never throws: whatever goes wrong is an answer too.
    func respond(to request: Request) -> Answer

    /// Words a refusal of the server's own (a malformed head, a timeout, a full queue) in the application's form.
    func refuse(_ problem: Problem, id: RequestID) -> Response

    /// The loop is about to wait for the kernel: let go of what must not be held while idle, such as a read transaction.
    func batchEnded()
}
