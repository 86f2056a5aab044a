// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import SQLite

/// The answers to requests that may be repeated.
enum KeptAnswers {
    /// How long they are kept, in seconds.
    private static let lifetime = 86_400

    /// What was answered to the first request of this key; nil when this is the first.
    fileprivate static func find(_ key: IdempotencyKey, on connection: Connection) throws -> EditResult? {
        let row = try connection.prepare(
            """
            SELECT body, status, fields, content FROM idempotency
            WHERE actor = ? AND method = ? AND path = ? AND key = ? AND at > ?
            """)
        try row.bind(1, key.actor)
        try row.bind(2, key.method)
        try row.bind(3, key.path)
        try row.bind(4, key.key)
        try row.bind(5, Timestamp.before(seconds: lifetime))
        guard try row.step() else { return nil }
        guard row.text(0) == key.body else { return .keyReused }
        return .replayed(KeptAnswer(status: row.int(1), fields: try fields(row.text(2)), content: row.blob(3)))
    }

    /// Does the work and keeps its answer, unless that was done under this key before.
    static func once(
        _ key: IdempotencyKey?, on connection: Connection, _ work: () throws -> KeptAnswer
    ) throws -> EditResult {
        guard let key else { return .made(try work()) }
        if let known = try find(key, on: connection) { return known }
        let answer = try work()
        try keep(answer, for: key, on: connection)
        return .made(answer)
    }

    private static func keep(_ answer: KeptAnswer, for key: IdempotencyKey, on connection: Connection) throws {
        try connection.run("DELETE FROM idempotency WHERE at <= ?", .text(Timestamp.before(seconds: lifetime)))
        let row = try connection.prepare(
            """
            INSERT INTO idempotency (actor, method, path, key, body, status, fields, content, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try row.bind(1, key.actor)
        try row.bind(2, key.method)
        try row.bind(3, key.path)
        try row.bind(4, key.key)
        try row.bind(5, key.body)
        try row.bind(6, answer.status)
        try row.bind(7, text(answer.fields))
        try row.bind(8, answer.content)
        try row.bind(9, Timestamp.now())
        try row.run()
    }

    private static func text(_ fields: [(name: String, value: String)]) -> String {
        jsonArray(fields.flatMap { [$0.name, $0.value] })
    }

    private static func fields(_ text: String) throws -> [(name: String, value: String)] {
        guard case .array(let values) = try JSONReader.read(Array(text.utf8)) else { return [] }
        let texts = values.map { if case .string(let text) = $0 { text } else { "" } }
        return stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
    }
}

extension Reader {
    /// What was answered to the first request of this key; nil when none has been.
    package func answer(to key: IdempotencyKey) throws -> EditResult? {
        try KeptAnswers.find(key, on: connection)
    }
}
