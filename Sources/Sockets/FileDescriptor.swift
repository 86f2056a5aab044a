// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The only owner of an open descriptor: closing is what happens when it goes away.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The kernel's number for it, valid while the owner lives. Lend it, never keep it.
    package let number: Int32

    /// Takes over a descriptor that nobody else will close.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // Linux releases the number even when close reports an error, so there is nothing to retry.
        _ = close(number)
    }
}
