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

    // Rethrowing rather than generic over the error: what another module calls is not specialised for it.

    package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        beginObject()
        try members(&self)
        endObject()
    }

    package mutating func object(_ name: StaticString, _ members: (inout JSONWriter) throws -> Void) rethrows {
        member(name)
        try object(members)
    }

    package mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        beginArray()
        try elements(&self)
        endArray()
    }

    package mutating func array(_ name: StaticString, _ elements: (inout JSONWriter) throws -> Void) rethrows {
        member(name)
        try array(elements)
    }
}
