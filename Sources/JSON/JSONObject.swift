// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object: in the order in which they were written, and found by name.
///
/// A name occurs once. Names are compared as Swift compares strings, by canonical equivalence, so two spellings of
/// one accented name count as the same name. Two objects are equal when they have equal members in whatever order
/// (RFC 8259, section 1: an object is an unordered collection).
package struct JSONObject: Sendable {
    package struct Member: Sendable, Equatable {
        package let name: String
        package var value: JSONValue
    }

    /// The members in order.
    package private(set) var members: [Member] = []

    /// Where each name is in `members`; kept only by objects too large to be searched from end to end.
    private var positions: [String: Int]?

    private static let searchedWithoutIndex = 12

    package init() {}

    /// A name given twice keeps its first place and its last value.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members { self[name] = value }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var names: [String] { members.map(\.name) }

    package func contains(_ name: String) -> Bool { position(of: name) != nil }

    /// The value of a member, nil when there is none of that name (a member that is null gives `.null`).
    /// Setting replaces in place or adds at the end; setting nil removes.
    package subscript(name: String) -> JSONValue? {
        get { position(of: name).map { members[$0].value } }
        set {
            switch (position(of: name), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func position(of name: String) -> Int? {
        if let positions { return positions[name] }
        return members.firstIndex { $0.name == name }
    }

    private mutating func append(_ member: Member) {
        positions?[member.name] = members.count
        members.append(member)
        if positions == nil, members.count > Self.searchedWithoutIndex { buildIndex() }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        if positions != nil { buildIndex() }
    }

    private mutating func buildIndex() {
        var built: [String: Int] = [:]
        built.reserveCapacity(members.count * 2)
        for (position, member) in members.enumerated() { built[member.name] = position }
        positions = built
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// A name given twice keeps its first place and its last value.
    package init(dictionaryLiteral members: (String, JSONValue)...) { self.init(members) }
}

extension JSONObject: Equatable {
    package static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.count == b.count && a.members.allSatisfy { b[$0.name] == $0.value }
    }
}
