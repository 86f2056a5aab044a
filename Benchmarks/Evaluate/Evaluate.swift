// SPDX-License-Identifier: Apache-2.0

import Coverage
import Foundation

/// Holds the text work against the annotations: `evaluate PROJECT [ANNOTATIONS [--list]]`, from the project's folder, the
/// annotations `agreed` unless others are named; `--list` tells every difference. Prints a table for the articles of our
/// own writing, on which the goals are, and one for the first coverage, where its text is at hand. Ends with 1 below a
/// goal.
@main
struct Evaluate {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let project = URL(filePath: arguments.first ?? ".")
        let folder = arguments.dropFirst().first { !$0.hasPrefix("--") } ?? "agreed"
        let evaluation = project.appending(path: "Tests/Evaluation")
        let annotations = evaluation.appending(path: "annotations/\(folder)")
        let own = try Corpus(
            texts: evaluation.appending(path: "articles"), known: evaluation.appending(path: "known"),
            annotations: annotations, published: publishedOfOurs(evaluation))
        let first = try Corpus(
            texts: project.appending(path: "../shared/articles"), known: project.appending(path: "seeds"),
            annotations: annotations, published: publishedOfFirst(project))
        let isListing = arguments.contains("--list")
        let scores = Score(of: own, isListing: isListing)
        print("Articles of our own writing, which the goals are for:\n")
        scores.print(withGoals: true)
        print("\nThe first coverage:\n")
        if first.articles.isEmpty {
            print("skipped: the articles are not at hand in ../shared/articles")
        } else {
            Score(of: first, isListing: isListing).print(withGoals: false)
        }
        if !scores.keepsGoals { exit(1) }
    }

    private static func publishedOfOurs(_ evaluation: URL) throws -> [String: String] {
        struct Entry: Decodable {
            let source: String
            let published: String?
        }
        let data = try Data(contentsOf: evaluation.appending(path: "articles/index.json"))
        let entries = try JSONDecoder().decode([Entry].self, from: data)
        return Dictionary(entries.compactMap { entry in entry.published.map { (entry.source, $0) } }) { $1 }
    }

    private static func publishedOfFirst(_ project: URL) throws -> [String: String] {
        struct Entry: Decodable {
            struct Published: Decodable { let edtf: String }
            let source: String
            let published: Published?
        }
        let data = try Data(contentsOf: project.appending(path: "seeds/articles.json"))
        let entries = try JSONDecoder().decode([Entry].self, from: data)
        return Dictionary(entries.compactMap { entry in entry.published.map { (entry.source, $0.edtf) } }) { $1 }
    }
}
