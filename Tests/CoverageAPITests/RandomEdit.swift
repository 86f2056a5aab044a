// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import TestSupport

/// A change of the coverage, and how to see that it has come about.
struct RandomEdit {
    private enum Kind {
        case seeds(file: String)
        case text(source: String)
    }

    /// Who asks this afterwards finds `mark` in the answer.
    let target: String
    let mark: String
    private let kind: Kind
    private let passage: String

    /// - Parameter number: no two changes have the same.
    init(_ number: Int, using random: inout SeededGenerator) {
        (kind, passage, target) = random.pick([
            (.seeds(file: "events.json"), "Fish for three", "/v1/events/karst-dinner"),
            (.seeds(file: "events.json"), "The ministry's diary has the day", "/v1/events/envoy-call"),
            (.seeds(file: "events.json"), "They fix the day", "/v1/events?format=csv"),
            (.seeds(file: "issues.json"), "Duties at the border", "/v1/issues/tariffs"),
            (.text(source: "harbour-herald.txt"), "The two last spoke", "/v1/events/envoy-call/evidence"),
            (.text(source: "karst-courier.txt"), "In the evening", "/v1/events/karst-dinner/evidence"),
        ])
        mark = "\(passage), edition \(number)"
    }

    /// Returns once it is committed.
    func make(in database: CoverageDatabase) throws {
        switch kind {
        case .seeds(let file):
            _ = try database.load(EnvoyVisit.seeds(in: file, replacing: passage, with: mark))
        case .text(let source):
            let text = (EnvoyVisit.texts[source] ?? "").replacing(passage, with: mark)
            _ = try database.importArticle(source: source, bytes: Array(text.utf8), replace: true)
        }
    }
}
