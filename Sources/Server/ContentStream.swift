// SPDX-License-Identifier: Apache-2.0

import HTTP

/// An answer of which the head has been given and the content is still coming.
struct ContentStream {
    private let source: any ContentSource
    private let isChunked: Bool
    /// Why the source is to be asked next; nil while there is no reason to.
    private(set) var occasion: StreamOccasion? = .news
    /// Stands in its loop's queue of those to be asked.
    var isQueued = false

    /// - Parameter isChunked: else the connection's end is the content's.
    init(_ source: any ContentSource, isChunked: Bool) {
        self.source = source
        self.isChunked = isChunked
    }

    /// News is the stronger reason: whatever comes of it shows the stream alive too.
    mutating func want(_ occasion: StreamOccasion) {
        if self.occasion != .news { self.occasion = occasion }
    }

    /// Asks for the next piece, which is to be followed by another question once it has been sent.
    /// - Returns: false when there will be nothing more.
    mutating func appendPiece(for occasion: StreamOccasion, to output: inout OutputBuffer) -> Bool {
        self.occasion = nil
        guard let piece = source.next(occasion) else { return false }
        if piece.isEmpty { return true }
        self.occasion = .news
        if isChunked {
            ResponseSerializer.appendChunk(piece, to: &output)
        } else {
            output.append(piece)
        }
        return true
    }

    /// Says that the content is whole, where that can be said.
    func appendEnd(to output: inout OutputBuffer) {
        if isChunked { ResponseSerializer.appendLastChunk(to: &output) }
    }
}
