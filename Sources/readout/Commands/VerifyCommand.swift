// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import JSON
import SQLite

struct VerifyCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove a backup: every bit, its schema, every record and every citation.",
        discussion: """
            Holds the file against the SHA-256 beside it, then looks at everything in a copy: the structure of the file, the \
            schema, references between rows, the rules of coverage, each citation. The copy is made in the folder that TMPDIR \
            names, else beside the backup. The database itself is not touched. Where FILE is a folder, it is the newest of the \
            backups that are named by the time there. Exit status 1 when anything does not hold.
            """)

    @OptionGroup var storage: StorageSettings
    @Argument(help: "The backup, or a folder of backups.") var file: String

    func run() throws {
        let file = try Files.isFolder(file) ? newest(in: file) : file
        if file != self.file { print("backup: \(file)") }
        let scratch = ProcessEnvironment.current["TMPDIR"] ?? ReplacedFile.folder(of: file)
        let check = try BackupCheck(of: file, migrations: storage.steps(), scratch: scratch)
        print("digest: holds, \(check.sha256)")
        for line in check.schemaFaults { print("schema: \(line)") }
        print(
            "schema: \(check.schemaFaults.isEmpty ? "sound" : CheckLines.counted(check.schemaFaults.count, "fault")), "
                + "migration \(check.schema) of \(check.program)")
        for line in check.brokenReferences { print("references: \(line)") }
        if check.schemaFaults.isEmpty, check.brokenReferences.isEmpty {
            guard case .object(let report) = try JSONReader.read(AdminRoutes.document(of: check.report)) else { return }
            for line in CheckLines.lines(of: report) { print(line) }
        }
        if !check.isClean { throw ExitCode.failure }
    }

    /// Of those that 'readout backup' has named: their names sort as time goes by.
    private func newest(in folder: String) throws -> String {
        let backups = try Files.names(in: folder).filter { $0.hasPrefix("readout-") && $0.hasSuffix(".sqlite") }
        guard let last = backups.last else { throw Failure("there is no backup readout-….sqlite in \(folder)") }
        return folder.hasSuffix("/") ? folder + last : "\(folder)/\(last)"
    }
}
