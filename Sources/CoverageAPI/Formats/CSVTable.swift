// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// Records as rows (RFC 4180): a column for each member, dotted where it is an object; lists are joined by `;`, records in
/// them by their ids; a list within a list by `|`.
struct CSVTable<Record: ServedFact> {
    private let view: RecordView
    private var text = ""

    init(_ view: RecordView) {
        self.view = view
        let columns = Record.shape.members.filter { view.shows($0.name) }.flatMap {
            Self.columns($0.name.description, $0.kind)
        }
        row(columns + view.included.map(\.name))
    }

    mutating func add(_ record: Stored<Record>, _ view: RecordView, position: Int) {
        var cells: [String] = []
        for member in Record.shape.members where view.shows(member.name) {
            cells += self.cells(member.value(record), member.kind)
        }
        row(cells + view.included.map { Self.join($0.references[position].map(\.id)) })
    }

    func finish() -> [UInt8] { Array(text.utf8) }

    private mutating func row(_ cells: [String]) {
        text += cells.map(Self.quoted).joined(separator: ",") + "\r\n"
    }

    /// By Unicode scalars: a quotation mark with a combining mark behind it is one character to Swift, and still a
    /// quotation mark to whoever reads the table.
    private static func quoted(_ cell: String) -> String {
        guard cell.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }) else {
            return cell
        }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }

    private static func join(_ values: [String], _ separator: String = ";") -> String {
        values.joined(separator: separator)
    }

    private static func columns(_ name: String, _ kind: MemberKind) -> [String] {
        switch kind {
        case .text, .slug, .timestamp, .digest, .constant, .closed, .integer, .number, .flag, .href, .references,
            .texts,
            .citations:
            [name]
        case .reference: ["\(name).id", "\(name).name"]
        case .anyReference: ["\(name).id", "\(name).type", "\(name).name"]
        case .date: ["edtf", "earliest", "latest", "precision", "basis", "note"].map { "\(name).\($0)" }
        case .object(let kinds): kinds.flatMap { columns("\(name).\($0.name)", $0.kind) }
        // A list of objects is a column for each of their members, each a list in the same order.
        case .objects(let kinds): kinds.map { "\(name).\($0.name)" }
        }
    }

    private func cells(_ value: MemberValue, _ kind: MemberKind) -> [String] {
        switch (value, kind) {
        case (.reference(let reference), .anyReference):
            return [reference?.id ?? "", reference?.type.rawValue ?? "", reference?.name ?? ""]
        case (.reference(let reference), _): return [reference?.id ?? "", reference?.name ?? ""]
        case (.date(let date), _):
            return [
                date?.edtf.description, date?.edtf.earliest?.description, date?.edtf.latest?.description,
                date?.edtf.precision.rawValue, date?.basis.rawValue, date?.note,
            ].map { $0 ?? "" }
        case (.object(let values), .object(let kinds)):
            guard let values else { return Self.columns("", kind).map { _ in "" } }
            return zip(values, kinds).flatMap { cells($0, $1.kind) }
        case (.objects(let all), .objects(let kinds)):
            return kinds.indices.map { index in Self.join(all.map { cell($0[index], separator: "|") }) }
        default: return [cell(value)]
        }
    }

    /// A value in one cell; a record is its id.
    /// - Parameter separator: parts the elements of a list: another one where the list itself is an element, so that the
    ///   columns of a list of objects stay in step.
    private func cell(_ value: MemberValue, separator: String = ";") -> String {
        switch value {
        case .text(let text): text ?? ""
        case .integer(let number): String(number)
        case .number(let number): number.map { "\($0)" } ?? ""
        case .flag(let flag): String(flag)
        case .href(let type, let id): view.rendering.links.href(type, id)
        case .reference(let reference): reference?.id ?? ""
        case .references(let references): Self.join(references.map(\.id), separator)
        case .texts(let texts): Self.join(texts, separator)
        case .date(let date): date?.edtf.description ?? ""
        case .citations(let citations):
            Self.join(citations.map { "\($0.article.id)#\($0.paragraph)" }, separator)
        case .object(let values): Self.join((values ?? []).map { cell($0) }, separator)
        case .objects(let all): Self.join(all.flatMap { $0.map { cell($0) } }, separator)
        }
    }
}
