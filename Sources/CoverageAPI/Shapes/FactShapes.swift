// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

/// A type of record that the API serves.
protocol ServedFact: ReadableFact {
    static var shape: Shape<Self> { get }
    /// The order of a list when none is asked for.
    static var defaultOrder: ListOrder { get }
    /// Whether `from`, `to` and `certain` apply.
    static var isDated: Bool { get }
    /// Whether `asReportedBy` applies: one article may leave the record at another stage than the coverage as a whole.
    static var isReported: Bool { get }
    /// The record as one article has it.
    func reported(by article: String) -> Self
}

extension ServedFact {
    static var defaultOrder: ListOrder { .name }
    static var isDated: Bool { false }
    static var isReported: Bool { false }
    func reported(by article: String) -> Self { self }
}

extension Event: ServedFact {
    static var isReported: Bool { true }
    static var defaultOrder: ListOrder { .date }
    static var isDated: Bool { true }

    static let shape = Shape<Event>([
        .init("title") { $1.string($0.value.title) },
        .init("summary") { $1.string($0.value.summary) },
        .init("kind") { $1.string($0.value.kind.rawValue) },
        .init("status") { $1.optional($0.value.status?.rawValue) },
        .init("date") { $1.date($0.value.date) },
        .init(linked: "place") { $1.reference($0.value.place, $2) },
        .init(linked: "partOf") { $1.reference($0.value.partOf, $2) },
        .init(linked: "participants") { event, json, rendering in
            json.array { json in
                for participant in event.value.participants {
                    json.object { json in
                        json.member("person")
                        json.reference(participant.person, rendering)
                        json.member("role", participant.role.rawValue)
                    }
                }
            }
        },
        .init(linked: "organizations") { $1.array($0.value.organizations, $2) },
        .init(linked: "issues") { $1.array($0.value.issues, $2) },
    ])
}

extension Person: ServedFact {
    static let shape = Shape<Person>([
        .init("category") { $1.string($0.value.category.rawValue) },
        .init("aliases") { $1.array($0.value.aliases) },
        .init(linked: "country") { $1.reference($0.value.country, $2) },
        .init(linked: "offices") { person, json, rendering in
            json.array { json in
                for office in person.value.offices {
                    json.object { json in
                        json.member("title", office.title)
                        json.member("organization")
                        json.reference(office.organization, rendering)
                        json.member("evidence")
                        json.array(office.evidence, rendering)
                    }
                }
            }
        },
        .init("counts") { person, json in
            json.object {
                $0.member("events", person.derived.events)
                $0.member("statements", person.derived.statements)
                $0.member("issues", person.derived.issues)
                $0.member("articles", person.derived.articles)
            }
        },
    ])
}

extension Issue: ServedFact {
    static let shape = Shape<Issue>([
        .init("aliases") { $1.array($0.value.aliases) },
        .init("summary") { $1.string($0.value.summary) },
        .init(linked: "broader") { $1.reference($0.value.broader, $2) },
        .init(linked: "narrower") { $1.array($0.derived.narrower, $2) },
        .init(linked: "positions") { issue, json, rendering in
            json.array { json in
                for position in issue.value.positions {
                    json.object { json in
                        json.member("party")
                        json.reference(position.party, rendering)
                        json.member("gist", position.gist)
                        json.member("evidence")
                        json.array(position.evidence, rendering)
                    }
                }
            }
        },
        .init("counts") { issue, json in
            json.object {
                $0.member("events", issue.derived.events)
                $0.member("statements", issue.derived.statements)
                $0.member("people", issue.derived.people)
                $0.member("articles", issue.derived.articles)
            }
        },
    ])
}

extension Organization: ServedFact {
    static let shape = Shape<Organization>([
        .init("kind") { $1.string($0.value.kind.rawValue) },
        .init("aliases") { $1.array($0.value.aliases) },
        .init(linked: "country") { $1.reference($0.value.country, $2) },
        .init(linked: "memberOf") { $1.array($0.value.memberOf, $2) },
    ])
}

extension Place: ServedFact {
    static let shape = Shape<Place>([
        .init("kind") { $1.string($0.value.kind.rawValue) },
        .init("aliases") { $1.array($0.value.aliases) },
        .init(linked: "within") { $1.reference($0.value.within, $2) },
        .init("latitude") { $1.optional($0.value.latitude) },
        .init("longitude") { $1.optional($0.value.longitude) },
    ])
}

extension Statement: ServedFact {
    static var isDated: Bool { true }

    static let shape = Shape<Statement>([
        .init("gist") { $1.string($0.value.gist) },
        .init(linked: "speaker") { $1.reference($0.value.speaker, $2) },
        .init("speakerAs") { $1.optional($0.value.speakerAs) },
        .init("form") { $1.string($0.value.form.rawValue) },
        .init(linked: "event") { $1.reference($0.value.event, $2) },
        .init(linked: "issues") { $1.array($0.value.issues, $2) },
        .init("date") { $1.date($0.value.date) },
        .init(linked: "variants") { $1.array($0.value.variants, $2) },
    ])
}

extension Discrepancy: ServedFact {
    static let shape = Shape<Discrepancy>([
        .init("aspect") { $1.string($0.value.aspect) },
        .init(linked: "subject") { $1.reference($0.value.subject, $2) },
        .init("kind") { $1.string($0.value.kind.rawValue) },
        .init(linked: "accounts") { discrepancy, json, rendering in
            json.array { json in
                for account in discrepancy.value.accounts {
                    json.object { json in
                        json.member("claim", account.claim)
                        json.member("evidence")
                        json.array(account.evidence, rendering)
                    }
                }
            }
        },
    ])
}

extension Article: ServedFact {
    static let shape = Shape<Article>([
        .init("source") { $1.string($0.value.source) },
        .init("headline") { $1.optional($0.value.headline) },
        .init("publisher") { $1.optional($0.value.publisher) },
        .init("credit") { $1.optional($0.value.credit) },
        .init("published") { $1.date($0.value.published) },
        .init("lineage") { article, json in
            guard let lineage = article.value.lineage else { return json.null() }
            json.object {
                $0.member("group", lineage.group)
                $0.member("reason", lineage.reason)
                $0.member("confidence", lineage.confidence)
            }
        },
        .init("paragraphs") { $1.integer($0.value.digests.count) },
        .init("words") { $1.integer($0.value.words) },
        .init("sha256") { $1.string($0.value.sha256) },
        .init("hasText") { $1.bool($0.derived.hasText) },
    ])
}

extension JSONWriter {
    fileprivate mutating func optional(_ number: Double?) {
        if let number { self.number(number) } else { null() }
    }
}
