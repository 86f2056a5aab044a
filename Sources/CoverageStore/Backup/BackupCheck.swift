// SPDX-License-Identifier: Apache-2.0

internal import Digests
internal import Glibc
package import SQLite

/// What was found in a backup that is as it was written.
package struct BackupCheck: Sendable {
    package let sha256: String
    /// The migrations that its schema is made of, and how many this program has.
    package let schema: Int
    package let program: Int
    /// The state of the data in it, brought to this program's schema.
    package let report: CheckReport
    /// What its schema has that its migrations do not make, and the other way round.
    package let schemaFaults: [String]
    /// Rows that refer to nothing, by table.
    package let brokenReferences: [String]

    package var isClean: Bool { report.isClean && schemaFaults.isEmpty && brokenReferences.isEmpty }

    /// Looks at everything in a backup, on a copy: the backup itself is only read.
    /// - Parameter scratch: a folder for the copy.
    /// - Throws: `BackupFault` when its digest does not hold or it is no database that can be read, `MigrationError` when its
    ///   schema is not one of this program's.
    package init(of backup: String, migrations: Migrator, scratch: String) throws {
        do { try self.init(reading: backup, migrations, scratch) } catch let error as SQLiteError {
            guard [.corrupt, .notADatabase].contains(error.code.primary) else { throw error }
            throw BackupFault("\(backup) is as it was written, but the database in it was damaged then (\(error.code))")
        }
    }

    private init(reading backup: String, _ migrations: Migrator, _ scratch: String) throws {
        let known = try BackupDigest(beside: backup)
        let folder = try CheckFolder(in: scratch)
        let copy = folder.file("copy.sqlite")
        try known.expect(Self.copy(backup, to: copy), of: backup)
        sha256 = known.hex
        program = migrations.migrations.count
        do {
            let connection = try Connection(path: copy, mode: .readWrite)
            schema = try migrations.applied(on: connection).count
            _ = try migrations.pending(on: connection)
            guard schema > 0 else { throw BackupFault("\(backup) holds no coverage: it has no schema") }
            schemaFaults = try Self.schemaFaults(
                of: connection, Migrator(Array(migrations.migrations.prefix(schema))), folder)
            brokenReferences = try Self.brokenReferences(on: connection)
            guard schemaFaults.isEmpty, brokenReferences.isEmpty else {
                report = CheckReport()
                return
            }
            // Here and not by the opening below, which would keep a copy of the copy.
            try migrations.migrate(connection)
        }
        let database = try CoverageDatabase(path: copy, migrations: migrations, schema: .require)
        defer { database.close() }
        report = try database.read { try $0.check() }
    }

    /// Copies a file.
    /// - Returns: the digest of what was copied.
    static func copy(_ backup: String, to path: String) throws -> BackupDigest {
        var file = try ReplacedFile(path)
        var digest = SHA256Stream()
        try FilePieces.forEach(of: backup) { piece in
            digest.add(piece)
            try file.write(piece)
        }
        try file.take()
        return BackupDigest(hex: digest.hex(), named: backup)
    }

    private static func schemaFaults(
        of connection: Connection, _ migrations: Migrator, _ folder: borrowing CheckFolder
    ) throws -> [String] {
        let rehearsal = try Connection(path: folder.file("rehearsal.sqlite"), mode: .readWrite)
        try migrations.migrate(rehearsal)
        let (expected, found) = (try objects(on: rehearsal), try objects(on: connection))
        let names = Set(expected.keys).union(found.keys).sorted()
        return names.filter { expected[$0] != found[$0] }.map { name in
            switch (expected[name], found[name]) {
            case (nil, _): "\(name) is made by no migration"
            case (_, nil): "\(name) is missing"
            default: "\(name) is not as its migration makes it"
            }
        }
    }

    /// The SQL of each table and index, by kind and name.
    private static func objects(on connection: Connection) throws -> [String: String] {
        let rows = try connection.prepare("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        var objects: [String: String] = [:]
        while try rows.step() { objects[rows.text(0)] = rows.text(1) }
        return objects
    }

    private static func brokenReferences(on connection: Connection) throws -> [String] {
        let rows = try connection.prepare(
            "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2")
        var faults: [String] = []
        while try rows.step() {
            faults.append("\(rows.text(0)): \(rows.int(2)) rows refer to no row of \(rows.text(1))")
        }
        return faults
    }
}

/// A folder of our own, which goes with all that is in it.
struct CheckFolder: ~Copyable {
    private let path: String

    init(in parent: String) throws(FileError) {
        let path = "\(parent)/readout-check-\(getpid())-\(Timestamp.unixTime())"
        // Unsafe, as below: paths are read during the calls.
        guard unsafe mkdir(path, 0o700) == 0 else { throw FileError("cannot make the folder \(path)", errno) }
        self.path = path
    }

    deinit {
        // What is in it was made by `file`, and by SQLite beside that.
        for name in ["copy.sqlite", "rehearsal.sqlite"] {
            for ending in ["", "-wal", "-shm", "-journal", ".lock"] { _ = unsafe unlink("\(path)/\(name)\(ending)") }
        }
        _ = unsafe rmdir(path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}
