// SPDX-License-Identifier: Apache-2.0

/// A member with its value in one call, and containers that close themselves. A nil is written as `null`: a documented
/// member is always there.
extension JSONWriter {
    package mutating func member(_ name: StaticString, _ value: String) {
        member(name)
        string(value)
    }

    package mutating func member(_ name: StaticString, _ value: String?) {
        member(name)
        if let value { string(value) } else { null() }
    }

    package mutating func member(_ name: StaticString, _ value: Int) {
        member(name)
        integer(value)
    }

    package mutating func member(_ name: StaticString, _ value: Int?) {
        member(name)
        if let value { integer(value) } else { null() }
    }

    package mutating func member(_ name: StaticString, _ value: Double?) {
        member(name)
        if let value { number(value) } else { null() }
    }

    package mutating func member(_ name: StaticString, _ value: Bool?) {
        member(name)
        if let value { bool(value) } else { null() }
    }

    package mutating func member(_ name: StaticString, _ values: [String]) {
        array(name) { array in
            for value in values { array.string(value) }
        }
    }

    // MARK: Containers

    package mutating func object<E: Error>(_ members: (inout JSONWriter) throws(E) -> Void) throws(E) {
        beginObject()
        try members(&self)
        endObject()
    }

    package mutating func object<E: Error>(
        _ name: StaticString, _ members: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        member(name)
        try object(members)
    }

    package mutating func array<E: Error>(_ elements: (inout JSONWriter) throws(E) -> Void) throws(E) {
        beginArray()
        try elements(&self)
        endArray()
    }

    package mutating func array<E: Error>(
        _ name: StaticString, _ elements: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        member(name)
        try array(elements)
    }
}
