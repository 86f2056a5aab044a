// SPDX-License-Identifier: Apache-2.0

package import HTTP
package import Sockets

/// What there is to tell about one answer, beside what the request said.
package struct AnswerRecord: Sendable {
    /// Who made the answer.
    package enum Source: String, Sendable {
        case cache, loop, worker
        /// Some other part of the program, such as one that writes.
        case elsewhere
        /// The server refused without asking the handler.
        case server
    }

    package let id: RequestID
    package let origin: Request.Origin
    /// Who asked, behind trusted proxies if there are any; nil through the socket file.
    package let client: IPAddress?
    /// The pattern of the path, such as `/v1/events/{id}`; nil when it fits none.
    package let route: String?
    package let status: Int
    /// Of the whole answer, head and content; of a stream, its head.
    package let byteCount: Int
    /// From the news of the request's last byte to the answer's in the output buffer.
    package let nanoseconds: UInt64
    package let source: Source
}

/// Sees each answer go, to log or to count it. Each event loop makes its own and calls it on its own thread only, where it
/// must not block.
package protocol AnswerObserver: AnyObject {
    /// Called right after each answer. The texts are the request's own bytes, lent for the call; all are empty when it could not
    /// be read.
    ///
    /// - Parameters:
    ///   - target: Path and query.
    ///   - traceparent: The field of that name (W3C Trace Context), unchecked; empty when there is none or more than one.
    func answered(
        _ answer: borrowing AnswerRecord, method: Span<UInt8>, target: Span<UInt8>, traceparent: Span<UInt8>)

    /// The loop is about to wait for the kernel: what has been gathered may be passed on.
    func batchEnded()
}
