// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

extension HTTPFields {
    /// The value of a field, as the subscript gives it. That goes the way of joining several lines even where there is one, which
    /// takes ten times as long.
    package func value(of name: HTTPField.Name) -> String? {
        var lines = 0
        var value: String?
        for field in self where field.name == name {
            lines += 1
            value = field.value
        }
        return lines > 1 ? self[name] : value
    }
}
