// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

// The shapes that answers share, beside the writers of `JSONWriter+Coverage`.

extension Schema {
    /// The one shape in which records point at each other.
    static let reference = Schema.named(
        "Reference",
        .object(referenceMembers).described("Points at a record.").example([
            "id": "qin-gang", "type": "person", "name": "Qin Gang", "href": "/v1/people/qin-gang",
        ]))

    /// Of a reference, and of what is one with more about it.
    static let referenceMembers = [
        Property("id", .slug, "The record's id, unique within its type."),
        Property("type", .closed(FactType.self), "The record's type."),
        Property("name", .text, "What it is called."),
        Property("href", .href, "Where it is."),
    ]

    /// Absolute where the operator said how the world reaches the server.
    static let href = Schema.text(format: "uri-reference")
    static let timestamp = Schema.text(format: "date-time")
    /// ISO 8601-1, with a sign beyond four-digit years.
    static let day = Schema.text(pattern: "^[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}$")
    static let digest = Schema.text(pattern: "^[0-9a-f]{64}$")
    static let revision = Schema.integer(from: 1)

    static let date = Schema.named(
        "DateStatement",
        .object([
            Property(
                "edtf", .text,
                "In the Extended Date/Time Format (ISO 8601-2): `2023-06-18`, `2023-06`, `2018/..`, `2023~`."),
            Property(
                "earliest", .nullable(.day), "The first day it may mean; null where there is none or none is known."),
            Property("latest", .nullable(.day), "The last day it may mean; null where there is none or none is known."),
            Property("precision", .closed(DatePrecision.self), "How exactly it is known."),
            Property("basis", .closed(DateBasis.self), "Where it is known from."),
            Property("note", .nullable(.text), "How it is known, where no article simply gives it."),
        ]).described("A date, with what is known of it and how. Days are those of the place.").example([
            "edtf": "2023-06-18/2023-06-19", "earliest": "2023-06-18", "latest": "2023-06-19", "precision": "day",
            "basis": "stated", "note": .null,
        ]))

    static func citation(statuses: Bool) -> Schema {
        .named(
            statuses ? "EventCitation" : "Citation",
            .object(citationMembers(statuses: statuses)).described("The paragraph of an article that reports a fact.")
                .example(.object(citationExample(statuses: statuses))))
    }

    private static func citationExample(statuses: Bool) -> JSONObject {
        var citation: JSONObject = [
            "article": [
                "id": "a-bid-to-ease-tensions", "type": "article", "name": "A Bid to Ease Tensions",
                "href": "/v1/articles/a-bid-to-ease-tensions",
            ], "paragraph": 5, "anchors": ["Beijing"],
        ]
        if statuses { citation["status"] = "occurred" }
        return citation
    }

    static func citationMembers(statuses: Bool) -> [Property] {
        let status = Property(
            "status", .nullable(.closed(EventStatus.self)),
            "How this paragraph has the event; null where it does not tell.")
        return [
            Property("article", .reference, "The article."),
            Property("paragraph", .integer(from: 1), "The n-th of its lines that are not blank, from 1."),
            Property("anchors", .array(.text, atLeast: 1, atMost: 3), "Words that stand in the paragraph."),
        ] + (statuses ? [status] : []) + [
            Property(
                "text", .nullable(.text),
                """
                With `include=text`: the paragraph, as far as the operator lets it out; null where the article's text was \
                not imported.
                """, isRequired: false)
        ]
    }

    // MARK: Lists

    static let page = Schema.named(
        "Page",
        .object([
            Property("limit", .integer(from: 0), "How many items the page has at most."),
            Property("total", .integer(from: 0), "How many there are on all pages."),
            Property(
                "totalIs", .choice(["exact", "atLeast"]), "Whether all were counted; counting ends at 10,000."),
            Property("next", .nullable(.text), "The `cursor` of the next page; null on the last one."),
        ]).described("Where in a list a page is.").example([
            "limit": 20, "total": 66, "totalIs": "exact", "next": "5b22363637353734343831646166222c2d315d",
        ]))

    static let facetCounts = Schema.array(
        .named(
            "FacetCount",
            .object([
                Property("value", .text, "A value of the filter."),
                Property("name", .text, "What to call it: of an id the record's name."),
                Property("count", .integer(from: 0), "How many records have it."),
            ]).described("How many records of a list have a value.")))

    /// What every list is.
    /// - Parameter name: of the whole, such as `EventList`.
    static func list(_ name: String, of item: Schema, facets: Schema? = nil) -> Schema {
        let counted = facets.map {
            Property("facets", $0, "Counts by filter, where `facets` asked for them.", isRequired: false)
        }
        return .named(
            name,
            .object(
                [Property("data", .array(item), "The items of this page."), Property("page", .page, "Where it is.")]
                    + (counted.map { [$0] } ?? [])))
    }

    /// What a text format holds.
    static func text(_ meaning: String) -> Schema { .text.described(meaning) }
}

extension MemberKind {
    /// What an answer has.
    var schema: Schema {
        switch self {
        case .text: .text
        case .slug: .slug
        case .timestamp: .timestamp
        case .digest: .digest
        case .href: .href
        case .flag: .flag
        case .constant(let text): .choice([text])
        case .closed(let vocabulary): .closed(vocabulary)
        case .integer(let least): .integer(from: least)
        case .number(let range): .number(range)
        case .reference, .anyReference: .reference
        case .references: .array(.reference)
        case .texts: .array(.text)
        case .date: .date
        case .citations(let statuses): .array(.citation(statuses: statuses))
        case .object(let parts): .object(parts.map(\.property))
        case .objects(let parts): .array(.object(parts.map(\.property)))
        }
    }
}

extension MemberDeclaration {
    var property: Schema.Property {
        Schema.Property(name.description, isNullable ? .nullable(kind.schema) : kind.schema, meaning)
    }
}

extension ServedFact {
    /// The type's name in the document: `Event`.
    static var schemaName: String { type.rawValue.capitalizedFirst }

    private static var inclusionProperties: [Schema.Property] {
        inclusions.map {
            Schema.Property(
                $0.name, .array(.reference),
                "With `include=\($0.name)`: the \($0.name) that belong to it.",
                isRequired: false)
        }
    }

    /// A whole record.
    static var schema: Schema {
        .named(schemaName, .object(shape.members.map(\.declaration.property) + inclusionProperties))
    }

    /// A record of which `fields` asked for some members.
    static var excerpt: Schema {
        let members = shape.members.map { member in
            let property = member.declaration.property
            return Schema.Property(
                property.name, property.schema, property.meaning,
                isRequired: RecordView.always.contains(property.name))
        }
        return .named(
            "\(schemaName)Excerpt",
            .object(members + inclusionProperties)
                .described("Of the \(type.rawValue) the members that `fields` asked for."))
    }

    private static var facets: Schema {
        .object(
            Field.allCases.filter(\.test.isCountable).map {
                Schema.Property($0.rawValue, .facetCounts, "The most frequent first.", isRequired: false)
            })
    }

    static var listSchema: Schema { .list("\(schemaName)List", of: schema, facets: facets) }
    static var excerptListSchema: Schema { .list("\(schemaName)ExcerptList", of: excerpt, facets: facets) }
}
