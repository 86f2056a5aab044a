// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One step of the schema: a script that is run once and never edited after that.
package struct Migration: Hashable, Sendable {
    /// Its place in the order, from 1 without gaps.
    package let number: Int
    package let name: String
    package let sql: String
    /// Tells an edited script from the one that was run.
    package let checksum: String

    package init(number: Int, name: String, sql: String, checksum: String) {
        self.number = number
        self.name = name
        self.sql = sql
        self.checksum = checksum
    }

    /// Reads the migrations of a directory, in order: files named like `0001_create_events.sql`.
    ///
    /// Any other file that ends in `.sql` is refused, so that a slip in a name does not leave a migration out; files of
    /// other kinds are passed over.
    ///
    /// - Parameter checksum: the checksum of a file's bytes.
    package static func load(
        directory: String, checksum: ([UInt8]) -> String
    ) throws(MigrationError) -> [Migration] {
        var migrations: [Migration] = []
        for file in try fileNames(in: directory).sorted() where file.hasSuffix(".sql") {
            guard let (number, name) = parse(fileName: file) else { throw .invalidFileName(file) }
            let bytes = try contents(of: directory + "/" + file)
            guard let sql = String(validating: bytes, as: UTF8.self) else {
                throw .unreadable(path: directory + "/" + file, reason: "it is not UTF-8")
            }
            migrations.append(Migration(number: number, name: name, sql: sql, checksum: checksum(bytes)))
        }
        return migrations
    }

    /// Four digits, an underscore, then a name in lower-case letters, digits and underscores.
    private static func parse(fileName: String) -> (number: Int, name: String)? {
        let stem = fileName.dropLast(".sql".count)
        let digits = stem.prefix(4)
        let name = stem.dropFirst(5)
        let isDigit = { (character: Character) in ("0"..."9").contains(character) }
        guard digits.count == 4, digits.allSatisfy(isDigit), stem.dropFirst(4).first == "_", !name.isEmpty,
            name.allSatisfy({ isDigit($0) || ("a"..."z").contains($0) || $0 == "_" }), let number = Int(digits)
        else { return nil }
        return (number, String(name))
    }

    private static func fileNames(in directory: String) throws(MigrationError) -> [String] {
        // Unsafe: the stream is ours until it is closed; each entry is read before the next call replaces it.
        guard let stream = unsafe opendir(directory) else {
            throw .unreadable(path: directory, reason: systemMessage(errno))
        }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names
    }

    private static func contents(of path: String) throws(MigrationError) -> [UInt8] {
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        // Unsafe: the path is read during the call; at most the chunk's length is written.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        while descriptor >= 0 {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count == 0 { return contents }
            if count < 0 { break }
            contents += chunk.prefix(count)
        }
        throw .unreadable(path: path, reason: systemMessage(errno))
    }
}
