// SPDX-License-Identifier: Apache-2.0

internal import Coverage
package import JSON

// What a record holds, in the form in which `ReadableFact` reads it again.

extension Event {
    package var content: JSONValue {
        [
            "id": .string(id), "title": .string(title), "summary": .string(summary), "kind": .string(kind.rawValue),
            "status": .text(status?.rawValue), "date": .date(date), "place": .reference(place),
            "partOf": .reference(partOf),
            "participants": .array(
                participants.map { ["person": .reference($0.person), "role": .string($0.role.rawValue)] }),
            "organizations": .references(organizations), "issues": .references(issues),
            "evidence": .citations(evidence, statuses: true),
        ]
    }
}

extension Person {
    package var content: JSONValue {
        [
            "id": .string(id), "name": .string(name), "category": .string(category.rawValue),
            "aliases": .texts(aliases), "country": .reference(country),
            "offices": .array(
                offices.map {
                    [
                        "title": .string($0.title), "organization": .reference($0.organization),
                        "evidence": .citations($0.evidence),
                    ]
                }),
            "evidence": .citations(evidence),
        ]
    }
}

extension Issue {
    package var content: JSONValue {
        [
            "id": .string(id), "name": .string(name), "aliases": .texts(aliases), "summary": .string(summary),
            "broader": .reference(broader),
            "positions": .array(
                positions.map {
                    [
                        "party": .reference($0.party), "gist": .string($0.gist), "evidence": .citations($0.evidence),
                    ]
                }),
            "evidence": .citations(evidence),
        ]
    }
}

extension Organization {
    package var content: JSONValue {
        [
            "id": .string(id), "name": .string(name), "kind": .string(kind.rawValue), "aliases": .texts(aliases),
            "country": .reference(country), "memberOf": .references(memberOf), "evidence": .citations(evidence),
        ]
    }
}

extension Place {
    package var content: JSONValue {
        [
            "id": .string(id), "name": .string(name), "kind": .string(kind.rawValue), "aliases": .texts(aliases),
            "within": .reference(within), "latitude": .number(latitude), "longitude": .number(longitude),
            "evidence": .citations(evidence),
        ]
    }
}

extension Coverage.Statement {
    package var content: JSONValue {
        [
            "id": .string(id), "gist": .string(gist), "speaker": .reference(speaker), "speakerAs": .text(speakerAs),
            "form": .string(form.rawValue), "event": .reference(event), "issues": .references(issues),
            "date": .date(date), "variants": .references(variants), "evidence": .citations(evidence),
        ]
    }
}

extension Discrepancy {
    package var content: JSONValue {
        [
            "id": .string(id), "aspect": .string(aspect), "subject": .reference(subject),
            "kind": .string(kind.rawValue),
            "accounts": .array(
                accounts.map { ["claim": .string($0.claim), "evidence": .citations($0.evidence)] }),
        ]
    }
}

extension Article {
    package var content: JSONValue {
        [
            "id": .string(id), "source": .string(source), "headline": .text(headline), "publisher": .text(publisher),
            "credit": .text(credit), "published": .date(published), "url": .text(url),
            "lineage": lineage.map {
                [
                    "group": .string($0.group), "reason": .string($0.reason), "confidence": .number($0.confidence),
                ]
            } ?? .null,
            "words": .integer(Int64(words)), "sha256": .string(sha256), "digests": .texts(digests),
        ]
    }
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    fileprivate static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    fileprivate static func number(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }

    fileprivate static func reference(_ reference: Reference?) -> JSONValue {
        guard let reference else { return .null }
        return [
            "id": .string(reference.id), "type": .string(reference.type.rawValue), "name": .string(reference.name),
        ]
    }

    fileprivate static func references(_ references: [Reference]) -> JSONValue {
        .array(references.map { .reference($0) })
    }

    fileprivate static func date(_ date: DateStatement?) -> JSONValue {
        guard let date else { return .null }
        return [
            "edtf": .string(date.edtf.description), "basis": .string(date.basis.rawValue), "note": .text(date.note),
        ]
    }

    fileprivate static func citations(_ citations: [Citation], statuses: Bool = false) -> JSONValue {
        .array(
            citations.map { citation in
                var object = JSONObject([
                    ("article", .reference(citation.article)), ("paragraph", .integer(Int64(citation.paragraph))),
                    ("anchors", .texts(citation.anchors)),
                ])
                if statuses { object["status"] = .text(citation.status?.rawValue) }
                return .object(object)
            })
    }
}
