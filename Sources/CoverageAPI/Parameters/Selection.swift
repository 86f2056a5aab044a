// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// What of each record an answer shows: `fields` and `include`, alike for lists and items.
struct Selection<Record: ServedFact>: Sendable {
    static var names: [String] { ["fields", "include"] }
    /// `include` of the cited paragraphs' text, for what has citations.
    private static var text: String { "text" }

    private let fields: Set<String>?
    private let inclusions: [Inclusion]
    private let withTexts: Bool

    init(_ query: inout QueryReader) {
        fields = query.list("fields", among: Record.shape.names).map(Set.init)
        let offered = Record.inclusions.map(\.name) + (Record.type == .article ? [] : [Self.text])
        let wanted = query.list("include", among: offered) ?? []
        inclusions = Record.inclusions.filter { wanted.contains($0.name) }
        withTexts = wanted.contains(Self.text)
    }

    /// Reads what the answer adds to these records.
    func view(
        of records: [Stored<Record>], with reader: Reader, _ settings: APISettings
    ) throws -> RecordView {
        let ids = records.map(\.value.id)
        let included = try inclusions.map { (name: $0.name, references: try reader.references($0, of: ids)) }
        let texts = withTexts ? try reader.texts(citedBy: records, excerpts: settings.excerpts) : nil
        return RecordView(
            rendering: Rendering(links: settings.links, texts: texts), fields: fields, included: included)
    }

    func view(of records: [Stored<Record>], in context: Context) throws -> RecordView {
        try view(of: records, with: context.reader, context.settings)
    }
}
