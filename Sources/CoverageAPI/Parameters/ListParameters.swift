// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

/// What a list's query means: the typed query for the store and the view of its records.
struct ListParameters<Record: ServedFact>: Sendable {
    let query: ListQuery<Record>
    let selection: Selection<Record>
    /// The members whose values are to be counted.
    let facets: [Record.Field]
    /// The article as whose readers the records are shown.
    let reporter: String?
    let format: Format
    /// Whether a page was asked for; a list in another format than JSON is whole otherwise.
    let isLimited: Bool
    /// Ties cursors to this very query.
    let fingerprint: String
    /// The version of the data, where the cursors hold for that version only.
    let version: Int?
    /// The parameters as sent.
    let items: [QueryReader.Item]

    /// The records as the reporter has them, where one was named.
    func shown(_ records: [Stored<Record>]) -> [Stored<Record>] {
        guard let reporter else { return records }
        return records.map { $0.with($0.value.reported(by: reporter)) }
    }

    /// - Parameters:
    ///   - query: of a path that has all of `parameters`, or those that make sense there.
    ///   - fixed: what every record of the list matches.
    ///   - order: the order when none is asked for; with a search that is relevance otherwise.
    ///   - formats: what the path can answer in.
    init(
        _ query: inout QueryReader, path: String, fixed: [Filter<Record.Field>] = [], order: ListOrder? = nil,
        formats: [Format] = Record.formats, reader: Reader
    ) throws {
        let filters = try Self.filters(&query, reader: reader)
        let search = Self.search(&query)
        let window = Record.isDated ? Self.window(&query) : nil
        let (order, isDescending) = Self.order(&query, default: order, isSearch: search != nil)
        let limit = query.take(.limit)
        let cursor = query.take(.expiringCursor)
        facets = (query.take(Self.facets) ?? []).compactMap(Record.Field.init)
        reporter = Record.isReported ? try query.article(.asReportedBy, reader: reader) : nil
        selection = Selection(&query)
        format = try query.format(formats)
        if format != .json && !facets.isEmpty {
            query.refuse("facets", "'facets' goes with JSON; there is no room for counts in \(format.rawValue).")
        }
        if format == .ics {
            for name in Selection<Record>.parameters.map(\.name) where query.items.contains(where: { $0.name == name })
            {
                query.refuse(name, "'\(name)' goes with other formats: what an entry of a calendar holds is fixed.")
            }
        }
        try query.finish()

        items = query.items
        isLimited = items.contains { $0.name == "limit" || $0.name == "cursor" }
        let fingerprint = Cursor.fingerprint(of: query.items, path: path)
        let version = order.name == ListOrder.relevance.name ? try reader.dataVersion() : nil
        let after = try cursor.map {
            try Cursor.decode($0, fingerprint: fingerprint, version: version, count: order.keyCount)
        }
        self.fingerprint = fingerprint
        self.version = version
        self.query = ListQuery(
            filters: fixed + filters, search: search, window: window, reporter: reporter, order: order,
            isDescending: isDescending,
            limit: limit, after: after)
    }

    private static func search(_ query: inout QueryReader) -> SearchExpression? {
        guard let text = query.take(.words) else { return nil }
        let expression = SearchExpression(text)
        if expression == nil { query.refuse("q", "'q' holds no word to look for.") }
        return expression
    }

    private static func window(_ query: inout QueryReader) -> DateWindow? {
        let from = query.take(.from)
        let to = query.take(.to)
        let isCertain = query.take(.certain)
        guard from != nil || to != nil || isCertain else { return nil }
        do throws(DateFilter.Fault) {
            return DateWindow(try DateFilter(from: from, to: to), isCertain: isCertain)
        } catch {
            let parameter = if case .notPlain(let name) = error { name } else { "from" }
            query.refuse(parameter, "\(error.message).")
            return nil
        }
    }

    private static func order(
        _ query: inout QueryReader, default fallback: ListOrder?, isSearch: Bool
    ) -> (ListOrder, isDescending: Bool) {
        guard let value = query.take(Self.sort) else {
            return (fallback ?? (isSearch ? .relevance : Record.defaultOrder), false)
        }
        let name = value.hasPrefix("-") ? value.dropFirst() : value[...]
        let order = orders.first { $0.name == name } ?? Record.defaultOrder
        if order.name == ListOrder.relevance.name, !isSearch {
            query.refuse("sort", "'sort' can be 'relevance' only with 'q'.")
        }
        return (order, value.hasPrefix("-"))
    }
}

