// SPDX-License-Identifier: Apache-2.0

/// Why a command failed: one clear line for standard error, exit status 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
