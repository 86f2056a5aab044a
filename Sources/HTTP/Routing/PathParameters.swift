// SPDX-License-Identifier: Apache-2.0

/// What stood in the places of a pattern's parameters, percent-decoded. An object, as it goes through many hands.
package final class PathParameters: Sendable {
    private let pattern: PathPattern
    private let path: SplitPath

    /// - Parameter path: one that fits the pattern.
    init(of pattern: PathPattern, in path: SplitPath) {
        self.pattern = pattern
        self.path = path
    }

    /// The value of a parameter of the route's own pattern: never empty. Empty for any other name.
    package subscript(name: String) -> String {
        guard let place = pattern.parameterNames.firstIndex(of: name) else { return "" }
        return path.segment(pattern.parameterPlaces[place])
    }
}
