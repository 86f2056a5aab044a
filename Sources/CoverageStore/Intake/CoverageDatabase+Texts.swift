// SPDX-License-Identifier: Apache-2.0

internal import SQLite

// What brings texts: they are read on the caller's thread, which waits, and not on the writer's.

extension CoverageDatabase {
    /// Takes one article in.
    /// - Parameters:
    ///   - key: what makes the request safe to repeat, where it is.
    ///   - answer: makes the answer from what has been written; it is kept under the key with the changes.
    /// - Throws: `EditRefusal`, a `StoreFailure`, or what `answer` throws.
    package func take(
        _ intake: Intake, by author: Author, key: IdempotencyKey? = nil,
        answer: @escaping @Sendable (Reader, ImportReport) throws -> KeptAnswer
    ) throws -> EditResult {
        do {
            return try StoreFailure.mapping {
                let text = try read { [names] reader in
                    try IncomingText(of: intake.content, isReadAgain: intake.replace, names: names, reader)
                }
                return try writer.perform { [changesKept, names] connection in
                    try Self.admit(author, on: connection)
                    return try KeptAnswers.once(key, on: connection) {
                        let recorder = Recorder(
                            connection, origin: intake.origin, author: author, changesKept: changesKept, names: names)
                        let report = try ArticleImport(with: recorder)
                            .take(intake.content, text, replace: intake.replace)
                        let answer = try answer(Reader(connection), report)
                        if intake.isRehearsal { throw Rehearsed(result: .made(answer)) }
                        return answer
                    }
                }
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.result
        }
    }

    /// Ends a job whose work is to be undone, with what it would have answered.
    private struct Rehearsed: Error {
        let result: EditResult
    }

    /// Reads the text of an article again, with the names that are known now, and brings the proposals on it up to date.
    /// - Parameters:
    ///   - key: what makes the request safe to repeat, where it is.
    ///   - answer: makes the answer from what was found, which is nil where its text is not here.
    package func readAgain(
        _ article: String, by author: Author, key: IdempotencyKey? = nil,
        answer: @escaping @Sendable (Findings?) -> KeptAnswer
    ) throws -> EditResult {
        let text = try read { [names] in try IncomingText(again: article, names: names, $0) }
        return try write(.editor, by: author) { recorder in
            try KeptAnswers.once(key, on: recorder.connection) {
                answer(try ArticleImport(with: recorder).readAgain(article, text))
            }
        }
    }

    /// Makes changes that bring texts, all of them or none, and waits until they are on disk.
    /// - Parameters: as of `edit`.
    /// - Throws: `EditRefusal`, a `StoreFailure`, or what `answer` throws.
    package func editReadingTexts(
        _ edits: [Edit], besides faults: [FaultList.Fault], by author: Author, key: IdempotencyKey?, deadline: Duration,
        answer: @escaping @Sendable (Reader, [EditOutcome]) throws -> KeptAnswer
    ) throws -> EditResult {
        try StoreFailure.mapping {
            // What is refused anyway is not worth the reading.
            let read =
                try faults.isEmpty
                ? read { [names] reader in try edits.map { try $0.readingText(names: names, reader) } } : edits
            return try writer.perform(
                job(read, besides: faults, by: author, key: key, deadline: deadline, answer: answer))
        }
    }
}
