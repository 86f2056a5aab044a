// SPDX-License-Identifier: Apache-2.0

import Coverage
import Foundation

/// Articles with what is known of them and what readers found in them.
struct Corpus {
    struct Annotated {
        let article: AnalysedArticle
        let annotation: Annotation

        var source: String { annotation.source }
    }

    let names: KnownNames
    let records: KnownRecords
    /// The ids of countries, whose two records count as one.
    let countries: Set<String>
    let articles: [Annotated]
    /// Pairs of articles of which one is made from the other, or both from a third.
    let related: Set<Set<String>>

    /// Those of the annotated articles whose text is in a folder.
    init(texts: URL, known: URL, annotations: URL, published: [String: String]) throws {
        let records = try KnownFiles.records(in: known)
        names = KnownNames(records)
        self.records = KnownRecords(records)
        countries = Set(records.filter { $0.organizationKind == .country }.map(\.reference.id))
        let files = try FileManager.default.contentsOfDirectory(at: annotations, includingPropertiesForKeys: nil)
        let names = names
        articles = try files.filter { $0.pathExtension == "json" && $0.lastPathComponent != "related.json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .compactMap { file in
                let annotation = try JSONDecoder().decode(Annotation.self, from: Data(contentsOf: file))
                guard let data = try? Data(contentsOf: texts.appending(path: annotation.source)) else { return nil }
                let text = ArticleText(String(decoding: data, as: UTF8.self))
                let article = AnalysedArticle(
                    reference: Reference(.article, annotation.source),
                    published: published[annotation.source].flatMap { try? EDTF($0) }, text: text,
                    mentions: names.mentions(in: text))
                return Annotated(article: article, annotation: annotation)
            }
        let pairs = try JSONDecoder().decode(
            [RelatedPair].self, from: Data(contentsOf: annotations.appending(path: "related.json")))
        related = Set(pairs.filter { $0.kind != "independent" }.map { [$0.a, $0.b] })
    }
}

extension Corpus {
    /// An entity as annotations name it, the two records of a country as one.
    func key(_ entity: String) -> String {
        let parts = entity.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0] == "organization" || parts[0] == "place" else { return entity }
        return countries.contains(String(parts[1])) ? "organization:\(parts[1])" : entity
    }

    func key(_ entity: Reference) -> String { key("\(entity.type.rawValue):\(entity.id)") }
}

private struct RelatedPair: Decodable {
    let a: String
    let b: String
    let kind: String
}

/// What a reader found in an article; the shape is told in `Tests/Evaluation/README.md`.
struct Annotation: Decodable {
    struct Mention: Decodable {
        let paragraph: Int
        let start: Int
        let end: Int
        let entity: String
    }

    struct Span: Decodable {
        let paragraph: Int
        let start: Int
        let end: Int
    }

    struct Quotation: Decodable {
        let form: String
        let spans: [Span]
        let speaker: String?
        let speakerAs: String?
    }

    struct Date: Decodable {
        let paragraph: Int
        let start: Int
        let end: Int
        let edtf: String
    }

    struct Line: Decodable {
        let paragraph: Int
        let kind: String
    }

    let source: String
    let mentions: [Mention]
    let quotations: [Quotation]
    let dates: [Date]
    let boilerplate: [Line]?
}

/// Records in the shape of seeds, as far as names go.
enum KnownFiles {
    private struct Link: Decodable { let id: String }

    private struct Entry: Decodable {
        struct Office: Decodable {
            let title: String
            let organization: Link?
        }
        let id: String
        let name: String?
        let title: String?
        let aliases: [String]?
        let country: Link?
        let offices: [Office]?
        let kind: String?
        let within: Link?
    }

    static func records(in folder: URL) throws -> [KnownRecord] {
        let files: [(String, FactType)] = [
            ("people", .person), ("organizations", .organization), ("places", .place), ("issues", .issue),
            ("events", .event),
        ]
        return try files.flatMap { name, type -> [KnownRecord] in
            let file = folder.appending(path: "\(name).json")
            guard FileManager.default.fileExists(atPath: file.path) else { return [] }
            return try JSONDecoder().decode([Entry].self, from: Data(contentsOf: file)).map { record($0, type) }
        }
    }

    private static func record(_ entry: Entry, _ type: FactType) -> KnownRecord {
        var record = KnownRecord(
            Reference(type, entry.id, name: entry.name ?? entry.title ?? ""), aliases: entry.aliases ?? [])
        record.country = entry.country?.id
        record.offices = (entry.offices ?? []).map { .init(title: $0.title, organization: $0.organization?.id) }
        record.within = entry.within?.id
        switch type {
        case .organization: record.organizationKind = entry.kind.flatMap(OrganizationKind.init(rawValue:))
        case .place: record.placeKind = entry.kind.flatMap(PlaceKind.init(rawValue:))
        default: break
        }
        return record
    }
}
