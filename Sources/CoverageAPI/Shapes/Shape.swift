// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

/// How records of one type look in JSON: their members, in order. What `fields` may name and what is written both come
/// from here.
struct Shape<Record: StoredFact>: Sendable {
    struct Member: Sendable {
        let name: StaticString
        let write: @Sendable (Stored<Record>, inout JSONWriter, Rendering) -> Void
    }

    let members: [Member]

    /// The members every resource has, then the type's own, then those of every fact.
    init(_ own: [Member]) {
        let identity = [
            Member("id") { $1.string($0.value.id) },
            Member("type") { $1.string($0.value.reference.type.rawValue) },
            Member("name") { $1.string($0.value.name) },
            Member(linked: "href") { $1.string($2.links.href(Record.type, $0.value.id)) },
        ]
        let citations = [
            Member(linked: "evidence") { $1.array($0.value.evidence, $2, statuses: Record.type == .event) },
            Member("coverage") { record, json in
                json.object {
                    $0.member("articles", record.coverage.articles)
                    $0.member("independent", record.coverage.independent)
                }
            },
        ]
        let state = [
            Member("revision") { $1.integer($0.revision) },
            Member("updatedAt") { $1.string($0.updatedAt) },
        ]
        members = identity + own + (Record.type == .article ? [] : citations) + state
    }

    var names: [String] { members.map { $0.name.description } }

    func write(_ record: Stored<Record>, _ view: RecordView, position: Int, to json: inout JSONWriter) {
        json.object { json in
            for member in members where view.shows(member.name) {
                json.member(member.name)
                member.write(record, &json, view.rendering)
            }
            for inclusion in view.included {
                json.member(named: inclusion.name)
                json.array { json in
                    for reference in inclusion.references[position] { json.reference(reference, view.rendering) }
                }
            }
        }
    }
}

extension Shape.Member {
    /// A member whose value needs no rendering.
    init(_ name: StaticString, _ write: @escaping @Sendable (Stored<Record>, inout JSONWriter) -> Void) {
        self.init(name: name) { record, json, _ in write(record, &json) }
    }

    /// A member with links or citations in it.
    init(
        linked name: StaticString, _ write: @escaping @Sendable (Stored<Record>, inout JSONWriter, Rendering) -> Void
    ) {
        self.init(name: name, write: write)
    }
}

/// What of the records one answer shows.
struct RecordView {
    let rendering: Rendering
    /// The members asked for by `fields`; nil is all.
    let fields: Set<String>?
    /// What `include` added: for each record of the page, in order.
    let included: [(name: String, references: [[Reference]])]

    /// A record without these could not be told apart, fetched or read.
    static let always: Set<String> = ["id", "type", "href"]

    func shows(_ name: StaticString) -> Bool {
        guard let fields else { return true }
        let member = name.description
        return fields.contains(member) || Self.always.contains(member)
    }
}

/// How values look that depend on more than themselves.
struct Rendering {
    let links: Links
    /// What may leave of the cited paragraphs, where `include=text` asked for it.
    let texts: ParagraphTexts?
}
