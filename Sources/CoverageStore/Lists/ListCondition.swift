// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// One filter, its values looked up: what a record must have, or must not.
struct ListCondition {
    enum Kind {
        /// One of these terms, or a link to one of these values.
        case among([ListTerm], links: ListLinks?, isSingle: Bool)
        /// One of these values of an expression over the record.
        case computed(SQL, [String], allowsAbsent: Bool)
    }

    let kind: Kind
    let isNegated: Bool

    init(_ kind: Kind, isNegated: Bool = false) {
        self.kind = kind
        self.isNegated = isNegated
    }

    init<Record: StoredFact>(
        _ filter: Filter<Record.Field>, in query: ListQuery<Record>, on connection: Connection
    ) throws {
        let test = query.test(of: filter.field)
        var links: ListLinks?
        var values = filter.values
        switch test.access {
        case .computed(let expression):
            kind = .computed(expression(query.reporter ?? ""), filter.values, allowsAbsent: filter.allowsAbsent)
            isNegated = filter.isNegated
            return
        case .linked(let link):
            if !values.isEmpty { links = ListLinks(link: link, values: values) }
            values = []
        case .listed: break
        }
        if filter.allowsAbsent { values.append(ListTerm.absent) }
        // The rest of a closed set is read as itself, so that nothing is passed over.
        if filter.isNegated, test.isSingle, case .closedSet(let all) = filter.field.domain {
            values = (all + [ListTerm.absent]).filter { !values.contains($0) }
            isNegated = false
        } else {
            isNegated = filter.isNegated
        }
        let terms = try connection.terms(values, of: filter.field.rawValue, Record.type)
        kind = .among(terms, links: links, isSingle: test.isSingle)
    }

    /// The most records that can have it; nil when they are not read by it.
    var records: Int? {
        guard !isNegated, case .among(let terms, let links, _) = kind else { return nil }
        return terms.reduce((links?.values.count ?? 0) * ListLinks.typicalCount) { $0 + $1.records }
    }

    /// The one term that it asks for, if that is all.
    var onlyTerm: ListTerm? {
        guard !isNegated, case .among(let terms, nil, _) = kind, terms.count == 1 else { return nil }
        return terms[0]
    }

    /// The ranges that hold the records that have it, and whether one may be in several.
    var ranges: ([ListRange], mayRepeat: Bool) {
        guard case .among(let terms, let links, let isSingle) = kind else { return ([], false) }
        // What has no link is in none, so only terms can share records.
        return (
            terms.map { ListRange(.listed($0)) } + (links.map { [ListRange(.linked($0))] } ?? []),
            terms.count > 1 && !isSingle
        )
    }
}

/// Records found by links to one of these values.
struct ListLinks {
    let link: Link
    let values: [String]

    /// How many records a value may be expected to have.
    static let typicalCount = 20
}

/// Rows in the order of a list, or so few that they are sorted.
struct ListRange {
    enum Kind {
        case everything
        /// What the search finds, sorted.
        case found
        /// What has a term.
        case listed(ListTerm)
        /// What is linked to a value: the few rows of a link, sorted.
        case linked(ListLinks)
        /// What begins on these days, in the order of dates; of a term, and over by a day, where they are given.
        case begun(ClosedRange<Int32>, end: Int32?, in: ListTerm?)
    }

    let kind: Kind
    /// What of the window of dates is left to be tested of each row.
    let window: DatePlan.Test?

    init(_ kind: Kind, window: DatePlan.Test? = nil) {
        self.kind = kind
        self.window = window
    }

    /// The term of which it is all, with nothing of the window left to be tested.
    var term: ListTerm? {
        if case .listed(let term) = kind, window == nil { term } else { nil }
    }

    /// The most records that can be in it, where a term tells.
    var records: Int? {
        switch kind {
        case .listed(let term): term.records
        case .begun(_, _, let term): term?.records
        case .everything, .found, .linked: nil
        }
    }
}
