// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import JSON

/// The bytes of the seed files, by name.
package struct SeedFiles: Sendable {
    /// The files in the order in which they are loaded: what others cite and name comes first.
    package static let names = FactType.loadOrder.map(fileName) + [overlaps]
    /// What articles share word for word, by pointers: not facts, but measured on texts that are not shipped.
    static let overlaps = "overlaps.json"

    /// `events.json` and so on.
    package static func fileName(of type: FactType) -> String { "\(type.collection).json" }

    package let files: [String: [UInt8]]

    package init(_ files: [String: [UInt8]]) {
        self.files = files
    }
}

extension FactType {
    /// Articles first, since all else cites them; then what others point at.
    static let loadOrder: [FactType] = [
        .article, .organization, .place, .person, .issue, .event, .statement, .discrepancy,
    ]
}

/// Seeds that cannot be loaded: every fault, with its file and pointer.
package struct FaultySeeds: Error, CustomStringConvertible {
    package struct Fault: Sendable, Equatable, CustomStringConvertible {
        package let file: String
        package let pointer: String
        package let message: String

        package var description: String { "\(file)\(pointer): \(message)" }
    }

    package let faults: [Fault]
    package var description: String {
        "the seeds have \(faults.count) faults; nothing was loaded\n"
            + faults.map(\.description).joined(separator: "\n")
    }
}

/// The seeds, read and checked in themselves: form, closed sets, and that each id stands once.
package struct SeedSet: Sendable {
    package private(set) var articles: [Placed<Article>] = []
    package private(set) var organizations: [Placed<Organization>] = []
    package private(set) var places: [Placed<Place>] = []
    package private(set) var people: [Placed<Person>] = []
    package private(set) var issues: [Placed<Issue>] = []
    package private(set) var events: [Placed<Event>] = []
    package private(set) var statements: [Placed<Coverage.Statement>] = []
    package private(set) var discrepancies: [Placed<Discrepancy>] = []
    package private(set) var overlaps: [StoredOverlap] = []

    package init(_ seeds: SeedFiles) throws {
        var faults: [FaultySeeds.Fault] = []
        articles = Self.read(seeds, &faults)
        organizations = Self.read(seeds, &faults)
        places = Self.read(seeds, &faults)
        people = Self.read(seeds, &faults)
        issues = Self.read(seeds, &faults)
        events = Self.read(seeds, &faults)
        statements = Self.read(seeds, &faults)
        discrepancies = Self.read(seeds, &faults)
        overlaps = Self.records(of: SeedFiles.overlaps, seeds, &faults) { value, place, faults in
            StoredOverlap(from: value, at: place, faults: faults)
        }
        guard faults.isEmpty else { throw FaultySeeds(faults: faults) }
    }

    /// Articles whose text is in the database keep its edition: what was imported is what citations are held against.
    mutating func keepEditions(of reader: Reader) throws {
        articles = try articles.map { placed in
            let article = placed.record
            guard let known = try reader.record(article.id, of: Article.self), known.derived.hasText else {
                return placed
            }
            let edition = known.value
            return Placed(
                record: article.edition(words: edition.words, sha256: edition.sha256, digests: edition.digests),
                pointer: placed.pointer)
        }
    }

    /// Leaves out what the choice keeps as it is in the database, and what cannot be beside that: others may point at this in turn,
    /// so that it is done until nothing more is left out.
    mutating func choose(_ choice: inout SeedChoice) throws {
        try leaveOut(.edited, &choice)
        var count = -1
        while count != choice.conflicts.count {
            count = choice.conflicts.count
            try leaveOut(.lost, &choice)
        }
        overlaps.removeAll { overlap in
            [overlap.a, overlap.b].contains { choice.absent.contains(Reference(.article, $0)) }
        }
    }

    private mutating func leaveOut(_ kind: SeedChoice.Kind, _ choice: inout SeedChoice) throws {
        articles = try choice.without(kind, articles)
        organizations = try choice.without(kind, organizations)
        places = try choice.without(kind, places)
        people = try choice.without(kind, people)
        issues = try choice.without(kind, issues)
        events = try choice.without(kind, events)
        statements = try choice.without(kind, statements)
        discrepancies = try choice.without(kind, discrepancies)
    }

    private static func read<Record: ReadableFact>(
        _ seeds: SeedFiles, _ faults: inout [FaultySeeds.Fault]
    ) -> [Placed<Record>] {
        var ids: Set<String> = []
        return records(of: SeedFiles.fileName(of: Record.type), seeds, &faults) { value, place, list in
            let reader = ObjectReader(
                value, at: place, faults: list, members: Record.members, derived: Record.derivedMembers)
            let record = Record(from: reader)
            if !record.id.isEmpty && !ids.insert(record.id).inserted {
                list.add(place.appending(member: "id"), "'\(record.id)' stands here twice")
            }
            return Placed(record: record, pointer: place)
        }
    }

    /// Reads the elements of one file, each with its pointer.
    private static func records<Element>(
        of file: String, _ seeds: SeedFiles, _ faults: inout [FaultySeeds.Fault],
        _ read: (JSONValue, JSONPointer, FaultList) -> Element
    ) -> [Element] {
        func refuse(_ pointer: String, _ message: String) {
            faults.append(FaultySeeds.Fault(file: file, pointer: pointer, message: message))
        }
        guard let bytes = seeds.files[file] else {
            refuse("", "the file is missing")
            return []
        }
        let document: JSONValue
        do { document = try JSONReader.read(bytes) } catch {
            refuse(error.pointer.description, "\(error.message) (line \(error.line), column \(error.column))")
            return []
        }
        guard case .array(let values) = document else {
            refuse("", "must be an array of records, not \(document.kind)")
            return []
        }
        let list = FaultList()
        let records = values.enumerated().map { read($1, JSONPointer().appending(index: $0), list) }
        for fault in list.faults { refuse(fault.pointer.description, fault.message) }
        return records
    }
}

extension StoredOverlap {
    fileprivate init(from value: JSONValue, at place: JSONPointer, faults: FaultList) {
        let reader = ObjectReader(
            value, at: place, faults: faults, members: ["a", "b", "copiedA", "copiedB", "passages"])
        let passages = reader.array("passages", required: true) { value, place in
            let one = ObjectReader(value, at: place, faults: faults, members: ["words", "a", "b"])
            return Passage(
                a: one.span("a"), b: one.span("b"), words: one.integer("words", in: Overlap.shortest...100_000))
        }
        let (a, b) = (reader.reference("a", to: .article), reader.reference("b", to: .article))
        if a == b { faults.add(place, "an article overlaps with others, not with itself") }
        self.init(
            a.id, b.id,
            Overlap(passages: passages, copiedA: reader.share("copiedA"), copiedB: reader.share("copiedB")))
    }
}

extension ObjectReader {
    fileprivate func share(_ name: String) -> Double {
        if !has(name) { faults.add(pointer.appending(member: name), "must be there") }
        return optionalNumber(name, in: 0...1) ?? 0
    }

    fileprivate func span(_ name: String) -> TextSpan {
        let span = optionalObject(name, members: ["paragraph", "start", "end"]) { one in
            TextSpan(
                paragraph: one.integer("paragraph", in: 1...100_000), start: one.integer("start", in: 0...10_000_000),
                end: one.integer("end", in: 1...10_000_000))
        }
        guard let span, span.start < span.end else {
            faults.add(pointer.appending(member: name), "must be a stretch of a paragraph: paragraph, start, end")
            return TextSpan(paragraph: 1, start: 0, end: 1)
        }
        return span
    }
}
