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
        open(.request)
        lines.append(answer.id.text.span)
        close()
        if TraceParent.isValid(traceparent) {
            open(.traceparent)
            lines.append(traceparent.extracting(first: TraceParent.length))
            close()
        }
        open(.client)
        appendClient(answer.client)
        close()
        open(.method)
        appendEscaped(method)
        close()
        if let route = answer.route {
            open(.route)
            lines.append(string: route)
            close()
        }
        open(.path)
        appendEscaped(target.extracting(first: withQueries ? target.count : Self.pathLength(target)))
        close()
        open(.status)
        lines.append(decimal: answer.status)
        open(.bytes)
        lines.append(decimal: answer.byteCount)
        open(.seconds)
        appendSeconds(answer.nanoseconds)
        open(.by)
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

    /// What stands before a value, in one piece: a line has ten of them.
    private struct Label {
        let json: StaticString
        let text: StaticString

        static let request = Label(json: ",\"request\":\"", text: " request=")
        static let traceparent = Label(json: ",\"traceparent\":\"", text: " traceparent=")
        static let client = Label(json: ",\"client\":\"", text: " client=")
        static let method = Label(json: ",\"method\":\"", text: " method=")
        static let route = Label(json: ",\"route\":\"", text: " route=")
        static let path = Label(json: ",\"path\":\"", text: " path=")
        static let status = Label(json: ",\"status\":", text: " status=")
        static let bytes = Label(json: ",\"bytes\":", text: " bytes=")
        static let seconds = Label(json: ",\"seconds\":", text: " seconds=")
        static let by = Label(json: ",\"by\":\"", text: " by=")
    }

    private func open(_ label: Label) { lines.append(isJSON ? label.json : label.text) }

    /// Ends a text.
    private func close() {
        if isJSON { lines.append("\"") }
    }

    /// To the microsecond.
    private func appendSeconds(_ nanoseconds: UInt64) {
        let microseconds = Int(clamping: nanoseconds / 1000)
        lines.append(decimal: microseconds / 1_000_000)
        lines.append(".")
        lines.append(decimal: microseconds % 1_000_000, digits: 6)
    }

    /// RFC 3339 in UTC, to the millisecond.
    private func appendTime() {
        let now = milliseconds ?? SystemClock.unixMilliseconds()
        milliseconds = now
        if now / 1000 != second.number {
            second = (now / 1000, Array(Timestamp.text(of: Int(now / 1000)).utf8.dropLast()))
        }
        lines.append(second.text)
        lines.append(".")
        lines.append(decimal: Int(now % 1000), digits: 3)
        lines.append("Z")
    }

    private func appendClient(_ address: IPAddress?) {
        if address != client.address { client = (address, Array((address?.description ?? "local").utf8)) }
        lines.append(client.text)
    }

    /// Bytes that a client sent: whatever could end the text, the line or the terminal's patience becomes a percent code.
    private func appendEscaped(_ bytes: Span<UInt8>) {
        var plain = 0
        while plain < bytes.count, Self.isPlain(bytes[plain]) { plain += 1 }
        lines.append(bytes.extracting(first: plain))
        for index in plain..<bytes.count {
            let byte = bytes[index]
            if Self.isPlain(byte) {
                lines.append(byte)
            } else {
                lines.append("%")
                lines.append((byte >> 4).hexadecimalDigit)
                lines.append(byte.hexadecimalDigit)
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
