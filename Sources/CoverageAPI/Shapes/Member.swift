// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// One member of a record's shape: its name, its kind, and how to get its value. JSON, CSV columns and what `fields` may name
/// are all made from this one declaration.
struct Member<Record: StoredFact>: Sendable {
    let name: StaticString
    let kind: MemberKind
    let value: @Sendable (Stored<Record>) -> MemberValue
}

/// What a member holds. Text and numbers may be null.
indirect enum MemberKind: Sendable {
    case text, integer, number, flag, href
    case reference, references, texts, date, citations
    /// A reference to records of several types, which its id alone does not tell apart.
    case anyReference
    case object([(name: StaticString, kind: MemberKind)])
    case objects([(name: StaticString, kind: MemberKind)])
}

/// What a member holds for one record; an object's values stand in the order in which its kind names them.
indirect enum MemberValue {
    case text(String?)
    case integer(Int)
    case number(Double?)
    case flag(Bool)
    case href(FactType, String)
    case reference(Reference?)
    case references([Reference])
    case texts([String])
    case date(DateStatement?)
    case citations([Citation], statuses: Bool)
    case object([MemberValue]?)
    case objects([[MemberValue]])
}

extension Member {
    static func text(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> String?) -> Member {
        Member(name: name, kind: .text) { .text(value($0)) }
    }

    static func integer(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> Int) -> Member {
        Member(name: name, kind: .integer) { .integer(value($0)) }
    }

    static func number(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> Double?) -> Member {
        Member(name: name, kind: .number) { .number(value($0)) }
    }

    static func flag(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> Bool) -> Member {
        Member(name: name, kind: .flag) { .flag(value($0)) }
    }

    static func reference(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> Reference?) -> Member {
        Member(name: name, kind: .reference) { .reference(value($0)) }
    }

    static func anyReference(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> Reference?)
        -> Member
    {
        Member(name: name, kind: .anyReference) { .reference(value($0)) }
    }

    static func references(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> [Reference]) -> Member
    {
        Member(name: name, kind: .references) { .references(value($0)) }
    }

    static func texts(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> [String]) -> Member {
        Member(name: name, kind: .texts) { .texts(value($0)) }
    }

    static func date(_ name: StaticString, _ value: @escaping @Sendable (Stored<Record>) -> DateStatement?) -> Member {
        Member(name: name, kind: .date) { .date(value($0)) }
    }

    static func object(
        _ name: StaticString, _ kinds: [(name: StaticString, kind: MemberKind)],
        _ value: @escaping @Sendable (Stored<Record>) -> [MemberValue]?
    ) -> Member {
        Member(name: name, kind: .object(kinds)) { .object(value($0)) }
    }

    static func objects(
        _ name: StaticString, _ kinds: [(name: StaticString, kind: MemberKind)],
        _ value: @escaping @Sendable (Stored<Record>) -> [[MemberValue]]
    ) -> Member {
        Member(name: name, kind: .objects(kinds)) { .objects(value($0)) }
    }
}
