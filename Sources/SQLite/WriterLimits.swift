// SPDX-License-Identifier: Apache-2.0

/// How much a writer takes on at once.
package struct WriterLimits: Sendable {
    /// Jobs that may wait; more are refused.
    package var waiting = 256

    /// Jobs that are committed together, at most.
    package var batch = 256

    /// Bytes in the write-ahead log from which on it is copied into the database. SQLite's own default, a sixteenth of this, is
    /// reached every few commits of many jobs: pages that they have in common are copied each time, and each time the disk is
    /// waited for.
    package var log = 64 << 20

    package init() {}
}
