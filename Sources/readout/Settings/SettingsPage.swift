// SPDX-License-Identifier: Apache-2.0

import HTTP
import Server

/// `docs/settings.md`, made of the tables of settings.
enum SettingsPage {
    static var text: String {
        introduction + ServeSettings.groups.map(section).joined() + fixed
    }

    private static let introduction = """
        # Settings

        <!-- Made by `readout config --markdown`; a test holds this page to it. -->

        Each is a flag of `readout serve` and an environment variable; a flag beats the environment, and what is not set has its
        default. A switch is turned on by its flag, off by the same with `no-` before its name, and as a variable says `true` or
        `false`. A secret can also stand in a file, which the variable with `_FILE` behind its name names.
        `readout config` shows what a server started with the same flags and environment would take, and where each value
        comes from. What is unknown, malformed or contradicts another stops the start.

        """

    /// Limits that are part of how HTTP is spoken here, and that nobody has had to change.
    private static var fixed: String {
        let server = ServerConfiguration()
        let (time, silence) = (TimeSpan.text(server.lingerTime), TimeSpan.text(server.lingerSilence))
        let bytes = ByteCount.text(server.lingerBytes)
        let extensions = ByteCount.text(ChunkedDecoder.extensionLimit)
        let trailers = ByteCount.text(ChunkedDecoder.trailerLimit)
        return """

            ## Fixed limits

            Some limits are no settings. After an answer that ends a connection, what its client still sends is read and dropped for
            \(time) or \(bytes), or until it has been silent for \(silence). Who is refused for want of room is told to come back after \(server.retryAfter) s.
            All chunks of one content together may have \(extensions) of extensions, and \(trailers) of trailers may follow them.

            """
    }

    private static func section(_ group: any SettingGroup.Type) -> String {
        let rows = group.allSettings.map { setting in
            let variable = "`\(setting.variable)`\(setting.fileVariable.map { ", `\($0)`" } ?? "")"
            let fallback = setting.fallback.isEmpty ? "" : "`\(setting.fallback)`"
            return "| `--\(setting.name)` | \(variable) | \(fallback) | \(setting.meaning) | \(setting.form) |\n"
        }
        return """

            ## \(group.title)

            | flag | variable | default | what it does | may be |
            | --- | --- | --- | --- | --- |

            """ + rows.joined()
    }
}
