// SPDX-License-Identifier: Apache-2.0

internal import Digests
internal import SQLite

/// The SHA-256 of a backup, in a file beside it, in the form of `sha256sum`.
///
/// SQLite's own check of a file's structure passes over most flipped bits: those in the texts.
package struct BackupDigest: Equatable, Sendable {
    /// 64 lower-case hexadecimal digits.
    package let hex: String
    /// The backup's name without its folder.
    let name: String

    static func path(for backup: String) -> String { backup + ".sha256" }

    /// Of the file as it is now.
    init(of file: String, named name: String) throws {
        var digest = SHA256Stream()
        try FilePieces.forEach(of: file) { digest.add($0) }
        self.init(hex: digest.hex(), named: name)
    }

    init(hex: String, named name: String) {
        self.hex = hex
        self.name = Self.baseName(of: name)
    }

    /// As the file beside the backup has it.
    /// - Throws: `BackupFault` when it is missing or not what `sha256sum` would have written.
    init(beside backup: String) throws {
        let path = Self.path(for: backup)
        var bytes: [UInt8] = []
        do { try FilePieces.forEach(of: path) { bytes += $0 } } catch {
            guard Backup.exists(backup) else { throw BackupFault("there is no file \(backup)") }
            throw BackupFault("there is no digest of \(backup) to hold it against: \(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self), text.utf8.count > 66,
            let hex = Optional(String(text.prefix(64))), Hexadecimal.decode(hex)?.count == 32
        else { throw BackupFault("\(path) holds no SHA-256") }
        self.hex = hex
        name = Self.baseName(of: backup)
        guard text == line else { throw BackupFault("\(path) is not the digest of a file named \(name)") }
    }

    var line: String { "\(hex)  \(name)\n" }

    private static func baseName(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Holds a backup against the digest beside it.
    /// - Returns: the digest.
    /// - Throws: `BackupFault` unless they agree in every bit.
    @discardableResult
    package static func check(_ backup: String) throws -> BackupDigest {
        let known = try BackupDigest(beside: backup)
        try known.expect(BackupDigest(of: backup, named: backup), of: backup)
        return known
    }

    func expect(_ other: BackupDigest, of backup: String) throws {
        guard self == other else {
            throw BackupFault("\(backup) is not as it was written: its SHA-256 is \(other.hex), not \(hex)")
        }
    }
}

/// Why a backup cannot be made, trusted or used. One line for the operator.
package struct BackupFault: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
