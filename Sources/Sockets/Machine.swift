// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What there is to work with.
package enum Machine {
    /// The processors that are switched on; at least one.
    package static var processorCount: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
}
