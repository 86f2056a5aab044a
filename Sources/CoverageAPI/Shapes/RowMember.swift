// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

/// Where a member stands in the rows of its record, and so how it is written without a value being made of it.
enum RowMember: Sendable {
    case cell(RowCell)
    case href(FactType)
    case references(FactType, child: Int)
    /// The first column of each row.
    case texts(child: Int)
    /// Its parts, in the order of the member's kind.
    case objects([RowCell], child: Int)
    case citations(statuses: Bool)
    case coverage
}

/// The same of what is in one row: by its first column.
enum RowCell: Sendable {
    case constant(String)
    case text(Int32)
    case optionalText(Int32)
    case closed(Vocabulary, Int32)
    case optionalClosed(Vocabulary, Int32)
    case integer(Int32)
    case optionalNumber(Int32)
    case reference(FactType, Int32)
    case optionalReference(FactType, Int32)
    /// EDTF, basis and note, in this and the next two columns.
    case date(Int32)
}

extension Shape {
    /// Writes the record that the rows stand on as a JSON object. What `fields` leaves out is not read, and so not found to be
    /// unreadable.
    func write(_ rows: borrowing RecordRows, _ view: RecordView, to json: inout JSONWriter) throws {
        // `Selection.rows` gives none of such a type.
        guard let rowMembers else { return assertionFailure("a type that is written from values alone") }
        var coverage: CoverageCount?
        json.beginObject()
        let members = members.span
        for index in members.indices where view.shows(members[index].name) {
            json.member(members[index].name)
            switch rowMembers[index] {
            case .cell(let cell): try json.cell(cell, of: rows.record, view.rendering)
            case .href(let type):
                rows.record.writeText(RowQueries.id, after: view.rendering.links.collection(type), to: &json)
            case .references(let type, let child): try json.references(type, rows, child, view.rendering)
            case .texts(let child): try json.texts(rows, child)
            case .objects(let cells, let child):
                try json.objects(cells, members[index].kind.parts, rows, child, view.rendering)
            case .citations(let statuses): coverage = try json.citations(rows, view.rendering, statuses: statuses)
            case .coverage: json.coverage(try coverage ?? rows.forEachCitation { _ in })
            }
        }
        let position = rows.position
        for inclusion in view.included {
            json.member(named: inclusion.name)
            json.array(inclusion.references[position], view.rendering)
        }
        json.endObject()
    }
}

// As values are written in `JSONWriter+Coverage`; the two are held against each other by a test.
extension JSONWriter {
    fileprivate mutating func cell(_ cell: RowCell, of row: borrowing Row, _ rendering: Rendering) throws {
        switch cell {
        case .optionalText(let column), .optionalClosed(_, let column), .optionalNumber(let column),
            .optionalReference(_, let column):
            if row.isAbsent(column) { return null() }
        default: break
        }
        switch cell {
        case .constant(let text): string(text)
        case .text(let column), .optionalText(let column): row.writeText(column, to: &self)
        case .closed(let set, let column), .optionalClosed(let set, let column):
            try row.writeClosed(column, set, to: &self)
        case .integer(let column): row.writeInteger(column, to: &self)
        case .optionalNumber(let column): row.writeNumber(column, to: &self)
        case .reference(let type, let column), .optionalReference(let type, let column):
            reference(type, row, column, rendering)
        case .date(let column):
            if try !days(row, column) { date(try row.date(column)) }
        }
    }

    /// A reference, whose name stands behind its id.
    private mutating func reference(_ type: FactType, _ row: borrowing Row, _ column: Int32, _ rendering: Rendering) {
        row.lendTexts(column, column + 1) { id, name in
            beginPieces()
            piece(#"{"id":""#)
            content(decoding: id)
            piece(type.piece)
            content(decoding: name)
            rendering.links.writeHrefPiece(type, to: &self)
            content(decoding: id)
            piece(#""}"#)
        }
    }

    /// A date in three columns: EDTF, basis, note. Most are one day or two, which stand in the text as they are written.
    /// - Returns: false, having written nothing, for any other.
    private mutating func days(_ row: borrowing Row, _ column: Int32) throws -> Bool {
        var isWritten = false
        row.lendText(column) { text in
            guard let days = EDTF.days(in: text) else { return }
            beginObject()
            member("edtf")
            string(decoding: text)
            member("earliest")
            string(decoding: text.extracting(days.first))
            member("latest")
            string(decoding: text.extracting(days.last))
            isWritten = true
        }
        guard isWritten else { return false }
        members(#""precision":"day""#)
        member("basis")
        try row.writeClosed(column + 1, Self.bases, to: &self)
        member("note")
        if row.isAbsent(column + 2) { null() } else { row.writeText(column + 2, to: &self) }
        endObject()
        return true
    }

    fileprivate mutating func references(
        _ type: FactType, _ rows: borrowing RecordRows, _ child: Int, _ rendering: Rendering
    ) throws {
        beginArray()
        try rows.forEachChild(child) { row in reference(type, row, 1, rendering) }
        endArray()
    }

    fileprivate mutating func texts(_ rows: borrowing RecordRows, _ child: Int) throws {
        beginArray()
        try rows.forEachChild(child) { row in row.writeText(1, to: &self) }
        endArray()
    }

    fileprivate mutating func objects(
        _ cells: [RowCell], _ parts: [MemberDeclaration], _ rows: borrowing RecordRows, _ child: Int,
        _ rendering: Rendering
    ) throws {
        beginArray()
        try rows.forEachChild(child) { row in
            beginObject()
            // Borrowed, not copied one by one; there is a cell for each part.
            let (parts, cells) = (parts.span, cells.span)
            for index in cells.indices {
                member(parts[index].name)
                try cell(cells[index], of: row, rendering)
            }
            endObject()
        }
        endArray()
    }

    /// - Returns: how widely the record is reported.
    fileprivate mutating func citations(
        _ rows: borrowing RecordRows, _ rendering: Rendering, statuses: Bool
    ) throws -> CoverageCount {
        beginArray()
        let coverage = try rows.forEachCitation { row in
            beginObject()
            member("article")
            reference(.article, row, CitationColumn.article, rendering)
            member("paragraph")
            row.writeInteger(CitationColumn.paragraph, to: &self)
            member("anchors")
            row.writeAnchors(CitationColumn.anchors, to: &self)
            if statuses {
                member("status")
                try cell(.optionalClosed(Self.statuses, CitationColumn.status), of: row, rendering)
            }
            endObject()
        }
        endArray()
        return coverage
    }

    private static let statuses = Vocabulary(EventStatus.self)
    private static let bases = Vocabulary(DateBasis.self)

    fileprivate mutating func coverage(_ count: CoverageCount) {
        beginObject()
        member("articles", count.articles)
        member("independent", count.independent)
        endObject()
    }
}

extension FactType {
    /// What stands between id and name of a reference.
    fileprivate var piece: StaticString {
        switch self {
        case .event: #"","type":"event","name":""#
        case .person: #"","type":"person","name":""#
        case .issue: #"","type":"issue","name":""#
        case .statement: #"","type":"statement","name":""#
        case .organization: #"","type":"organization","name":""#
        case .place: #"","type":"place","name":""#
        case .discrepancy: #"","type":"discrepancy","name":""#
        case .article: #"","type":"article","name":""#
        }
    }
}
