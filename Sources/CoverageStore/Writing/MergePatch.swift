// SPDX-License-Identifier: Apache-2.0

internal import JSON

extension JSONValue {
    /// This value with a JSON merge patch applied (RFC 7396, section 2).
    func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var object = JSONObject()
        if case .object(let own) = self { object = own }
        for change in changes.members {
            object[change.name] =
                change.value == .null ? nil : (object[change.name] ?? .null).merged(with: change.value)
        }
        return .object(object)
    }
}
