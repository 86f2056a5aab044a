// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import JSON
import SQLite

struct BackupCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database to a file, while it is in use too.",
        discussion: """
            The copy is of one moment, whatever is written meanwhile; its SHA-256 stands in FILE.sha256 beside it, in the \
            form of sha256sum. Where FILE is a folder, the copy is named by the time. 'readout verify' proves it, \
            'readout restore' puts it in the database's place. A running server does the work, so FILE is on its machine.
            """)

    @OptionGroup var storage: StorageSettings
    @Flag(help: "Take the place of a backup of that name.") var force = false
    @Argument(help: "The file to make, or a folder.") var file: String

    func run() throws {
        let path = Files.absolute(file)
        let client = LocalClient(database: storage.database)
        guard try client.send("GET", "/healthz") != nil else {
            guard Files.exists(storage.database) else { throw Failure("there is no database \(storage.database)") }
            let backup = try storage.naming { try Backup.make(ofIdle: storage.database, to: path, replace: force) }
            return report(backup.path, backup.byteCount, backup.sha256, isNoted: backup.isNoted)
        }
        let job = try Job(storage, creating: false)
        defer { job.close() }
        let answer = try job.perform(
            AdminRoutes.backupPath, query: [(name: "to", value: path), (name: "force", value: String(force))])
        let made = answer.text("path")
        guard Files.exists(made) else {
            throw Failure(
                """
                the server has made \(made) where this command does not see it: it has another view of the file system (a \
                container, PrivateTmp= or ProtectSystem= of its unit), and the file may go with it. Name a folder that both see, \
                such as the database's
                """)
        }
        report(
            made, answer.integer("bytes"), answer.text("sha256"), isNoted: answer["noted"] == .bool(true))
    }

    private func report(_ path: String, _ byteCount: Int, _ sha256: String, isNoted: Bool) {
        print("\(path): \(byteCount) bytes, SHA-256 \(sha256)")
        if isNoted { return }
        StandardError.write(
            """
            The backup is whole, but the database could not keep its time: it cannot be written (a full disk, a file that is gone). \
            'readout_last_backup_timestamp_seconds' stays as it was.
            """)
    }
}
