// SPDX-License-Identifier: Apache-2.0

/// What stood in the places of a pattern's parameters, percent-decoded.
package struct PathParameters: Sendable {
    private let items: [(name: String, value: String)]

    package init(_ items: [(name: String, value: String)] = []) {
        self.items = items
    }

    /// The value of a parameter of the route's own pattern: never empty. Empty for any other name.
    package subscript(name: String) -> String {
        items.first { $0.name == name }?.value ?? ""
    }
}
