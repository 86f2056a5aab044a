// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import Server
import Sockets

/// A line for each answer of one event loop. It is put together in the loop's own buffer, where that costs no allocation, and the
/// lines of a batch go to the writer's thread together.
final class AccessLog: AnswerObserver {
    private let writer: LineWriter
    private var lines = OutputBuffer()
    /// Nil until the first line of a batch: one time serves for all of them.
    private var milliseconds: Int64?
    /// The second of the last line, and its text.
    private var second: (number: Int64, text: [UInt8]) = (.min, [])
    /// The client of the last line: it seldom comes alone.
    private var client: (address: IPAddress?, text: [UInt8]) = (nil, Array("local".utf8))

    init(_ writer: LineWriter) {
        self.writer = writer
    }

    /// Writes to standard error.
    static func writer() throws(Errno) -> LineWriter {
        try LineWriter(FileDescriptor(duplicating: 2)) { count in
            "\(Timestamp.now()) warning readout: the access log is not read fast enough lost=\(count)\n"
        }
    }

    func answered(
        _ answer: borrowing AnswerRecord, method: Span<UInt8>, target: Span<UInt8>, traceparent: Span<UInt8>
    ) {
        appendTime()
        lines.append(" info readout: answered id=")
        lines.append(answer.id.text.span)
        lines.append(" client=")
        appendClient(answer.client)
        lines.append(" method=")
        lines.append(method)
        lines.append(" path=")
        // The path only: what people search for is theirs.
        lines.append(target.extracting(first: target.firstIndex(of: UInt8(ascii: "?")) ?? target.count))
        lines.append(" route=")
        lines.append(string: answer.route ?? "")
        lines.append(" status=")
        lines.append(decimal: answer.status)
        lines.append(" bytes=")
        lines.append(decimal: answer.byteCount)
        lines.append(" microseconds=")
        lines.append(decimal: Int(clamping: answer.nanoseconds / 1000))
        lines.append(" from=")
        lines.append(string: answer.source.rawValue)
        lines.append("\n")
    }

    func batchEnded() {
        writer.take(&lines)
        milliseconds = nil
    }

    /// RFC 3339 in UTC, to the millisecond.
    private func appendTime() {
        let now = milliseconds ?? SystemClock.unixMilliseconds()
        milliseconds = now
        if now / 1000 != second.number {
            second = (now / 1000, Array(Timestamp.text(of: Int(now / 1000)).utf8.dropLast()))
        }
        lines.append(second.text)
        let fraction = Int(now % 1000)
        lines.append(fraction < 10 ? ".00" : fraction < 100 ? ".0" : ".")
        lines.append(decimal: fraction)
        lines.append("Z")
    }

    private func appendClient(_ address: IPAddress?) {
        if address != client.address { client = (address, Array((address?.description ?? "local").utf8)) }
        lines.append(client.text)
    }
}

extension Span<UInt8> {
    fileprivate func firstIndex(of byte: UInt8) -> Int? {
        indices.first { self[$0] == byte }
    }
}
