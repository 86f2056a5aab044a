// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// One member of a record's shape: what is declared of it, how to get its value, and where it stands in the record's rows. JSON, CSV
/// columns, what `fields` may name and the schemas of `/openapi.json` are all made from this one declaration.
struct Member<Record: StoredFact>: Sendable {
    let declaration: MemberDeclaration
    /// Where it is in the record's rows; nil where it follows from more than they hold. One such member, and all records of the type
    /// are written from values.
    let place: RowMember?
    let value: @Sendable (Stored<Record>) -> MemberValue

    var name: StaticString { declaration.name }
    var kind: MemberKind { declaration.kind }

    init(
        _ name: StaticString, _ kind: MemberKind, orNull isNullable: Bool = false, _ meaning: String,
        at place: RowMember? = nil, value: @escaping @Sendable (Stored<Record>) -> MemberValue
    ) {
        declaration = MemberDeclaration(name, kind, orNull: isNullable, meaning)
        self.place = place
        self.value = value
    }
}

/// A member, of a record or of an object in one, without its value.
struct MemberDeclaration: Sendable {
    let name: StaticString
    let kind: MemberKind
    /// Whether its value can be null.
    let isNullable: Bool
    /// For a reader who knows the coverage and not the program.
    let meaning: String

    init(_ name: StaticString, _ kind: MemberKind, orNull isNullable: Bool = false, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.isNullable = isNullable
        self.meaning = meaning
    }
}

/// What a member holds.
indirect enum MemberKind: Sendable {
    case text, slug, timestamp, digest, href, flag
    /// The same text in every record.
    case constant(String)
    case closed(Vocabulary)
    case integer(from: Int)
    case number(ClosedRange<Double>)
    case reference, references, texts, date
    /// - Parameter statuses: whether each says how its paragraph has the event.
    case citations(statuses: Bool)
    /// A reference to records of several types, which its id alone does not tell apart.
    case anyReference
    case object([MemberDeclaration])
    case objects([MemberDeclaration])
}

/// What a member holds for one record; an object's values stand in the order in which its kind names them.
enum MemberValue {
    case text(String?)
    case integer(Int)
    case number(Double?)
    case flag(Bool)
    case href(FactType, String)
    case reference(Reference?)
    case references([Reference])
    case texts([String])
    /// Far larger than the others, which are to be passed on as they are.
    indirect case date(DateStatement?)
    case citations([Citation])
    case object([MemberValue]?)
    case objects([[MemberValue]])
}

// The closure's type says whether the value can be null.
extension Member {
    typealias Getter<Value> = @Sendable (Stored<Record>) -> Value

    static func text(
        _ name: StaticString, _ meaning: String, at column: Int32? = nil, _ value: @escaping Getter<String>
    ) -> Member {
        Member(name, .text, meaning, at: column.map { .cell(.text($0)) }) { .text(value($0)) }
    }

    static func text(
        _ name: StaticString, _ meaning: String, at column: Int32? = nil, _ value: @escaping Getter<String?>
    ) -> Member {
        Member(name, .text, orNull: true, meaning, at: column.map { .cell(.optionalText($0)) }) { .text(value($0)) }
    }

    static func closed<Set: ClosedSet>(
        _ name: StaticString, _ meaning: String, at column: Int32? = nil, _ value: @escaping Getter<Set>
    ) -> Member {
        let set = Vocabulary(Set.self)
        return Member(name, .closed(set), meaning, at: column.map { .cell(.closed(set, $0)) }) {
            .text(value($0).rawValue)
        }
    }

    static func closed<Set: ClosedSet>(
        _ name: StaticString, _ meaning: String, at column: Int32? = nil, _ value: @escaping Getter<Set?>
    ) -> Member {
        let set = Vocabulary(Set.self)
        return Member(
            name, .closed(set), orNull: true, meaning, at: column.map { .cell(.optionalClosed(set, $0)) }
        ) {
            .text(value($0)?.rawValue)
        }
    }

    static func integer(
        _ name: StaticString, from least: Int = 0, _ meaning: String, at column: Int32? = nil,
        _ value: @escaping Getter<Int>
    ) -> Member {
        Member(name, .integer(from: least), meaning, at: column.map { .cell(.integer($0)) }) { .integer(value($0)) }
    }

    static func number(
        _ name: StaticString, _ range: ClosedRange<Double>, _ meaning: String, at column: Int32? = nil,
        _ value: @escaping Getter<Double?>
    ) -> Member {
        Member(name, .number(range), orNull: true, meaning, at: column.map { .cell(.optionalNumber($0)) }) {
            .number(value($0))
        }
    }

    static func flag(_ name: StaticString, _ meaning: String, _ value: @escaping Getter<Bool>) -> Member {
        Member(name, .flag, meaning) { .flag(value($0)) }
    }

    static func reference(
        _ name: StaticString, _ meaning: String, at place: (FactType, Int32)? = nil,
        _ value: @escaping Getter<Reference?>
    ) -> Member {
        Member(name, .reference, orNull: true, meaning, at: place.map { .cell(.optionalReference($0, $1)) }) {
            .reference(value($0))
        }
    }

    static func anyReference(_ name: StaticString, _ meaning: String, _ value: @escaping Getter<Reference>) -> Member {
        Member(name, .anyReference, meaning) { .reference(value($0)) }
    }

    static func references(
        _ name: StaticString, _ meaning: String, at place: (FactType, Record.Child)? = nil,
        _ value: @escaping Getter<[Reference]>
    ) -> Member {
        Member(name, .references, meaning, at: place.map { .references($0, child: $1.rawValue) }) {
            .references(value($0))
        }
    }

    static func texts(
        _ name: StaticString, _ meaning: String, at child: Record.Child? = nil, _ value: @escaping Getter<[String]>
    ) -> Member {
        Member(name, .texts, meaning, at: child.map { .texts(child: $0.rawValue) }) { .texts(value($0)) }
    }

    static func date(
        _ name: StaticString, _ meaning: String, at column: Int32? = nil, _ value: @escaping Getter<DateStatement?>
    ) -> Member {
        Member(name, .date, orNull: true, meaning, at: column.map { .cell(.date($0)) }) { .date(value($0)) }
    }

    static func object(
        _ name: StaticString, _ meaning: String, _ parts: [MemberDeclaration], at place: RowMember? = nil,
        _ value: @escaping Getter<[MemberValue]>
    ) -> Member {
        Member(name, .object(parts), meaning, at: place) { .object(value($0)) }
    }

    static func optionalObject(
        _ name: StaticString, _ meaning: String, _ parts: [MemberDeclaration],
        _ value: @escaping Getter<[MemberValue]?>
    ) -> Member {
        Member(name, .object(parts), orNull: true, meaning) { .object(value($0)) }
    }

    static func objects(
        _ name: StaticString, _ meaning: String, _ parts: [MemberDeclaration],
        at place: (cells: [RowCell], child: Record.Child)? = nil, _ value: @escaping Getter<[[MemberValue]]>
    ) -> Member {
        assert(place.map { $0.cells.count == parts.count } ?? true, "a cell for each part")
        return Member(name, .objects(parts), meaning, at: place.map { .objects($0, child: $1.rawValue) }) {
            .objects(value($0))
        }
    }
}
