// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON

/// A fact that can be read from the JSON in which the API serves it, and written so: a seed record, a request body and an
/// old revision are the same.
package protocol ReadableFact: StoredFact {
    /// The members that carry meaning.
    static var members: [String] { get }
    /// The members an answer adds; a request may repeat them, and they are ignored.
    static var derivedMembers: [String] { get }
    init(from reader: ObjectReader)
    /// Every member of `members`, from which the same record can be read again.
    var content: JSONValue { get }
}

/// What every answer adds to a fact.
private let derivedOfEveryFact = ["type", "href", "coverage", "revision", "updatedAt"]

extension ObjectReader {
    /// The citations of a fact or of a part of one: at least one, none twice.
    func citations(_ name: String = "evidence", statuses: Bool = false) -> [Citation] {
        let members = ["article", "paragraph", "anchors"] + (statuses ? ["status"] : [])
        let all = array(name, required: true) { value, place in
            let reader = ObjectReader(value, at: place, faults: faults, members: members, derived: ["text"])
            let anchors = reader.strings("anchors", required: true)
            let areWords = anchors.allSatisfy { !$0.contains(where: \.isWhitespace) }
            if reader.has("anchors") && !((1...3).contains(anchors.count) && areWords) {
                faults.add(place.appending(member: "anchors"), "must be one to three single words of the paragraph")
            }
            return Citation(
                article: reader.reference("article", to: .article),
                paragraph: reader.integer("paragraph", in: 1...100_000), anchors: anchors,
                status: statuses ? reader.optionalClosed("status") : nil)
        }
        let place = pointer.appending(member: name)
        if all.isEmpty && has(name) { faults.add(place, "must cite at least one paragraph") }
        for (index, citation) in all.enumerated()
        where all[..<index].contains(where: { $0.article == citation.article && $0.paragraph == citation.paragraph }) {
            faults.add(place.appending(index: index), "cites the same paragraph twice")
        }
        return all
    }

    func date(_ name: String) -> DateStatement? {
        optionalObject(
            name, members: ["edtf", "basis", "note"], derived: ["earliest", "latest", "precision"]
        ) { reader in
            let basis = reader.closed("basis", default: DateBasis.stated)
            let note = reader.optionalString("note")
            if basis == .background && note == nil {
                faults.add(
                    reader.pointer.appending(member: "note"), "must say how a date of basis 'background' is known")
            }
            let text = reader.string("edtf")
            guard !text.isEmpty else { return nil }
            do {
                return DateStatement(edtf: try EDTF(text), basis: basis, note: note)
            } catch {
                faults.add(reader.pointer.appending(member: "edtf"), "\(error)")
                return nil
            }
        }
    }
}

extension Event: ReadableFact {
    package static let members = [
        "id", "title", "summary", "kind", "status", "date", "place", "partOf", "participants", "organizations",
        "issues",
        "evidence",
    ]
    package static let derivedMembers = derivedOfEveryFact + ["name"]

    package init(from reader: ObjectReader) {
        let participants = reader.array("participants") { value, place in
            let one = ObjectReader(value, at: place, faults: reader.faults, members: ["person", "role"])
            return Participant(
                person: one.reference("person", to: .person),
                role: one.closed("role", default: ParticipantRole.participant))
        }
        self.init(
            id: reader.slug("id"), title: reader.string("title"), summary: reader.string("summary"),
            kind: reader.closed("kind", default: EventKind.activity), status: reader.optionalClosed("status"),
            date: reader.date("date"), place: reader.optionalReference("place", to: .place),
            partOf: reader.optionalReference("partOf", to: .event), participants: participants,
            organizations: reader.references("organizations", to: .organization),
            issues: reader.references("issues", to: .issue), evidence: reader.citations(statuses: true))
    }
}

extension Person: ReadableFact {
    package static let members = ["id", "name", "category", "aliases", "country", "offices", "evidence"]
    package static let derivedMembers = derivedOfEveryFact + ["counts"]

    package init(from reader: ObjectReader) {
        let offices = reader.array("offices") { value, place in
            let one = ObjectReader(
                value, at: place, faults: reader.faults, members: ["title", "organization", "evidence"])
            return Office(
                title: one.string("title"), organization: one.optionalReference("organization", to: .organization),
                evidence: one.citations())
        }
        self.init(
            id: reader.slug("id"), name: reader.string("name"),
            category: reader.closed("category", default: PersonCategory.private), aliases: reader.strings("aliases"),
            country: reader.optionalReference("country", to: .organization), offices: offices,
            evidence: reader.citations())
    }
}

extension Issue: ReadableFact {
    package static let members = ["id", "name", "aliases", "summary", "broader", "positions", "evidence"]
    package static let derivedMembers = derivedOfEveryFact + ["narrower", "counts"]

    package init(from reader: ObjectReader) {
        let positions = reader.array("positions") { value, place in
            let one = ObjectReader(value, at: place, faults: reader.faults, members: ["party", "gist", "evidence"])
            return Position(
                party: one.reference("party", to: .organization), gist: one.string("gist"), evidence: one.citations())
        }
        self.init(
            id: reader.slug("id"), name: reader.string("name"), aliases: reader.strings("aliases"),
            summary: reader.string("summary"), broader: reader.optionalReference("broader", to: .issue),
            positions: positions, evidence: reader.citations())
    }
}

