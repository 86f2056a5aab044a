// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

extension MemberKind {
    /// The members of an object.
    var parts: [MemberDeclaration] {
        switch self {
        case .object(let parts), .objects(let parts): parts
        default: []
        }
    }

    fileprivate var hasStatuses: Bool {
        if case .citations(let statuses) = self { statuses } else { false }
    }
}

/// The values of records in JSON.
extension JSONWriter {
    mutating func value(_ value: MemberValue, of kind: MemberKind, _ rendering: Rendering) {
        switch value {
        case .text(let text): optional(text)
        case .integer(let number): integer(number)
        case .number(let number): if let number { self.number(number) } else { null() }
        case .flag(let flag): bool(flag)
        case .href(let type, let id): string(rendering.links.collection(type), id)
        case .reference(let reference): self.reference(reference, rendering)
        case .references(let references): array(references, rendering)
        case .texts(let texts): array { json in for text in texts { json.string(text) } }
        case .date(let date): self.date(date)
        case .citations(let citations): array(citations, rendering, statuses: kind.hasStatuses)
        case .object(let values):
            if let values { object(values, of: kind, rendering) } else { null() }
        case .objects(let all):
            array { json in for values in all { json.object(values, of: kind, rendering) } }
        }
    }

    private mutating func object(_ values: [MemberValue], of kind: MemberKind, _ rendering: Rendering) {
        object { json in
            for (member, value) in zip(kind.parts, values) {
                json.member(member.name)
                json.value(value, of: member.kind, rendering)
            }
        }
    }

    mutating func reference(_ reference: Reference, _ rendering: Rendering) {
        object { $0.members(of: reference, rendering) }
    }

    mutating func reference(_ reference: Reference?, _ rendering: Rendering) {
        if let reference { self.reference(reference, rendering) } else { null() }
    }

    mutating func members(of reference: Reference, _ rendering: Rendering) {
        member("id", reference.id)
        member("type", reference.type.rawValue)
        member("name", reference.name)
        member("href")
        string(rendering.links.collection(reference.type), reference.id)
    }

    mutating func array(_ references: [Reference], _ rendering: Rendering) {
        array { json in
            for reference in references { json.reference(reference, rendering) }
        }
    }

    private mutating func optional(_ string: String?) {
        if let string { self.string(string) } else { null() }
    }

    mutating func date(_ date: DateStatement?) {
        guard let date else { return null() }
        object { json in
            json.member("edtf", date.edtf.description)
            json.member("earliest", date.edtf.earliest?.description)
            json.member("latest", date.edtf.latest?.description)
            json.member("precision", date.edtf.precision.rawValue)
            json.member("basis", date.basis.rawValue)
            json.member("note", date.note)
        }
    }

    /// Citations; those of an event also say how their paragraph has it.
    private mutating func array(_ citations: [Citation], _ rendering: Rendering, statuses: Bool) {
        array { json in
            for citation in citations {
                json.object { json in json.members(of: citation, rendering, status: statuses) }
            }
        }
    }

    mutating func members(of citation: Citation, _ rendering: Rendering, status: Bool) {
        member("article")
        reference(citation.article, rendering)
        member("paragraph", citation.paragraph)
        member("anchors", citation.anchors)
        if status { member("status", citation.status?.rawValue) }
        if let texts = rendering.texts { member("text", texts[citation]) }
    }
}
