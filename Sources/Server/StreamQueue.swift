// SPDX-License-Identifier: Apache-2.0

/// The connections of one event loop whose answers come bit by bit, and whose turn it is to be asked for more: a few at a time,
/// so that many with the same news leave room for others between them.
struct StreamQueue {
    /// Their tokens.
    private(set) var all: Set<UInt64> = []
    /// Of those, the ones that may have more to send, in order.
    private var questions: [UInt64] = []

    /// How many are asked in one turn.
    private static let turn = 64

    var isEmpty: Bool { all.isEmpty }
    var hasQuestions: Bool { !questions.isEmpty }

    mutating func began(_ token: UInt64) {
        all.insert(token)
    }

    /// - Returns: false when there was no such stream.
    mutating func ended(_ token: UInt64) -> Bool {
        all.remove(token) != nil
    }

    /// Puts the stream at the end of the queue.
    mutating func ask(_ token: UInt64) {
        questions.append(token)
    }

    /// Those who are to be asked now.
    mutating func takeTurn() -> [UInt64] {
        guard hasQuestions else { return [] }
        defer { questions.removeFirst(min(Self.turn, questions.count)) }
        return Array(questions.prefix(Self.turn))
    }
}
