// SPDX-License-Identifier: Apache-2.0

/// Why the schema was not brought up to date.
package enum MigrationError: Error, Hashable, Sendable {
    case unreadable(path: String, reason: String)
    case invalidFileName(String)
    case duplicateNumber(Int)
    /// The numbers do not run from 1 without gaps.
    case missingNumber(Int)
    /// The migration was applied with another name or another checksum.
    case changed(number: Int, name: String)
    /// The database has migrations this program has not heard of.
    case newerDatabase(database: Int, program: Int)
    /// The file belongs to another program, which has left its `application_id`, or 0 if it has none.
    case foreignDatabase(applicationID: Int)
    /// Rows of `table` (among `violations` in all) refer to nothing after the migration.
    case brokenReferences(number: Int, table: String, violations: Int)
    /// The script failed and was rolled back.
    case failed(number: Int, name: String, SQLiteError)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        case .invalidFileName(let name):
            "a migration is named like 0001_create_events.sql, not \(name)"
        case .duplicateNumber(let number):
            "two migrations have the number \(number)"
        case .missingNumber(let number):
            "there is no migration with the number \(number)"
        case .changed(let number, let name):
            "migration \(number) (\(name)) is not the one that was applied: its name or its text has changed"
        case .newerDatabase(let database, let program):
            "the database is at migration \(database), newer than this program, which knows \(program)"
        case .foreignDatabase(let applicationID):
            "the file is the database of another program (application_id \(applicationID))"
        case .brokenReferences(let number, let table, let violations):
            "migration \(number) leaves \(violations) broken foreign keys, the first in table \(table)"
        case .failed(let number, let name, let error):
            "migration \(number) (\(name)) failed: \(error)"
        }
    }
}
