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
        try StoreFailure.mapping {
            let text = try read { [names] reader in
                try IncomingText(of: intake.content, isReadAgain: intake.replace, names: names, reader)
            }
            return try writer.perform { [changesKept, names] connection in
                try Self.admit(author, on: connection)
                return try KeptAnswers.once(key, on: connection) {
                    let recorder = Recorder(
                        connection, origin: intake.origin, author: author, changesKept: changesKept, names: names)
                    func take() throws -> KeptAnswer {
                        let report = try ArticleImport(with: recorder)
                            .take(intake.content, text, replace: intake.replace)
                        return try answer(Reader(connection), report)
                    }
                    return try intake.isRehearsal ? Self.rehearse(take, on: connection) : take()
                }
            }
        }
    }

    /// Does something and undoes it: what is left is the answer.
    private static func rehearse(
        _ work: () throws -> KeptAnswer, on connection: Connection
    ) throws -> KeptAnswer {
        struct Rehearsed: Error {
            let answer: KeptAnswer
        }
        do {
            return try connection.savepoint { throw Rehearsed(answer: try work()) }
        } catch let rehearsed as Rehearsed { return rehearsed.answer }
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
                try faults.isEmpty ? read { [names] in try edits.readingTexts(names: names, $0) } : edits
            return try writer.perform(
                job(read, besides: faults, by: author, key: key, deadline: deadline, answer: answer))
        }
    }
}

extension [Edit] {
    /// The same with the texts that they bring read, the first ones at least: what is beyond is left to the writer, so that it is
    /// bounded how much is held for one request.
    /// - Parameter bound: after so many bytes of texts and their neighbours no more are read.
    func readingTexts(names: NameCache, _ reader: Reader, bound: Int = 8 << 20) throws -> [Edit] {
        var size = 0
        return try map { edit in
            guard size < bound else { return edit }
            let read = try edit.readingText(names: names, reader)
            size += read.text?.sizeRead ?? 0
            return read
        }
    }
}
