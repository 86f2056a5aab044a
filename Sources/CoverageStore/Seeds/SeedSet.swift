// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import JSON

/// The bytes of the seed files, by name.
package struct SeedFiles: Sendable {
    /// The files in the order in which they are loaded: what others cite and name comes first.
    package static let names = FactType.loadOrder.map(fileName)

    /// `events.json` and so on.
    package static func fileName(of type: FactType) -> String { "\(type.collection).json" }

    package let files: [String: [UInt8]]

    package init(_ files: [String: [UInt8]]) {
        self.files = files
    }
}

extension FactType {
    /// Articles first, since all else cites them; then what others point at.
    static let loadOrder: [FactType] = [.article, .organization, .place, .person, .issue, .event]
}

/// Seeds that cannot be loaded: every fault, with its file and pointer.
package struct FaultySeeds: Error, CustomStringConvertible {
    package struct Fault: Sendable, Equatable, CustomStringConvertible {
        package let file: String
        package let pointer: String
        package let message: String

        package var description: String { "\(file) \(pointer.isEmpty ? "/" : pointer): \(message)" }
    }

    package let faults: [Fault]
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// The seeds, read and checked in themselves: form, closed sets, and that each id stands once.
package struct SeedSet: Sendable {
    package private(set) var articles: [Article] = []
    package private(set) var organizations: [Organization] = []
    package private(set) var places: [Place] = []
    package private(set) var people: [Person] = []
    package private(set) var issues: [Issue] = []
    package private(set) var events: [Event] = []

    package init(_ seeds: SeedFiles) throws {
        var faults: [FaultySeeds.Fault] = []
        articles = Self.read(seeds, &faults)
        organizations = Self.read(seeds, &faults)
        places = Self.read(seeds, &faults)
        people = Self.read(seeds, &faults)
        issues = Self.read(seeds, &faults)
        events = Self.read(seeds, &faults)
        guard faults.isEmpty else { throw FaultySeeds(faults: faults) }
    }

    private static func read<Record: ReadableFact>(_ seeds: SeedFiles, _ faults: inout [FaultySeeds.Fault]) -> [Record]
    {
        let file = SeedFiles.fileName(of: Record.type)
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
        var ids: Set<String> = []
        let records = values.enumerated().map { index, value in
            let place = JSONPointer().appending(index: index)
            let reader = ObjectReader(
                value, at: place, faults: list, members: Record.members, derived: Record.derivedMembers)
            let record = Record(from: reader)
            if !record.id.isEmpty && !ids.insert(record.id).inserted {
                list.add(place.appending(member: "id"), "'\(record.id)' stands here twice")
            }
            return record
        }
        for fault in list.faults { refuse(fault.pointer.description, fault.message) }
        return records
    }
}
