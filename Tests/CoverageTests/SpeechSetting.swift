// SPDX-License-Identifier: Apache-2.0

import Coverage

/// People and places of a visit that never was, and articles in which they are named: mentions are found by plain
/// search, so that what reads them can be tested by itself.
enum SpeechSetting {
    static let records: [KnownRecord] = [
        person("ada-morn", "Ada Morn", ["Morn"], country: "arvenia"),
        person("bo-lind", "Bo Lind", ["Lind"], country: "belmark"),
        person("cy-dahl", "Cy Dahl", ["Dahl"], country: "arvenia"), country("arvenia", "Arvenia"),
        country("belmark", "Belmark"),
        territory("arvenia", "Arvenia"), territory("belmark", "Belmark"),
        city("port-sel", "Port Sel", within: "belmark"),
        forum("northern-forum", "Northern Forum"),
        KnownRecord(Reference(.issue, "fishing-rights", name: "Fishing rights"), aliases: ["fishing rights"]),
    ]

    private static func person(_ id: String, _ name: String, _ aliases: [String], country: String) -> KnownRecord {
        var record = KnownRecord(Reference(.person, id, name: name), aliases: aliases)
        record.country = country
        return record
    }

    private static func country(_ id: String, _ name: String) -> KnownRecord {
        var record = KnownRecord(Reference(.organization, id, name: name))
        record.organizationKind = .country
        return record
    }

    private static func forum(_ id: String, _ name: String) -> KnownRecord {
        var record = KnownRecord(Reference(.organization, id, name: name))
        record.organizationKind = .forum
        return record
    }

    private static func territory(_ id: String, _ name: String) -> KnownRecord {
        var record = KnownRecord(Reference(.place, id, name: name))
        record.placeKind = .country
        return record
    }

    private static func city(_ id: String, _ name: String, within: String) -> KnownRecord {
        var record = KnownRecord(Reference(.place, id, name: name))
        record.placeKind = .city
        record.within = within
        return record
    }

    /// The first record of each name counts: a country's name is the actor's.
    static func mentions(in text: ArticleText) -> [Mention] {
        var mentions: [Mention] = []
        for paragraph in text.paragraphs {
            let scalars = Array(paragraph.raw.unicodeScalars)
            var taken = Set<Int>()
            let names = records.flatMap { record in
                ([record.reference.name] + record.aliases).map { (Array($0.unicodeScalars), record.reference) }
            }
            for (name, entity) in names where name.count <= scalars.count {
                for start in 0...scalars.count - name.count
                where scalars[start..<start + name.count].elementsEqual(name) {
                    guard taken.isDisjoint(with: start..<start + name.count) else { continue }
                    taken.formUnion(start..<start + name.count)
                    mentions.append(
                        Mention(
                            span: TextSpan(paragraph: paragraph.number, start: start, end: start + name.count),
                            surface: String(String.UnicodeScalarView(name)), entity: entity, form: .name,
                            confidence: 0.98))
                }
            }
        }
        return mentions
    }

    static func article(_ id: String, _ text: String, published: String = "2031-05-14") throws -> AnalysedArticle {
        let text = ArticleText(text)
        return AnalysedArticle(
            reference: Reference(.article, id, name: id), published: try EDTF(published), text: text,
            mentions: mentions(in: text))
    }
}
