// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A call the kernel refused: which one, and why.
package struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
    /// The C function's name, such as `bind`.
    package let call: String
    /// The value of `errno` right after it, such as `EADDRINUSE`.
    package let code: Int32

    package init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// Reads `errno` now: to be made before anything else can overwrite it.
    init(last call: String) {
        self.init(call: call, code: errno)
    }

    package var description: String {
        "\(call): \(unsafe String(cString: strerror(code)))"  // Unsafe: strerror's text is copied before any other call
    }

    /// Makes the call, again as long as a signal interrupts it, and turns -1 into an error.
    @discardableResult
    static func check(_ call: String, _ body: () -> Int32) throws(Errno) -> Int32 {
        while true {
            let result = body()
            if result >= 0 { return result }
            let error = Errno(last: call)
            if error.code != EINTR { throw error }
        }
    }
}
