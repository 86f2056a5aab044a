// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP
internal import JSON

// What many paths take, each made once.

extension Parameter where Value == Int {
    static let limit = Parameter.whole(
        "limit", in: 1...100, default: 20, "How many items a page has at most.", example: "5")
}

extension Parameter where Value == String? {
    static let cursor = Parameter.cursor(problems: [.invalidCursor])
    /// Where pages hold for one version of what they are cut from.
    static let expiringCursor = Parameter.cursor(problems: [.invalidCursor, .cursorExpired])

    private static func cursor(problems: [ProblemType]) -> Parameter {
        .text(
            "cursor", .text(pattern: "^[0-9a-f]+$"),
            """
            Where to go on: the `next` of the page before. It fits only the query that made it: send the same parameters with it, \
            of which only `limit` may change, or follow the `Link` field.
            """, problems: problems)
    }

    static let words = Parameter.words(isRequired: false)
    /// Where there is nothing to answer without them.
    static let requiredWords = Parameter.words(isRequired: true)

    private static func words(isRequired: Bool) -> Parameter {
        .text(
            "q", .with(.text, ["minLength": 1]),
            """
            Words to look for, all of which must stand there. `"two words"` is a phrase, `ballo*` the beginning of a word; all \
            else means itself, and a word with marks inside it, such as `Al-Jazeera`, is a phrase of its parts. Case and accents \
            do not matter.
            """, isRequired: isRequired, example: "balloon")
    }

    static let asReportedBy = Parameter.text(
        "asReportedBy", .slug,
        """
        The id of an article: keeps what that article reports and shows it as that article has it, with its own status and \
        evidence.
        """, example: Example.id(of: .article))
}
