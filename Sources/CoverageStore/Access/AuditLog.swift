// SPDX-License-Identifier: Apache-2.0

package import SQLite

/// The trail of who changed what: rows are added in the transaction that makes the change, and never altered.
package enum AuditLog {
    package struct Entry: Sendable, Equatable {
        package let number: Int
        /// RFC 3339.
        package let at: String
        /// The token's name, or `operator`.
        package let actor: String
        /// The token's id; nil for the operator.
        package let token: String?
        package let address: String?
        package let request: String?
        package let action: String
    }

    /// - Parameter time: RFC 3339; that of the change, when it is known already.
    /// - Returns: the entry's number.
    package static func record(
        _ author: Author, on connection: Connection, at time: String? = nil
    ) throws -> Int {
        let row = try connection.prepare(
            """
            INSERT INTO audit (at, actor, token, address, request, action) VALUES (?, ?, ?, ?, ?, ?)
            """)
        try row.bind(1, time ?? Timestamp.now())
        try row.bind(2, author.name)
        try row.bind(3, author.token)
        try row.bind(4, author.address)
        try row.bind(5, author.request)
        try row.bind(6, author.action)
        try row.run()
        return Int(connection.lastInsertRowID)
    }
}

extension Author {
    /// The one at the machine itself.
    /// - Parameter request: the number of the request.
    package static func `operator`(request: String?, action: String) -> Author {
        Author(name: operatorName, token: nil, address: nil, request: request, action: action)
    }

    /// What the operator is called in the audit trail; no token may have this name.
    package static let operatorName = "operator"
}

extension Reader {
    /// The last entries of the audit trail, newest first.
    package func audit(limit: Int) throws -> [AuditLog.Entry] {
        let rows = try connection.prepare(
            "SELECT number, at, actor, token, address, request, action FROM audit ORDER BY number DESC LIMIT ?")
        try rows.bind(1, limit)
        var entries: [AuditLog.Entry] = []
        while try rows.step() {
            entries.append(
                AuditLog.Entry(
                    number: rows.int(0), at: rows.text(1), actor: rows.text(2), token: rows.optionalText(3),
                    address: rows.optionalText(4), request: rows.optionalText(5), action: rows.text(6)))
        }
        return entries
    }
}
