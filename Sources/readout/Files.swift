// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import FoundationEssentials
import Glibc
import SQLite

/// The files that commands read.
enum Files {
    static func contents(of path: String) throws -> [UInt8] {
        if isFolder(path) { throw Failure("cannot read \(path): it is a folder") }
        do { return Array(try Data(contentsOf: URL(filePath: path))) } catch {
            throw Failure("cannot read \(path): \(reason(error))")
        }
    }

    /// The contents of a file that a setting names.
    static func contents(of path: String, for setting: String) throws -> [UInt8] {
        do { return try contents(of: path) } catch { throw Failure("--\(setting): \(error)") }
    }

    /// In bytes; 0 where there is no such file.
    static func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.size] as? Int ?? 0
    }

    /// Reads a file of any size line by line.
    /// - Throws: `UnreadableFile`, also for a line that no article can be; what `body` throws.
    static func forEachLine(of path: String, _ body: ([UInt8]) throws -> Void) throws {
        // Unsafe: the path is lent for the call.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw UnreadableFile(reason: message(errno)) }
        defer { close(file) }
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // Unsafe: the buffer is lent for the call.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw UnreadableFile(reason: message(errno)) }
            if count == 0 { break }
            var start = 0
            for index in 0..<count where chunk[index] == UInt8(ascii: "\n") {
                try body(rest + chunk[start..<index])
                rest = []
                start = index + 1
            }
            rest += chunk[start..<count]
            guard rest.count <= longestLine else {
                throw UnreadableFile(reason: "the line is longer than \(longestLine >> 20) MiB")
            }
        }
        if !rest.isEmpty { try body(rest) }
    }

    private static let longestLine = 64 << 20

    /// The C library's words for an errno.
    private static func message(_ code: Int32) -> String {
        // Unsafe: the message is this thread's until its next call of strerror, and is copied at once.
        unsafe String(cString: strerror(code))
    }

    /// The names in a folder, sorted.
    static func names(in folder: String) throws -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            throw Failure("cannot read the folder \(folder): \(reason(error))")
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }

    /// Whether it is a file itself, not a link to one, a socket or the like.
    static func isPlain(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }

    /// Why what is there may not be written, to follow its path; nil where it may.
    static func writeProtection(of path: String) -> String? {
        // Unsafe: the path is lent for the call.
        guard unsafe path.withCString({ unsafe access($0, W_OK) }) != 0 else { return nil }
        switch errno {
        case ENOENT: return nil
        case EROFS: return "is on a file system that is mounted read-only"
        default: return "may not be written by this user"
        }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The path from the root, for those who work in another folder.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String { ReplacedFile.folder(of: path) }

    /// Makes the folder that a file is to be in, and those around it.
    static func makeFolder(for path: String) throws {
        let folder = folder(of: path)
        if isFolder(folder) { return }
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw Failure("cannot make the folder \(folder) of --database: \(reason(error))")
        }
        // A new folder is on the disk when the one that it stands in is; SQLite sees to its own files only.
        var inner = folder[...]
        while let slash = inner.lastIndex(of: "/") {
            inner = inner[..<slash]
            sync(inner.isEmpty ? "/" : String(inner))
        }
        if !folder.hasPrefix("/") { sync(".") }
    }

    /// Best effort: some file systems know no such thing.
    private static func sync(_ folder: String) {
        // Unsafe: the path is lent for the call.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    static func seeds(in folder: String) throws -> SeedFiles {
        guard isFolder(folder) else {
            throw Failure("there is no seeds folder \(folder); name it with --seeds, or run where it is")
        }
        var files: [String: [UInt8]] = [:]
        for name in SeedFiles.names where exists("\(folder)/\(name)") {
            files[name] = try contents(of: "\(folder)/\(name)")
        }
        return SeedFiles(files)
    }

    /// The files of a folder and those below it, by their paths in it. Hidden ones are left out.
    static func pages(in folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try paths(in: folder)
        where isPlain("\(folder)/\(name)") && !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            files[name] = try contents(of: "\(folder)/\(name)")
        }
        return files
    }

    private static func paths(in folder: String) throws -> [String] {
        do { return try FileManager.default.subpathsOfDirectory(atPath: folder) } catch {
            throw Failure("cannot read the folder \(folder): \(reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        let error = error as? CocoaError
        return switch error?.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "there is no such file or folder"
        case .fileReadNoPermission, .fileWriteNoPermission: "no permission"
        case .fileWriteVolumeReadOnly: "the file system is read-only"
        case .fileWriteOutOfSpace: "the disk is full"
        default: (error?.underlying as? POSIXError).map { message($0.code.rawValue) } ?? "the system does not say why"
        }
    }
}
