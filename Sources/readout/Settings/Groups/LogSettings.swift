// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// What is logged.
struct LogSettings: SettingGroup {
    var level = LogLevel.info
    var levelFile: String?
    var format = LogFormat.auto
    var accessLog = true
    var logQueries = false

    static let title = "Log"
    static let settings: [Setting<Self>] = [
        Setting("log-level", \.level, .word, "The least level that is logged."),
        Setting(
            "log-level-file", \.levelFile, Notation.path.optional,
            "A file with the level to log from, read again on SIGHUP; it beats the setting."),
        Setting(
            "log-format", \.format, .word,
            "One JSON object a line, or text for people; auto is text on a terminal and JSON elsewhere."),
        Setting(
            "access-log", \.accessLog, "Log each answer; successful probes of health and metrics at the level debug."),
        Setting(
            "log-queries", \.logQueries,
            "Log the queries of requests too: what people search for is theirs, so only their paths are logged otherwise."
        ),
    ]

    /// What is logged at first.
    func firstLevel() throws -> LogLevel { try levelFile.map { try LogLevel(file: $0) } ?? level }
}

/// The levels worth choosing from.
enum LogLevel: String, CaseIterable, Sendable {
    case debug, info, warning, error

    var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }

    /// The level that stands in a file, by itself.
    init(file path: String) throws {
        let text = String(decoding: try Files.contents(of: path, for: "log-level-file"), as: UTF8.self)
        guard let level = text.split(whereSeparator: \.isWhitespace).first.flatMap({ LogLevel(rawValue: String($0)) })
        else { throw Failure("--log-level-file: \(path) must hold \(Notation<LogLevel>.word.form)") }
        self = level
    }
}
