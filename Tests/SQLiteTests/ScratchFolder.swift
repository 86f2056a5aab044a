// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A folder of its own for one test, removed with all it holds.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "readout-sqlite-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? setPermissions(0o755)
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { path + "/test.db" }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + name)
    }

    func setPermissions(_ mode: Int, of name: String = "") throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }

    /// The descriptors this process has open on files of the folder whose name has this ending.
    func openDescriptors(endingIn suffix: String = "") throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init).filter {
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            return target?.hasPrefix(path) == true && target?.hasSuffix(suffix) == true
        }
    }
}

/// Runs `body` with the file rights of a plain user, on this thread only; root is refused nothing.
func asPlainUser<Result>(_ body: () throws -> Result) throws -> Result {
    guard geteuid() == 0 else { return try body() }
    typealias SetFSUID = @convention(c) (UInt32) -> Int32
    // Unsafe: the C library's function has this type; Swift's overlay leaves its header out.
    guard let symbol = unsafe dlsym(nil, "setfsuid") else { throw CocoaError(.featureUnsupported) }
    let setfsuid = unsafe unsafeBitCast(symbol, to: SetFSUID.self)
    _ = setfsuid(65534)
    defer { _ = setfsuid(0) }
    return try body()
}
