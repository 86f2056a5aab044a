// SPDX-License-Identifier: Apache-2.0

/// What stood in the places of a pattern's parameters, percent-decoded.
package struct PathParameters: Sendable {
    private let names: [String]
    private let values: [String]

    package init() { self.init(names: [], values: []) }

    /// - Parameter values: in the order of the names.
    init(names: [String], values: [String]) {
        self.names = names
        self.values = values
    }

    /// The value of a parameter of the route's own pattern: never empty. Empty for any other name.
    package subscript(name: String) -> String {
        guard let place = names.firstIndex(of: name), values.indices.contains(place) else { return "" }
        return values[place]
    }
}
