// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// What of each record an answer shows: `fields` and `include`, alike for lists and items.
struct Selection<Record: ServedFact>: Sendable {
    /// What `include` can add: references, and the cited paragraphs' text for what has citations.
    private static var offered: [String] { Record.inclusions.map(\.name) + (Record.type == .article ? [] : [text]) }
    private static var text: String { "text" }
    private static var notInCalendars: String { Record.formats.contains(.ics) ? " Not with `format=ics`." : "" }

    private static var fields: Parameter<[String]?> {
        .choices(
            "fields", of: Record.shape.names,
            "Only these members of each record, separated by commas; `id`, `type` and `href` always come.\(notInCalendars)",
            example: "name")
    }

    private static var include: Parameter<[String]?> {
        .choices(
            "include", of: offered,
            """
            More about each record, separated by commas: arrays of references to what belongs to it\
            \(Record.type == .article ? "" : "; `text` adds the cited paragraphs to the citations shown, as far as the operator lets them out").\(notInCalendars)
            """)
    }

    static var parameters: [any DeclaredParameter] { [fields, include] }

    private let fields: Set<String>?
    private let inclusions: [Inclusion]
    private let withTexts: Bool

    init(_ query: inout QueryReader) {
        fields = query.take(Self.fields).map(Set.init)
        let wanted = query.take(Self.include) ?? []
        inclusions = Record.inclusions.filter { wanted.contains($0.name) }
        withTexts = wanted.contains(Self.text)
    }

    /// Reads what the answer adds to these records.
    func view(of ids: [String], with reader: Reader, _ settings: APISettings) throws -> RecordView {
        let included = try inclusions.map { (name: $0.name, references: try reader.references($0, of: ids)) }
        let texts = withTexts ? try reader.texts(citedBy: ids, of: Record.type, excerpts: settings.excerpts) : nil
        return RecordView(
            rendering: Rendering(links: settings.links, texts: texts), fields: fields, included: included)
    }

    func view(of ids: [String], in context: Context) throws -> RecordView {
        try view(of: ids, with: context.reader, context.settings)
    }

    /// The rows that these records can be written from as they come; nil where values of them are needed.
    /// - Parameter reporter: the article as whose readers they are shown.
    func rows(of ids: [String], reporter: String?, in context: Context) throws -> RecordRows? {
        if withTexts || reporter != nil || Record.shape.rowMembers == nil { return nil }
        return try context.reader.rows(of: ids, Record.self)
    }
}
