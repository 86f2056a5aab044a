// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import Logging

/// How a line of the log looks.
enum LogFormat: String, CaseIterable, Sendable {
    /// JSON, but text where standard output is a terminal.
    case auto
    case json
    case text
}

/// One thing there is to say, ready to be a line.
struct LogLine {
    let time: String
    let level: Logger.Level
    let message: String
    /// In the order of their names.
    let metadata: [(name: String, value: String)]

    init(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, time: String = Timestamp.now()) {
        self.time = time
        self.level = level
        self.message = message
        self.metadata = metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
    }

    /// With its line end; no other control character stands in it.
    func text(_ format: LogFormat) -> String { format == .json ? json : plain }

    private var json: String {
        var json = JSONWriter()
        json.object { json in
            json.member("time", time)
            json.member("level", level.rawValue)
            json.member("message", message)
            for (name, value) in metadata {
                json.member(named: name)
                // Counts are numbers to those who read the log by program.
                if let number = Int(value) { json.integer(number) } else { json.string(value) }
            }
        }
        return String(decoding: json.finish(), as: UTF8.self) + "\n"
    }

    private var plain: String {
        let pairs = metadata.map { " \($0.name)=\(Self.visible($0.value, quoted: true))" }.joined()
        return "\(time) \(level) \(Self.visible(message, quoted: false))\(pairs)\n"
    }

    /// Control characters as escapes, so that no value can end the line, move the cursor or pass for another value.
    private static func visible(_ text: String, quoted: Bool) -> String {
        var result = ""
        var needsQuotes = text.isEmpty && quoted
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\\" where quoted: result += "\\\\"
            case "\"" where quoted: result += "\\\""
            case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
            if scalar == " " || scalar == "\"" || scalar == "=" { needsQuotes = quoted }
        }
        return needsQuotes ? "\"\(result)\"" : result
    }
}
