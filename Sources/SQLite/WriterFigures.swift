// SPDX-License-Identifier: Apache-2.0

/// What a writer has done since it was made.
package struct WriterFigures: Sendable, Equatable {
    /// The upper bounds of all classes of batches but the last, in jobs.
    package static let bounds = [1, 2, 4, 8, 16, 32, 64, 128, 256]

    /// Jobs that wait for their batch.
    package internal(set) var waiting = 0
    /// Batches by the number of their jobs; the last class has no upper bound.
    package private(set) var batches = [UInt64](repeating: 0, count: bounds.count + 1)
    package private(set) var jobs: UInt64 = 0
    /// How long it was at work, commits included and checkpoints not.
    package internal(set) var busy = Duration.zero
    /// How often the log could not be copied into the database.
    package internal(set) var failedCheckpoints: UInt64 = 0

    mutating func add(batch size: Int) {
        let index = Self.bounds.firstIndex { size <= $0 } ?? Self.bounds.count
        batches[index] &+= 1
        jobs &+= UInt64(size)
    }
}
