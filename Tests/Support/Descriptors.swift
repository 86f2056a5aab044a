// SPDX-License-Identifier: Apache-2.0

import Glibc

package enum Descriptors {
    /// Lets this process have as many descriptors as it may, and returns how many clients of a server in the same process
    /// that is enough for: at most `wanted`.
    package static func allowClients(_ wanted: Int) -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        // Unsafe: both calls work on one value that lasts for the call.
        guard unsafe getrlimit(kind, &limit) == 0 else { return 100 }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(kind, &limit)
        // Two for each, and some for all the tests that run meanwhile.
        return min(wanted, Int(clamping: limit.rlim_cur) / 3)
    }
}
