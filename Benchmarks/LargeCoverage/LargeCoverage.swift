// SPDX-License-Identifier: Apache-2.0

/// Coverage that nobody wrote, of any size: the same for the same numbers, and sound by every rule that holds for real
/// coverage. Made as seed files, a part at a time: the first has everything that events point at, each later one some
/// events with what was said at them and what is told differently about them.
///
/// Few officials, issues and places have most of the events, as in life; dates are days, intervals, months, open or none.
package struct LargeCoverage: Sequence {
    package let events: Int
    /// How many events a part has.
    package let partSize: Int
    let world: World

    package init(
        events: Int, officials: Int = 2000, issues: Int = 300, places: Int = 200, articles: Int = 500,
        partSize: Int = 20_000
    ) {
        self.events = events
        self.partSize = partSize
        world = World(officials: officials, issues: issues, places: places, articles: articles)
    }

    package func makeIterator() -> AnyIterator<[String: String]> {
        var numbers = SeededNumbers(seed: 2)
        var story = Story(world)
        var next: Int?
        return AnyIterator {
            guard let start = next else {
                next = 0
                return Self.files(world.files)
            }
            guard start < events else { return nil }
            let end = Swift.min(start + partSize, events)
            next = end
            return Self.files(story.tell(start..<end, &numbers))
        }
    }

    /// Every seed file, those without records empty lists.
    private static func files(_ records: [String: [String]]) -> [String: String] {
        let types = [
            "articles", "organizations", "places", "people", "issues", "events", "statements", "discrepancies",
            "overlaps",
        ]
        var files: [String: String] = [:]
        for type in types { files["\(type).json"] = "[\n\((records[type] ?? []).joined(separator: ",\n"))\n]\n" }
        return files
    }
}

/// JSON of texts that need no escapes.
enum Text {
    static func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
    static func reference(_ id: String?) -> String { id.map { "{\"id\":\"\($0)\"}" } ?? "null" }
    static func references(_ ids: [String]) -> String { "[\(ids.map { reference($0) }.joined(separator: ","))]" }
    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
