// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// What is logged.
struct LogSettings: SettingGroup {
    var level = LogLevel.info
    var accessLog = false

    static let title = "Log"
    static let settings: [Setting<Self>] = [
        Setting("log-level", \.level, .word, "The least level that is logged."),
        Setting("access-log", \.accessLog, "Log each request."),
    ]
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
}