// MARK: Declarations

extension ListParameters {
    /// Every parameter of the list.
    static var parameters: [any DeclaredParameter] { searching + [sort, facets] + narrowing }

    /// Those of a list in an order of its own, whose records are not counted.
    static var parametersOfView: [any DeclaredParameter] { searching + narrowing }

    private static var searching: [any DeclaredParameter] {
        [Parameter.words, Parameter.limit, Parameter.expiringCursor]
    }

    private static var narrowing: [any DeclaredParameter] {
        (Record.isReported ? [Parameter.asReportedBy] : []) + (Record.isDated ? dates : []) + filters
            + Selection<Record>.parameters
    }

    private static var dates: [any DeclaredParameter] {
        [Parameter<EDTF?>.from, Parameter<EDTF?>.to, Parameter<Bool>.certain]
    }

    private static var filters: [any DeclaredParameter] {
        let fields = Record.Field.allCases
        return fields.map { FilterParameter($0, isNegated: false) }
            + fields.map { FilterParameter($0, isNegated: true) }
    }

    private static var orders: [ListOrder] { [ListOrder.name] + Record.orders + [.relevance] }

    private static var sort: Parameter<String?> {
        .choice(
            "sort", of: orders.flatMap { [$0.name, "-\($0.name)"] },
            """
            The order of the list, `-` for the other way round; what lacks a value comes last both ways. `relevance` goes with \
            `q`, and is then the order unless another is asked for; without `q` it is `\(Record.defaultOrder.name)`.
            """)
    }

    private static var facets: Parameter<[String]?> {
        .choices(
            "facets", of: Record.Field.allCases.filter(\.test.isCountable).map(\.rawValue),
            """
            Counts, for each of these filters, how many records have which value: each without its own filter, so that one can \
            see what another choice would give. With JSON only.
            """)
    }
}

extension Parameter where Value == EDTF? {
    fileprivate static let from = Parameter.date(
        "from", "A day, month or year: keeps what may have happened on its first day or later, never what has no date.",
        example: "2023-06")

    fileprivate static let to = Parameter.date(
        "to", "A day, month or year: keeps what may have happened on its last day or earlier, never what has no date.",
        example: "2023-06-19")
}

extension Parameter where Value == Bool {
    fileprivate static let certain = Parameter.flag(
        "certain",
        """
        Keeps only what must lie wholly between `from` and `to`: never what has no date, a beginning or end that is not known, or \
        a date that is uncertain or approximate, whichever side is asked about.
        """)
}

/// One filter of a list, or its complement. Values are read together with the others, by `ListParameters`.
struct FilterParameter<Field: FilterField>: DeclaredParameter {
    let field: Field
    let isNegated: Bool

    init(_ field: Field, isNegated: Bool) {
        self.field = field
        self.isNegated = isNegated
    }

    var place: ParameterPlace { .query }
    var isRequired: Bool { false }
    var problems: [ProblemType] { [] }
    var name: String { isNegated ? "\(field.rawValue).not" : field.rawValue }

    var meaning: String {
        let several = "Several values, separated by commas, are alternatives"
        let absence = field.test.canBeAbsent ? "; `none` stands for having no value" : ""
        if isNegated { return "Leaves out what `\(field.rawValue)` with the same value keeps." }
        return "\(field.meaning) \(several)\(absence); the parameter given again narrows further."
    }

    var schema: Schema {
        switch field.domain {
        case .closedSet(let values): .choices(values + (field.test.canBeAbsent ? ["none"] : []))
        case .record, .official, .country: .text(pattern: "^[a-z0-9:-]+(,[a-z0-9:-]+)*$")
        case .anyRecord: .text(pattern: "^([a-z]+:)?[a-z0-9-]+(,([a-z]+:)?[a-z0-9-]+)*$")
        case .text: .text(pattern: "^[^,]+(,[^,]+)*$")
        }
    }

    var example: String? {
        switch field.domain {
        case .closedSet(let values): values.first
        case .record(let type): Example.id(of: type)
        case .anyRecord: "event:\(Example.id(of: .event))"
        case .official: Example.id(of: .person)
        case .country: "china"
        case .text: field.rawValue == "credit" ? "Al-Jazeera" : nil
        }
    }
}
