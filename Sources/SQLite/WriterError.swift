// SPDX-License-Identifier: Apache-2.0

/// Why a job was not taken on by the writer.
package enum WriterError: Error, Hashable, Sendable {
    /// As many jobs as the limit are waiting.
    case queueFull(limit: Int)
    /// The writer has been closed.
    case closed
    /// A job asked for another job and would wait for itself.
    case nested
}

extension WriterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .queueFull(let limit): "the queue of the writer is full (\(limit) jobs)"
        case .closed: "the writer is closed"
        case .nested: "a job of the writer asked the writer for another"
        }
    }
}
