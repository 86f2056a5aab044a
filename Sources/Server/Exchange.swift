// SPDX-License-Identifier: Apache-2.0

import HTTP

/// What of a request is still needed when its answer is written.
struct Exchange {
    /// What an observer is told of a request whose bytes may be gone by then.
    struct Asked {
        let method: [UInt8]
        let target: [UInt8]
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
    /// The method as it is counted; nil when it could not be read.
    var method: String? = nil
    /// Nil of what could not be read, or when nobody is told.
    var asked: Asked? = nil
    /// What the answer may be kept under; nil when it may not be shared.
    var question: ResponseCache.Question? = nil
    /// What the answer depends on.
    var precondition: Precondition? = nil
    /// The pattern of the path; nil when it fits none, and, unless the server may refuse, until the handler was asked.
    var route: String? = nil

    var isPersistent: Bool { persistence != .close }
}
