// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

/// The values that several shapes share.
extension JSONWriter {
    mutating func reference(_ reference: Reference, _ rendering: Rendering) {
        object { $0.members(of: reference, rendering) }
    }

    mutating func members(of reference: Reference, _ rendering: Rendering) {
        member("id", reference.id)
        member("type", reference.type.rawValue)
        member("name", reference.name)
        member("href", rendering.links.href(reference.type, reference.id))
    }

    mutating func reference(_ reference: Reference?, _ rendering: Rendering) {
        if let reference { self.reference(reference, rendering) } else { null() }
    }

    mutating func array(_ references: [Reference], _ rendering: Rendering) {
        array { json in
            for reference in references { json.reference(reference, rendering) }
        }
    }

    mutating func array(_ strings: [String]) {
        array { json in
            for string in strings { json.string(string) }
        }
    }

    mutating func optional(_ string: String?) {
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
    mutating func array(_ citations: [Citation], _ rendering: Rendering, statuses: Bool = false) {
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