extension Organization: ReadableFact {
    package static let members = ["id", "name", "kind", "aliases", "country", "memberOf", "evidence"]
    package static let derivedMembers = derivedOfEveryFact

    package init(from reader: ObjectReader) {
        self.init(
            id: reader.slug("id"), name: reader.string("name"),
            kind: reader.closed("kind", default: OrganizationKind.agency), aliases: reader.strings("aliases"),
            country: reader.optionalReference("country", to: .organization),
            memberOf: reader.references("memberOf", to: .organization), evidence: reader.citations())
    }
}

extension Place: ReadableFact {
    package static let members = ["id", "name", "kind", "aliases", "within", "latitude", "longitude", "evidence"]
    package static let derivedMembers = derivedOfEveryFact

    package init(from reader: ObjectReader) {
        if reader.has("latitude") != reader.has("longitude") {
            reader.faults.add(reader.pointer, "latitude and longitude go together: give both or neither")
        }
        self.init(
            id: reader.slug("id"), name: reader.string("name"),
            kind: reader.closed("kind", default: PlaceKind.region), aliases: reader.strings("aliases"),
            within: reader.optionalReference("within", to: .place),
            latitude: reader.optionalNumber("latitude", in: -90...90),
            longitude: reader.optionalNumber("longitude", in: -180...180),
            evidence: reader.citations())
    }
}

extension Coverage.Statement: ReadableFact {
    package static let members = [
        "id", "gist", "speaker", "speakerAs", "form", "event", "issues", "date", "variants", "evidence",
    ]
    package static let derivedMembers = derivedOfEveryFact + ["name"]

    package init(from reader: ObjectReader) {
        let speaker = reader.optionalReference("speaker", to: .person)
        let speakerAs = reader.optionalString("speakerAs")
        if (speaker == nil) == (speakerAs == nil) {
            reader.faults.add(
                reader.pointer, "must have either 'speaker' or, where the article gives no name, 'speakerAs'")
        }
        self.init(
            id: reader.slug("id"), gist: reader.string("gist"), speaker: speaker, speakerAs: speakerAs,
            form: reader.closed("form", default: StatementForm.indirect),
            event: reader.optionalReference("event", to: .event), issues: reader.references("issues", to: .issue),
            date: reader.date("date"), variants: reader.references("variants", to: .statement),
            evidence: reader.citations())
    }
}

extension Discrepancy: ReadableFact {
    package static let members = ["id", "aspect", "subject", "kind", "accounts"]
    package static let derivedMembers = derivedOfEveryFact + ["name", "evidence"]

    package init(from reader: ObjectReader) {
        let accounts = reader.array("accounts", required: true) { value, place in
            let one = ObjectReader(value, at: place, faults: reader.faults, members: ["claim", "evidence"])
            return Account(claim: one.string("claim"), evidence: one.citations())
        }
        if accounts.count < 2 {
            reader.faults.add(
                reader.pointer.appending(member: "accounts"), "must have at least two accounts that differ")
        }
        self.init(
            id: reader.slug("id"), aspect: reader.string("aspect"), subject: reader.anyReference("subject"),
            kind: reader.closed("kind", default: DiscrepancyKind.wording), accounts: accounts)
    }
}

extension Article: ReadableFact {
    package static let members = [
        "id", "source", "headline", "publisher", "credit", "published", "url", "lineage", "words", "sha256", "digests",
    ]
    package static let derivedMembers = ["type", "name", "href", "revision", "updatedAt", "paragraphs", "hasText"]

    package init(from reader: ObjectReader) {
        let lineage = reader.optionalObject("lineage", members: ["group", "reason", "confidence"]) { one in
            Lineage(
                group: one.slug("group"), reason: one.string("reason"),
                confidence: one.optionalNumber("confidence", in: 0...1) ?? 0)
        }
        let digests = reader.strings("digests", required: true)
        for (index, digest) in digests.enumerated() where !Self.isDigest(digest) {
            reader.faults.add(
                reader.pointer.appending(member: "digests").appending(index: index),
                "must be 64 lower-case hexadecimal digits")
        }
        let sha256 = reader.string("sha256")
        if !sha256.isEmpty && !Self.isDigest(sha256) {
            reader.faults.add(reader.pointer.appending(member: "sha256"), "must be 64 lower-case hexadecimal digits")
        }
        self.init(
            id: reader.slug("id"), source: reader.string("source"), headline: reader.optionalString("headline"),
            publisher: reader.optionalString("publisher"), credit: reader.optionalString("credit"),
            published: reader.date("published"), url: Self.url(reader), lineage: lineage,
            words: reader.integer("words", in: 0...10_000_000), sha256: sha256, digests: digests)
    }

    private static func url(_ reader: ObjectReader) -> String? {
        guard let url = reader.optionalString("url") else { return nil }
        // Whoever follows it must get to a web page, and to nothing that a browser would run.
        let isAddress = ["http://", "https://"].contains { prefix in
            url.lowercased().hasPrefix(prefix) && url.utf8.count > prefix.utf8.count
        }
        if !isAddress || url.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\"") }) {
            reader.faults.add(
                reader.pointer.appending(member: "url"), "must be an address that begins with http:// or https://")
        }
        return url
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
