// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A file that is written under another name beside its own, and takes its place whole and on disk, or not at all.
package struct ReplacedFile: ~Copyable {
    package let path: String
    /// Where it is until it is done: new, empty, readable by its owner only.
    package let temporaryPath: String
    private var isDone = false

    package init(_ path: String) throws(FileError) {
        self.path = path
        temporaryPath = "\(path).\(getpid()).partial"
        // What another process of this number has left behind is nobody's any more.
        // Unsafe, as on all lines of this file: paths are read during the calls.
        _ = unsafe unlink(temporaryPath)
        let descriptor = unsafe open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileError("cannot write \(path)", errno) }
        close(descriptor)
    }

    deinit {
        if !isDone { _ = unsafe unlink(temporaryPath) }
    }

    package func write(_ bytes: [UInt8]) throws(FileError) {
        let descriptor = unsafe open(temporaryPath, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FileError("cannot write \(path)", errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileError("cannot write \(path)", errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until its bytes are on the disk.
    package func sync() throws(FileError) { try Self.sync(temporaryPath) }

    /// Puts the file in its place, in that of any other there, when its bytes are on the disk.
    package mutating func take() throws(FileError) {
        try sync()
        guard unsafe rename(temporaryPath, path) == 0 else { throw FileError("cannot write \(path)", errno) }
        isDone = true
        try Self.sync(Self.folder(of: path))
    }

    /// Waits until a file's bytes, or a folder's names, are on the disk.
    private static func sync(_ path: String) throws(FileError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("cannot sync \(path)", errno) }
        defer { close(descriptor) }
        // Some file systems cannot sync folders and say so; their names are as safe as they get.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError("cannot sync \(path)", errno) }
    }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// What the kernel refused to do with a file.
package struct FileError: Error, CustomStringConvertible {
    package let description: String

    package init(_ attempt: String, _ code: Int32) { description = "\(attempt): \(systemMessage(code))" }
}

/// A file read in pieces.
package enum FilePieces {
    /// Calls `body` with each piece of the file, in order.
    package static func forEach(of path: String, _ body: ([UInt8]) throws -> Void) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("cannot read \(path)", errno) }
        defer { close(descriptor) }
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            // Unsafe: at most the piece's length is written.
            let count = unsafe read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileError("cannot read \(path)", errno) }
            if count == 0 { return }
            try body(count == piece.count ? piece : Array(piece.prefix(count)))
        }
    }
}
