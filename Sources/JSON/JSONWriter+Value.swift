// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes any value, its members in their order.
    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { write(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                self.member(named: member.name)
                write(member.value)
            }
            endObject()
        }
    }
}
