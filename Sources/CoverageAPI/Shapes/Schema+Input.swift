// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

// What clients send: the same shapes, references cut to their ids, what the server adds taken and ignored, and closed, since
// members that are not known are refused.

extension Schema {
    /// Text as records have it.
    fileprivate static let givenText = Schema.value([
        "type": "string", "minLength": 1, "maxLength": 4000, "pattern": "^\\S(.*\\S)?$",
    ])

    /// - Parameter isTyped: whether the type has to be said, since records of several types may be meant.
    static func referenceInput(isTyped: Bool) -> Schema {
        .named(
            isTyped ? "TypedReferenceInput" : "ReferenceInput",
            .object(
                [
                    Property("id", .slug, "The id of the record that is meant."),
                    Property(
                        "type", .closed(FactType.self), isTyped ? "Its type." : "Its type, if it is said at all.",
                        isRequired: isTyped),
                    .ignored("name"), .ignored("href"),
                ], isClosed: true
            ).described("Points at a record; its id is enough\(isTyped ? " with its type" : "")."))
    }

    fileprivate static func dateInput(isPatch: Bool) -> Schema {
        .named(
            isPatch ? "DatePatch" : "DateInput",
            .object(
                [
                    Property("edtf", givenText, "In the Extended Date/Time Format.", isRequired: !isPatch),
                    Property("basis", .closed(DateBasis.self), "Where it is known from.", isRequired: !isPatch),
                    Property(
                        "note", .nullable(givenText), "How it is known; needed with `background`.", isRequired: false),
                    .ignored("earliest"), .ignored("latest"), .ignored("precision"),
                ], isClosed: true))
    }

    fileprivate static func citationInput(statuses: Bool) -> Schema {
        let status = Property(
            "status", .nullable(.closed(EventStatus.self)), "How this paragraph has the event.", isRequired: false)
        let anchor = Schema.value(["type": "string", "minLength": 1, "pattern": "^\\S+$"])
        return .named(
            statuses ? "EventCitationInput" : "CitationInput",
            .object(
                [
                    Property("article", .referenceInput(isTyped: false), "The article."),
                    Property("paragraph", .integer(1...100_000), "The n-th of its lines that are not blank."),
                    Property("anchors", .array(anchor, atLeast: 1, atMost: 3), "One to three words that stand there."),
                ] + (statuses ? [status] : []) + [.ignored("text")], isClosed: true))
    }
}

extension Schema.Property {
    /// A member of what the server gives, which may be sent back and changes nothing.
    fileprivate static func ignored(_ name: String) -> Schema.Property {
        Schema.Property(name, .anything, "Taken and ignored: the server works it out.", isRequired: false)
    }
}

extension MemberKind {
    /// What a request may have.
    /// - Parameter isPatch: whether an object may be given in part.
    fileprivate func input(isPatch: Bool) -> Schema {
        switch self {
        case .text: .givenText
        case .reference: .referenceInput(isTyped: false)
        case .anyReference: .referenceInput(isTyped: true)
        case .references: .array(.referenceInput(isTyped: false))
        case .texts: .array(.with(.text, ["minLength": 1]))
        case .date: .dateInput(isPatch: isPatch)
        case .citations(let statuses): .array(.citationInput(statuses: statuses), atLeast: 1)
        case .object(let parts): .object(parts.map { $0.input(isPatch: isPatch) }, isClosed: true)
        // A merge patch replaces lists whole.
        case .objects(let parts): .array(.object(parts.map { $0.input(isPatch: false) }, isClosed: true))
        case .slug, .timestamp, .digest, .href, .flag, .constant, .closed, .integer, .number: schema
        }
    }

    /// Whether leaving it out means that there is none.
    fileprivate var isList: Bool {
        switch self {
        case .references, .texts, .objects: true
        default: false
        }
    }
}

extension MemberDeclaration {
    fileprivate func input(isPatch: Bool) -> Schema.Property {
        let schema = kind.input(isPatch: isPatch)
        return Schema.Property(
            name.description, isNullable ? .nullable(schema) : schema, meaning,
            isRequired: !isPatch && !isNullable && !kind.isList)
    }
}

extension ServedFact {
    /// A record as POST and PUT take it.
    static var input: Schema {
        .named("\(schemaName)Input", .object(inputProperties(isPatch: false), isClosed: true))
    }

    /// A merge patch (RFC 7396): the members that change, null for what is taken away.
    static var patch: Schema {
        .named("\(schemaName)Patch", .object(inputProperties(isPatch: true), isClosed: true))
    }

    /// Those that the server works out stand last: nobody has to write them.
    static func inputProperties(isPatch: Bool) -> [Schema.Property] {
        let (ignored, given) = shape.members.map(\.declaration).reduce(into: ([Schema.Property](), [Schema.Property]()))
        {
            let property = input(of: $1, isPatch: isPatch)
            if isIgnored($1) { $0.0.append(property) } else { $0.1.append(property) }
        }
        return given + givenOnly + ignored
    }

    private static func isIgnored(_ member: MemberDeclaration) -> Bool {
        let name = member.name.description
        return derivedMembers.contains(name) || workedOut.contains(name)
    }

    private static func input(of member: MemberDeclaration, isPatch: Bool) -> Schema.Property {
        let name = member.name.description
        if case .constant = member.kind {
            return Schema.Property(name, member.kind.schema, "Cannot be another one.", isRequired: false)
        }
        if isIgnored(member) { return .ignored(name) }
        let property = member.input(isPatch: isPatch)
        if let fewest = fewestParts[name] {
            let schema = Schema.with(property.schema, ["minItems": .integer(Int64(fewest))])
            return Schema.Property(name, schema, property.meaning, isRequired: !isPatch)
        }
        // What a patch takes away of a list is all of it.
        let schema = isPatch && member.kind.isList ? .nullable(property.schema) : property.schema
        return Schema.Property(
            name, schema, property.meaning, isRequired: property.isRequired && !madeUp.contains(name))
    }
}
