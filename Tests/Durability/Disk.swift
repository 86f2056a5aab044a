// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// The disk of `disk.c`, which keeps a diary and can fail. It works for a program into which it is preloaded.
struct Disk {
    /// What it does to what it is asked for.
    struct Fault {
        var writing: Int32 = 0
        var syncing: Int32 = 0
        /// How many writes still succeed.
        var grace: Int32 = 0
    }

    private let library: String
    private let folder: String
    private var diary: String { "\(folder)/diary" }
    private var control: String { "\(folder)/fault" }

    /// - Parameter folder: for its own files.
    init(in folder: String) throws {
        self.folder = folder
        library = "\(folder)/disk.so"
        let compile = #". "$0/script/lib.sh"; "$(swift_clang)" -O2 -shared -fPIC -o "$1" Tests/Durability/disk.c"#
        try Shell.require("bash -c '\(compile)' '\(Repository.root)' '\(library)'")
        try set(Fault())
    }

    /// What a program needs in its environment to have its database on this disk.
    /// - Parameters:
    ///   - database: the folder of the database.
    ///   - synchronous: what the pragma of this name is set to, whatever the program says.
    func environment(database: String, isNoting: Bool = false, synchronous: String? = nil) -> [String: String] {
        var variables = ["LD_PRELOAD": library, "DISK_FOLDER": database, "DISK_FAULT": control]
        if isNoting { variables["DISK_LOG"] = diary }
        variables["DISK_SYNCHRONOUS"] = synchronous
        return variables
    }

    /// Takes effect at once, in programs that run.
    func set(_ fault: Fault) throws {
        if !FileManager.default.fileExists(atPath: control) {
            try Data(repeating: 0, count: 12).write(to: URL(filePath: control))
        }
        let file = try FileHandle(forWritingTo: URL(filePath: control))
        defer { try? file.close() }
        var bytes = Data()
        for number in [fault.writing, fault.syncing, fault.grace] {
            for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> Int32(shift))) }
        }
        // In place: the program has the page mapped. The grace first, since it counts from the error on.
        try file.seek(toOffset: 8)
        try file.write(contentsOf: bytes.suffix(4))
        try file.seek(toOffset: 0)
        try file.write(contentsOf: bytes.prefix(8))
    }

    /// How long the diary is, in bytes.
    func position() -> Int {
        (try? FileManager.default.attributesOfItem(atPath: diary)[.size] as? Int) ?? 0
    }

    func readDiary() throws -> Diary { Diary(Array(try Data(contentsOf: URL(filePath: diary)))) }
}

/// What a program did to its disk, in order.
struct Diary {
    enum Action: UInt8 {
        case create = 0x43
        case write = 0x57
        case truncate = 0x54
        case sync = 0x53
        case unlink = 0x55
    }

    struct Entry {
        let action: Action
        /// Of the file; empty for the folder that they are in.
        let name: String
        /// Of a write, where it begins; of a truncation, the length that is left.
        let offset: Int
        let bytes: ArraySlice<UInt8>
        /// Where the entry ends in the diary.
        let end: Int
    }

    private(set) var entries: [Entry] = []

    init(_ bytes: [UInt8]) {
        func number(_ start: Int, _ count: Int) -> Int {
            bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        var start = 0
        while start + 16 <= bytes.count {
            let name = start + 16 + number(start + 1, 1)
            let end = name + number(start + 4, 4)
            // The last one may have been cut short by a kill.
            guard end <= bytes.count, let action = Action(rawValue: bytes[start]) else { return }
            entries.append(
                Entry(
                    action: action, name: String(decoding: bytes[(start + 16)..<name], as: UTF8.self),
                    offset: number(start + 8, 8), bytes: bytes[name..<end], end: end))
            start = end
        }
    }
}
