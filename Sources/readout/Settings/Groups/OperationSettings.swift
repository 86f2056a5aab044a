// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageStore

/// How the server starts, stops, and is watched.
struct OperationSettings: SettingGroup {
    var adminPort: UInt16?
    var adminHost: String?
    var create = CreationChoice.auto
    var migrate = MigrationChoice.auto
    var drainDelay = Duration.zero

    static let title = "Operation"
    static let settings: [Setting<Self>] = [
        Setting(
            "admin-port", \.adminPort, Notation.number(0...UInt16.max).optional,
            "Serve /metrics, /healthz and /readyz on this port too, in the clear, and /metrics nowhere else; 0 picks one."
        ),
        Setting(
            "admin-host", \.adminHost, Notation.host.optional,
            "The address of that port; 127.0.0.1, unless it is set."),
        Setting(
            "create", \.create, .word,
            "What is done about a missing database: made and seeded, with a warning (auto), or the start is refused (off), so that "
                + "a volume that is not mounted does not pass for a first start."),
        Setting(
            "migrate", \.migrate, .word,
            "What is done about a database older than the program: migrated after a backup beside it (auto), refused (check), "
                + "or served as it is and called not ready (off)."),
        Setting(
            "drain-delay", \.drainDelay, .time(orNone: true),
            "How long to serve on after SIGTERM while /readyz says no, so that balancers look elsewhere."),
    ]

    static let defaultAdminHost = "127.0.0.1"
}

/// What a start does about a missing database.
enum CreationChoice: String, CaseIterable, Sendable {
    case auto, off
}

/// What a start does about a database with an older schema.
enum MigrationChoice: String, CaseIterable, Sendable {
    case auto, check, off

    var policy: CoverageDatabase.SchemaPolicy {
        switch self {
        case .auto: .migrate
        case .check: .require
        case .off: .accept
        }
    }
}
