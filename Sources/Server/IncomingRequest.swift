// SPDX-License-Identifier: Apache-2.0

import HTTP

/// A request that is not answered at once: its content is still coming, or a worker has it. An idle connection has none.
final class IncomingRequest {
    private enum Framing {
        case length(remaining: Int)
        case chunked(ChunkedDecoder)
    }

    var exchange: Exchange
    private(set) var request: Request
    private var framing: Framing

    /// - Parameter framing: of content; none is no content.
    init(_ request: Request, exchange: Exchange, framing: RequestHead.BodyFraming) {
        self.request = request
        self.exchange = exchange
        self.framing =
            switch framing {
            case .none: .length(remaining: 0)
            case .length(let length): .length(remaining: length)
            case .chunked: .chunked(ChunkedDecoder())
            }
    }

    /// Takes what belongs to the content.
    /// - Returns: how many bytes that were, and whether the content is whole.
    func take(_ bytes: Span<UInt8>, limit: Int) throws(WireError) -> (consumed: Int, isComplete: Bool) {
        switch framing {
        case .length(let remaining):
            let part = bytes.extracting(first: min(remaining, bytes.count))
            // Unsafe: lent for the copy only.
            unsafe part.withUnsafeBufferPointer { unsafe request.body.append(contentsOf: $0) }
            framing = .length(remaining: remaining - part.count)
            return (part.count, remaining == part.count)
        case .chunked(var decoder):
            defer { framing = .chunked(decoder) }
            return try decoder.decode(bytes, into: &request.body, limit: limit)
        }
    }
}
