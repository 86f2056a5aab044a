// SPDX-License-Identifier: Apache-2.0

package import CoverageStore

/// A small coverage of two countries that do not exist, in which everything occurs that real coverage can have: people of
/// each category, trees of issues and places, dates of all shapes and none, missing places, names that tie, words told in
/// two ways, accounts that differ, two articles of one upstream source and two that share a sentence.
package enum EnvoyVisit {
    /// The seeds, by file name, as JSON text.
    package static let files = [
        "articles.json": articles, "organizations.json": organizations, "places.json": places, "people.json": people,
        "issues.json": issues, "events.json": events, "statements.json": statements,
        "discrepancies.json": discrepancies, "overlaps.json": overlaps,
    ]

    /// The seeds, some files replaced by other texts, or left out where the text is nil.
    package static func seeds(with changes: [String: String?] = [:]) -> SeedFiles {
        var contents = unchanged
        for (name, text) in changes { contents[name] = text.map { Array($0.utf8) } }
        return SeedFiles(contents)
    }

    private static let unchanged = files.mapValues { Array($0.utf8) }

    /// The seeds with one passage, which must stand there exactly once, replaced.
    package static func seeds(in file: String, replacing old: String, with new: String) throws -> SeedFiles {
        try seeds(in: file, replacing: [(old, new)])
    }

    /// The same with several passages, where one alone would contradict the others.
    package static func seeds(in file: String, replacing passages: [(old: String, new: String)]) throws -> SeedFiles {
        var text = files[file] ?? ""
        for (old, new) in passages {
            guard text.split(separator: old, omittingEmptySubsequences: false).count == 2 else {
                throw NoSuchPassage(file: file, passage: old)
            }
            text = text.replacing(old, with: new)
        }
        return seeds(with: [file: text])
    }

    package struct NoSuchPassage: Error {
        package let file: String
        package let passage: String
    }

    /// The texts of the articles, by source.
    package static let texts = [
        "harbour-herald.txt": """
        Arvenian envoy lands in Belmora for salt talks

        Mira Talvane, the trade envoy of Arvenia, stepped off the night ferry in Belmora on Saturday.
        She will meet Foreign Minister Oskar Brandt in Karst on Sunday, her office said.
        The two last spoke by telephone at the start of the month.

        Belmora has taxed Arvenian salt since 2028, and nobody in the ministry expects that to end soon.
        A freighter of Quill Freight was stopped in the Amber Sea in February; its owner, Tobias Quill, has been held \
        ever since.
        Leaders of the Amber League may gather in Port Lindal around November.

        """,
        "karst-courier.txt": """
        Brandt and Talvane meet at Harbour House

        Oskar Brandt received Mira Talvane at Harbour House on Sunday for three hours.
        Salt was the first subject and Teal Island the second, an aide said.
        In the evening the diver Renée Ostrava joined both at dinner in a fish restaurant.
        Belmoran patrols around the island ended in March.
        Brandt was asked to Port Lindal and gave no date.

        """,
        "lindal-review.txt": """
        Notes from Teal Island by Ilse Marn

        Renée Ostrava’s boat is the only ferry to Teal Island, which Arvenia and Belmora both claim.
        Every summer the islanders hold a festival for the ferry.
        The Amber League was founded in the nineties, and its old fishing rules lapsed in 2030.
        Tobias Quill has not been charged, his company says.
        “A freighter of Quill Freight was stopped in the Amber Sea in February”, he wrote, and no more.

        """,
    ]
}
