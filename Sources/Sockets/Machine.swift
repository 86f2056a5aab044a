// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What there is to work with.
package enum Machine {
    /// The processors that are switched on; at least one.
    package static var processorCount: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Lets the process have as many descriptors as the system allows it: the usual limit of 1024 is for programs that still
    /// call `select`.
    /// - Returns: how many that are.
    package static func useAllDescriptors() -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        // Unsafe: here and below, the value lasts for the call.
        guard unsafe getrlimit(kind, &limit) == 0 else { return 0 }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        return Int(clamping: unsafe setrlimit(kind, &limit) == 0 ? limit.rlim_max : before)
    }
}
