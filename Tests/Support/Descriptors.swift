// SPDX-License-Identifier: Apache-2.0

import Sockets

package enum Descriptors {
    /// Lets this process have as many descriptors as it may, and returns how many clients of a server in the same process
    /// that is enough for: at most `wanted`.
    package static func allowClients(_ wanted: Int) -> Int {
        // Two for each, and some for all the tests that run meanwhile.
        return min(wanted, Machine.useAllDescriptors() / 3)
    }
}
