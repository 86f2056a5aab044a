// SPDX-License-Identifier: Apache-2.0

import HTTP

/// What of a request is still needed when its answer is written.
struct Exchange {
    /// What is told of a request whose bytes may be gone by then.
    struct Asked {
        let method: [UInt8]
        let target: [UInt8]
        /// The pattern of the path; nil when it fits none.
        let route: String?
        let traceparent: [UInt8]
    }

    let id: RequestID
    let caller: Caller
    let isHead: Bool
    /// What the answer says of the connection, unless the server closes it.
    let persistence: Persistence
    /// The client understands chunks: HTTP/1.1.
    let takesChunks: Bool
    /// When the news came that the request is whole.
    var began: UInt64
    /// What coding the content may have.
    var coding: AcceptedCoding
    /// Nil of what could not be read.
    var asked: Asked? = nil
    /// What the answer may be kept under; nil when it may not be shared.
    var question: ResponseCache.Question? = nil
    /// What the answer depends on.
    var precondition: Precondition? = nil

    var isPersistent: Bool { persistence != .close }
}
