// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import SQLite

@Suite struct MigrationTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func load() throws -> [Migration] {
        try Migration.load(directory: folder.path) { bytes in "\(bytes.count) bytes" }
    }

    @Test func filesAreReadInOrder() throws {
        try folder.write("CREATE TABLE b (é);", to: "0002_second_2.sql")
        try folder.write("CREATE TABLE a (a);", to: "0001_first.sql")
        try folder.write("not a migration", to: "README.md")
        #expect(
            try load() == [
                Migration(number: 1, name: "first", sql: "CREATE TABLE a (a);", checksum: "19 bytes"),
                Migration(number: 2, name: "second_2", sql: "CREATE TABLE b (é);", checksum: "20 bytes"),
            ])
    }

    @Test(arguments: [
        "1_short.sql", "0001.sql", "0001_.sql", "0001-dash.sql", "0001_Upper.sql", "٠٠٠١_arabic.sql", ".sql",
    ])
    func aSlipInANameIsRefused(_ name: String) throws {
        try folder.write("SELECT 1", to: name)
        #expect(throws: MigrationError.invalidFileName(name)) { try load() }
    }

    @Test func whatCannotBeReadIsRefused() throws {
        #expect(throws: MigrationError.unreadable(path: folder.path + "/none", reason: "No such file or directory")) {
            try Migration.load(directory: folder.path + "/none") { _ in "" }
        }
        try Data([0x53, 0xFF]).write(to: URL(fileURLWithPath: folder.path + "/0001_latin.sql"))
        #expect(throws: MigrationError.unreadable(path: folder.path + "/0001_latin.sql", reason: "it is not UTF-8")) {
            try load()
        }
        try FileManager.default.removeItem(atPath: folder.path + "/0001_latin.sql")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/0001_folder.sql", withIntermediateDirectories: false)
        #expect(throws: MigrationError.unreadable(path: folder.path + "/0001_folder.sql", reason: "Is a directory")) {
            try load()
        }
        #expect(try folder.openDescriptors().isEmpty)
    }
}
