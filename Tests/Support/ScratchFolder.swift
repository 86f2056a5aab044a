// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder of its own for one test, removed with all it holds.
package final class ScratchFolder: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "readout-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        // A test may have taken them away.
        try? setPermissions(0o755)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Where a file of this name is, or would be.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Makes the folders on the way too.
    /// - Returns: the file's path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        let file = path(name)
        try FileManager.default.createDirectory(
            at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    /// Of a file in the folder, or of the folder itself.
    package func setPermissions(_ mode: Int, of name: String = "") throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    }

    /// The descriptors this process has open on files of the folder whose name has this ending.
    package func openDescriptors(endingIn suffix: String = "") throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init).filter {
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            return target?.hasPrefix(path) == true && target?.hasSuffix(suffix) == true
        }
    }
}
