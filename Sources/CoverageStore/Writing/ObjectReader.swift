// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON

/// Reads the members of one JSON object. Every fault goes to the list with its pointer, and a harmless value comes back,
/// so that one pass finds all faults; a value read with faults must not be used.
package struct ObjectReader {
    package let pointer: JSONPointer
    package let faults: FaultList
    /// Nil when there is no object; then nothing is said about its members.
    private let object: JSONObject?

    /// - Parameters:
    ///   - members: those that carry meaning.
    ///   - derived: those that an answer has and a request may repeat; they are taken and ignored.
    package init(
        _ value: JSONValue, at pointer: JSONPointer, faults: FaultList, members: [String], derived: [String] = []
    ) {
        self.pointer = pointer
        self.faults = faults
        guard case .object(let object) = value else {
            self.object = nil
            faults.add(pointer, "must be an object, not \(value.kind)")
            return
        }
        self.object = object
        for name in object.names where !members.contains(name) && !derived.contains(name) {
            let hint = nearest(to: name, among: members).map { "; did you mean '\($0)'?" } ?? ""
            faults.add(pointer.appending(member: name), "unknown member\(hint)")
        }
    }

    private func fault(_ name: String, _ message: String) {
        faults.add(pointer.appending(member: name), message)
    }

    /// Whether the member is there and not null.
    package func has(_ name: String) -> Bool { value(name, required: false) != nil }

    /// The member, or nil when it is missing or null; missing is a fault where the member must be there.
    private func value(_ name: String, required: Bool) -> JSONValue? {
        guard let object else { return nil }
        switch object[name] {
        case nil:
            if required { fault(name, "is missing") }
            return nil
        case .null?:
            if required { fault(name, "must not be null") }
            return nil
        case let value?: return value
        }
    }

    private func string(_ value: JSONValue?, _ name: String) -> String? {
        guard let value else { return nil }
        guard case .string(let text) = value else {
            fault(name, "must be a string, not \(value.kind)")
            return nil
        }
        if let message = Self.fault(of: text) { fault(name, message) }
        return text
    }

    /// The most bytes that a text may have.
    private static let longest = 4000

    /// What every text has to be, wherever it stands.
    private static func fault(of text: String) -> String? {
        isPlain(text) ? nil : faultOfUnusual(text)
    }

    /// Whether it is short and of printable ASCII, as most texts are: then only a space at an end can be wrong with it.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= longest && bytes.allSatisfy { (0x20...0x7E).contains($0) }
            && bytes.first != 0x20 && bytes.last != 0x20
    }

    private static func faultOfUnusual(_ text: String) -> String? {
        if text.isEmpty || text.first?.isWhitespace == true || text.last?.isWhitespace == true {
            return "must not be empty or begin or end with white space"
        }
        if let unfit = text.unicodeScalars.first(where: { $0.unfitness != nil }) {
            return unfit.unfitness == .turning
                ? "must not hold \(unfit.codePoint), which changes the direction of writing: take it out"
                : "must not hold control characters, such as \(unfit.codePoint)"
        }
        return text.utf8.count > longest ? "must not be longer than 4,000 bytes" : nil
    }

    package func string(_ name: String) -> String { string(value(name, required: true), name) ?? "" }
    package func optionalString(_ name: String) -> String? { string(value(name, required: false), name) }

    package func slug(_ name: String) -> String {
        let text = string(name)
        if !text.isEmpty && Slug(text) == nil {
            fault(name, "must be a slug: lower-case letters, digits and single hyphens, at most 100 characters")
        }
        return text
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) -> Int {
        guard let value = value(name, required: true) else { return range.lowerBound }
        guard case .integer(let number) = value, let number = Int(exactly: number), range.contains(number) else {
            fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return range.lowerBound
        }
        return number
    }

    package func optionalNumber(_ name: String, in range: ClosedRange<Double>) -> Double? {
        guard let value = value(name, required: false) else { return nil }
        switch value {
        case .integer(let number) where range.contains(Double(number)): return Double(number)
        case .number(let number) where range.contains(number): return number
        default:
            fault(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
    }

    package func closed<Set: ClosedSet>(_ name: String, default fallback: Set) -> Set {
        closed(value(name, required: true), name) ?? fallback
    }

    package func optionalClosed<Set: ClosedSet>(_ name: String) -> Set? {
        closed(value(name, required: false), name)
    }

    private func closed<Set: ClosedSet>(_ value: JSONValue?, _ name: String) -> Set? {
        guard let text = string(value, name) else { return nil }
        if let known = Set(rawValue: text) { return known }
        let all = Set.allCases.map(\.rawValue)
        let hint = nearest(to: text, among: all).map { "did you mean '\($0)'?" } ?? "use \(all.joined(separator: ", "))"
        fault(name, "cannot be '\(text)'; \(hint)")
        return nil
    }

    /// An array, each element read with its own pointer; a missing one is empty unless it must be there.
    package func array<Element>(
        _ name: String, required: Bool = false, _ read: (JSONValue, JSONPointer) -> Element
    ) -> [Element] {
        guard let value = value(name, required: required) else { return [] }
        let place = pointer.appending(member: name)
        guard case .array(let elements) = value else {
            faults.add(place, "must be an array, not \(value.kind)")
            return []
        }
        return elements.enumerated().map { read($1, place.appending(index: $0)) }
    }

    package func strings(_ name: String, required: Bool = false) -> [String] {
        array(name, required: required) { value, place in
            guard case .string(let text) = value else {
                faults.add(place, "must be a string, not \(value.kind)")
                return ""
            }
            if let message = Self.fault(of: text) { faults.add(place, message) }
            return text
        }
    }

    /// A reference, at least `{"id": …}`.
    package func reference(_ name: String, to type: FactType) -> Reference {
        guard let value = value(name, required: true) else { return Reference(type, "") }
        return Self.reference(value, to: type, at: pointer.appending(member: name), faults: faults)
    }

    package func optionalReference(_ name: String, to type: FactType) -> Reference? {
        value(name, required: false).map {
            Self.reference($0, to: type, at: pointer.appending(member: name), faults: faults)
        }
    }

    /// A reference of any type, which then must be named.
    package func anyReference(_ name: String) -> Reference {
        guard let value = value(name, required: true) else { return Reference(.event, "") }
        let reader = ObjectReader(
            value, at: pointer.appending(member: name), faults: faults, members: ["id", "type"],
            derived: ["name", "href"])
        let types = FactType.allCases.map(\.rawValue)
        let type = FactType(rawValue: reader.string("type"))
        if type == nil { reader.fault("type", "must be one of \(types.joined(separator: ", "))") }
        return Reference(type ?? .event, reader.slug("id"), name: reader.nameGiven)
    }

    package func references(_ name: String, to type: FactType) -> [Reference] {
        let all = array(name) { Self.reference($0, to: type, at: $1, faults: faults) }
        for (index, reference) in all.enumerated() where all[..<index].contains(reference) {
            faults.add(pointer.appending(member: name).appending(index: index), "'\(reference.id)' stands here twice")
        }
        return all
    }

    private static func reference(
        _ value: JSONValue, to type: FactType, at pointer: JSONPointer, faults: FaultList
    ) -> Reference {
        let reader = ObjectReader(
            value, at: pointer, faults: faults, members: ["id", "type"], derived: ["name", "href"])
        if let given = reader.object?["type"], given != .string(type.rawValue) {
            reader.fault("type", "must be '\(type.rawValue)' here")
        }
        return Reference(type, reader.slug("id"), name: reader.nameGiven)
    }

    /// What a reference's record was called; of no weight, and so of any form.
    private var nameGiven: String {
        if case .string(let name)? = object?["name"] { name } else { "" }
    }

    /// An object read by its own reader; nil when the member is missing or null.
    package func optionalObject<Value>(
        _ name: String, members: [String], derived: [String] = [], _ read: (ObjectReader) -> Value?
    ) -> Value? {
        value(name, required: false).flatMap {
            read(
                ObjectReader(
                    $0, at: pointer.appending(member: name), faults: faults, members: members, derived: derived))
        }
    }
}
