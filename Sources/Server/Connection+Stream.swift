// SPDX-License-Identifier: Apache-2.0

import HTTP

/// Answers that come bit by bit. The source is asked only when all that came before has left, and only in the loop's queue, so
/// that a thousand streams with the same news leave room for others between them.
extension Connection {
    /// The head stands in the output.
    mutating func begin(_ stream: ContentStream, _ loop: inout EventLoop) {
        if loop.isDraining { return end(stream, &loop) }
        self.stream = stream
        state.streamBegan(now: loop.now)
        loop.streamBegan(token)
    }

    /// There may be something to send.
    mutating func streamMayHaveMore(_ loop: inout EventLoop) {
        stream?.want(.news)
        queueForQuestion(&loop)
    }

    /// Nothing has been sent for long.
    mutating func streamIsSilent(_ loop: inout EventLoop) {
        stream?.want(.heartbeat)
        state.streamAsked(now: loop.now)
        queueForQuestion(&loop)
    }

    /// Joins the queue if there is a reason to ask and nothing that has to be sent before.
    mutating func queueForQuestion(_ loop: inout EventLoop) {
        guard state.unsent == 0, let stream, stream.occasion != nil, !stream.isQueued else { return }
        self.stream?.isQueued = true
        loop.queueForQuestion(token)
    }

    /// It is this connection's turn to be asked.
    mutating func continueStream(_ loop: inout EventLoop) {
        stream?.isQueued = false
        guard state.unsent == 0, var stream, let occasion = stream.occasion else { return }
        if stream.appendPiece(for: occasion, to: &loop.responder.output) {
            self.stream = stream
            if !loop.responder.output.isEmpty { state.streamAsked(now: loop.now) }
        } else {
            end(stream, &loop)
        }
        settle(&loop)
    }

    /// The server stops, and so does the stream: behind what is still to be sent.
    mutating func endStream(_ loop: inout EventLoop) {
        if let stream { end(stream, &loop) }
    }

    private mutating func end(_ stream: ContentStream, _ loop: inout EventLoop) {
        self.stream = nil
        stream.appendEnd(to: &loop.responder.output)
        loop.streamEnded(token)
        state.answered(closes: true, unread: true, now: loop.now)
    }
}
