// SPDX-License-Identifier: Apache-2.0

import HTTP
import Synchronization

@testable import Server

/// Keeps what the observers of one server were shown, in the order in which each loop answered.
final class TestObserver: Sendable {
    struct Seen: Sendable {
        let answer: AnswerRecord
        let method: String
        let target: String
        let traceparent: String
    }

    private let seen = Mutex<[Seen]>([])
    private let batches = Atomic<Int>(0)

    var all: [Seen] { seen.withLock { $0 } }
    /// How many batches the observers saw end.
    var batchCount: Int { batches.load(ordering: .relaxed) }

    /// The one of a loop.
    final class Loop: AnswerObserver {
        private let whole: TestObserver

        init(_ whole: TestObserver) {
            self.whole = whole
        }

        func answered(
            _ answer: borrowing AnswerRecord, method: Span<UInt8>, target: Span<UInt8>, traceparent: Span<UInt8>
        ) {
            let seen = Seen(
                answer: copy answer, method: Self.text(method), target: Self.text(target),
                traceparent: Self.text(traceparent))
            whole.seen.withLock { $0.append(seen) }
        }

        func batchEnded() {
            whole.batches.add(1, ordering: .relaxed)
        }

        private static func text(_ bytes: Span<UInt8>) -> String {
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}
