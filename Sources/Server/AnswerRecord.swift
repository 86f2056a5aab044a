// SPDX-License-Identifier: Apache-2.0

package import HTTP
package import Sockets

/// What there is to log about one answer.
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
    /// Empty, like the target, when the request could not be read.
    package let method: String
    /// Path and query as sent.
    package let target: String
    package let status: Int
    /// Of the whole answer, head and content; of a stream, its head.
    package let byteCount: Int
    /// From the last byte of the request to the answer's in the output buffer.
    package let nanoseconds: UInt64
    package let source: Source
}

/// Gets a record per answer, on the event loop's thread: it must not block.
package typealias AnswerLog = @Sendable (AnswerRecord) -> Void
