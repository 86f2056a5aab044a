// SPDX-License-Identifier: Apache-2.0

/// Why a lock file was not taken.
package enum LockFileError: Error, Hashable, Sendable {
    /// Another process, or another owner in this one, has it; its process id where the file tells.
    case held(path: String, pid: Int32?)
    /// The kernel refused the file itself.
    case failed(path: String, errno: Int32)
}

extension LockFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .held(let path, let pid?): "\(path) is held by process \(pid)"
        case .held(let path, nil): "\(path) is held by another process"
        case .failed(let path, let errno): "cannot lock \(path): \(systemMessage(errno))"
        }
    }
}
