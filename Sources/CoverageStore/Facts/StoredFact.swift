// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

/// A fact that has a table. Each type's conformance is the one place that knows the columns of its own row by their numbers.
package protocol StoredFact: Fact {
    /// The parameters a list of this type can be filtered by.
    associatedtype Field: FilterField
    /// What stands in other tables, where answers are written from rows.
    associatedtype Child: RowChild = NoChildren

    /// The table whose `id`, `name`, `revision` and `updated_at` are the record's own.
    static var table: String { get }
    /// The orders a list can have beside `name`, which every type has.
    static var orders: [ListOrder] { get }
    /// What `include` can add.
    static var inclusions: [Inclusion] { get }

    /// The records whose places in lists follow from this one, now that it is no longer as it was.
    /// - Parameter old: what it was; nil when it is new.
    func dependents(since old: Self?) -> [Dependents]
    /// The same for when it is deleted.
    var dependentsAtItsEnd: [Dependents] { get }

    /// How a field is tested when one article's view is asked for.
    static func test(of field: Field) -> FilterTest

    /// What answers are written from without making values first; nil where a member follows from more than its columns.
    static var rows: RowQueries? { get }
    /// The records of a batch, in its order, whatever does not exist left out.
    static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Self>]

    /// Writes row and children, replacing what was there. Citations and aliases are `Recorder`'s.
    /// - Parameter isNew: whether there is nothing of it yet.
    func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws
    /// Other names, kept in one table for all types.
    var aliases: [String] { get }
}

extension StoredFact {
    package static var orders: [ListOrder] { [] }
    package static var inclusions: [Inclusion] { [] }
    package static var rows: RowQueries? { nil }
    package func dependents(since old: Self?) -> [Dependents] { [] }
    package var dependentsAtItsEnd: [Dependents] { [] }
    package static func test(of field: Field) -> FilterTest { field.test }
    package var aliases: [String] { [] }
}

/// Arrays of references that `include` adds to each item of an answer.
package struct Inclusion: Sendable {
    /// The parameter's value and the member's name.
    package let name: String
    package let type: FactType
    /// Selects position in the batch, id and name, ordered by position.
    let sql: String

    /// - Parameter path: joins `wanted.value`, the id of the including record, to the table alias `x` of the included.
    init(_ name: String, of type: FactType, table: String, path: String) {
        self.name = name
        self.type = type
        sql = """
            SELECT DISTINCT wanted.key, x.id, x.name FROM json_each(?1) AS wanted \(path)
            ORDER BY wanted.key, x.name, x.id
            """
    }

    /// The discrepancies whose subject is the record.
    init(_ name: String, about type: FactType) {
        self.init(
            name, of: .discrepancy, table: "discrepancies",
            path: """
                JOIN discrepancies AS x ON x.subject_type = '\(type.rawValue)' AND x.subject_id = wanted.value
                """)
    }

    /// The references for each record of the batch.
    func load(_ batch: Batch, from connection: Connection) throws -> [[Reference]] {
        var found = [[Reference]](repeating: [], count: batch.ids.count)
        try batch.forEachRow(of: sql, on: connection) { position, row in
            found[position].append(Reference(type, row.text(1), name: row.text(2)))
        }
        return found
    }
}
