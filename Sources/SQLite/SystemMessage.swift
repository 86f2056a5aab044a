// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The C library's words for an errno.
func systemMessage(_ code: Int32) -> String {
    // Unsafe: the message is this thread's until its next call of strerror, and is copied at once.
    unsafe String(cString: strerror(code))
}
