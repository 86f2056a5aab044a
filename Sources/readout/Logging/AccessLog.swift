// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import Logging
import Server
import Sockets

/// A line for each answer of one event loop. It is put together in the loop's own buffer, where that costs no allocation, and the
/// lines of a batch go to the writer's thread together.
final class AccessLog: AnswerObserver {
    private let log: ServerLog
    private let isJSON: Bool
    /// Whether what people ask for is written too: it is theirs.
    private let withQueries: Bool
    private var lines = OutputBuffer()
    /// Nil until the first line of a batch: one time serves for all of them.
    private var milliseconds: Int64?
    /// The second of the last line, and its text.
    private var second: (number: Int64, text: [UInt8]) = (.min, [])
    /// The client of the last line: it seldom comes alone.
    private var client: (address: IPAddress?, text: [UInt8]) = (nil, Array("local".utf8))

    init(_ log: ServerLog, withQueries: Bool) {
        self.log = log
        isJSON = log.format == .json
        self.withQueries = withQueries
    }

    func answered(
        _ answer: borrowing AnswerRecord, method: Span<UInt8>, target: Span<UInt8>, traceparent: Span<UInt8>
    ) {
        let level = Self.level(of: answer)
        guard level >= log.level else { return }
        begin(level)
        open("request")
        lines.append(answer.id.text.span)
        close()
        if TraceParent.isValid(traceparent) {
            open("traceparent")
            lines.append(traceparent.extracting(first: TraceParent.length))
            close()
        }
        open("client")
        appendClient(answer.client)
        close()
        open("method")
        appendEscaped(method)
        close()
        if let route = answer.route {
            open("route")
            lines.append(string: route)
            close()
        }
        open("path")
        appendEscaped(target.extracting(first: withQueries ? target.count : Self.pathLength(target)))
        close()
        number("status", answer.status)
        number("bytes", answer.byteCount)
        appendSeconds(answer.nanoseconds)
        open("by")
        lines.append(string: answer.source.rawValue)
        close()
        lines.append(isJSON ? "}\n" : "\n")
    }

    func batchEnded() {
        log.writer.take(&lines)
        milliseconds = nil
    }

    /// Probes that succeed are of interest to those who look for them.
    private static func level(of answer: borrowing AnswerRecord) -> Logger.Level {
        if answer.status >= 500 { return .warning }
        switch answer.route {
        case "/healthz", "/readyz", "/metrics": return answer.status < 400 ? .debug : .info
        default: return .info
        }
    }

    private static func pathLength(_ target: Span<UInt8>) -> Int {
        var length = 0
        while length < target.count, target[length] != UInt8(ascii: "?") { length += 1 }
        return length
    }

    // MARK: Members

    private func begin(_ level: Logger.Level) {
        if isJSON { lines.append("{\"time\":\"") }
        appendTime()
        lines.append(isJSON ? "\",\"level\":\"" : " ")
        lines.append(string: level.rawValue)
        lines.append(isJSON ? "\",\"message\":\"answered\"" : " answered")
    }

    /// Begins a text.
    private func open(_ name: StaticString) {
        appendName(name)
        if isJSON { lines.append("\"") }
    }

    private func close() {
        if isJSON { lines.append("\"") }
    }

    private func number(_ name: StaticString, _ value: Int) {
        appendName(name)
        lines.append(decimal: value)
    }

    private func appendName(_ name: StaticString) {
        lines.append(isJSON ? ",\"" : " ")
        lines.append(name)
        lines.append(isJSON ? "\":" : "=")
    }

    /// To the microsecond.
    private func appendSeconds(_ nanoseconds: UInt64) {
        appendName("seconds")
        let microseconds = Int(clamping: nanoseconds / 1000)
        lines.append(decimal: microseconds / 1_000_000)
        lines.append(".")
        var (fraction, unit) = (microseconds % 1_000_000, 100_000)
        while unit > 0 {
            lines.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / unit))
            (fraction, unit) = (fraction % unit, unit / 10)
        }
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

    /// Bytes that a client sent: whatever could end the text, the line or the terminal's patience becomes a percent code.
    private func appendEscaped(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                lines.append(byte)
            } else {
                lines.append("%")
                lines.append((byte >> 4).hexadecimalDigit)
                lines.append(byte.hexadecimalDigit)
            }
        }
    }
}
