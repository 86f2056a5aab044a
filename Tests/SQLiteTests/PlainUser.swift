// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import TestSupport

extension ScratchFolder {
    var database: String { path("test.db") }
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
