// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// What a disk holds when the power fails: all that was synced, and of what was done since whatever it likes.
///
/// A sync of a file makes the file's bytes and length last, a sync of the folder the names in it (fsync(2)). Everything else may
/// be there or not, whole or up to any sector, in any order.
struct DiskState {
    typealias Files = [String: [UInt8]]

    private static let sector = 512

    /// What is sure to be there. A file may have synced bytes and no lasting name yet.
    private var bytes: Files
    private var names: Set<String>
    /// What was done since, in order.
    private var pending: [Diary.Entry] = []

    init(_ files: Files) {
        bytes = files
        names = Set(files.keys)
    }

    mutating func apply(_ entry: Diary.Entry) {
        guard entry.action == .sync else { return pending.append(entry) }
        let lasting = { (other: Diary.Entry) in
            switch other.action {
            case .create, .unlink: entry.name.isEmpty
            case .write, .truncate, .sync: other.name == entry.name
            }
        }
        for done in pending where lasting(done) { Self.carryOut(done, on: &bytes, &names) }
        pending.removeAll(where: lasting)
    }

    /// Nothing of what was not synced.
    var least: Files { bytes.filter { names.contains($0.key) } }

    /// All of it, as a killed process leaves it.
    var most: Files { files { _ in .whole } }

    /// Any part of it.
    func some(using random: inout SeededGenerator) -> Files {
        files { entry in
            switch Int.random(in: 0..<3, using: &random) {
            case 0: .none
            case 1 where entry.action == .write:
                .sectors(Int.random(in: 0...(entry.bytes.count / Self.sector), using: &random))
            default: .whole
            }
        }
    }

    private enum Part {
        case none, whole
        case sectors(Int)
    }

    private func files(_ part: (Diary.Entry) -> Part) -> Files {
        var (bytes, names) = (bytes, names)
        for entry in pending {
            switch part(entry) {
            case .none: break
            case .whole: Self.carryOut(entry, on: &bytes, &names)
            case .sectors(let count): Self.carryOut(entry, upTo: count * Self.sector, on: &bytes, &names)
            }
        }
        return bytes.filter { names.contains($0.key) }
    }

    private static func carryOut(
        _ entry: Diary.Entry, upTo limit: Int = .max, on bytes: inout Files, _ names: inout Set<String>
    ) {
        switch entry.action {
        case .create:
            names.insert(entry.name)
            bytes[entry.name] = bytes[entry.name] ?? []
        case .unlink: names.remove(entry.name)
        case .truncate: resize(&bytes[entry.name, default: []], to: entry.offset)
        case .write:
            let written = entry.bytes.prefix(limit)
            let end = entry.offset + written.count
            if bytes[entry.name, default: []].count < end { resize(&bytes[entry.name, default: []], to: end) }
            bytes[entry.name, default: []].replaceSubrange(entry.offset..<end, with: written)
        case .sync: break
        }
    }

    private static func resize(_ bytes: inout [UInt8], to count: Int) {
        if bytes.count > count { bytes.removeLast(bytes.count - count) }
        if bytes.count < count { bytes += [UInt8](repeating: 0, count: count - bytes.count) }
    }
}

extension DiskState {
    /// The files of a folder that a database consists of.
    init(folder: String) throws {
        var files: Files = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where !["-shm", ".lock", ".sock"].contains(where: name.hasSuffix) {
            files[name] = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
        }
        self.init(files)
    }
}
