// SPDX-License-Identifier: Apache-2.0

/// How the values of a setting are written, by operators and for them.
struct Notation<Value: Sendable>: Sendable {
    /// What stands for a value in usage lines: `--idle-time <time>`.
    let noun: String
    /// What may be written, to follow 'must be'.
    let form: String
    /// Nil when the text is no such value.
    let read: @Sendable (String) -> Value?
    let write: @Sendable (Value) -> String
}

extension Notation where Value == String {
    static var text: Notation { Notation(noun: "text", form: "a text", read: { $0 }, write: { $0 }) }
    static var path: Notation { Notation(noun: "path", form: "a path", read: { $0 }, write: { $0 }) }
}

extension Notation where Value == Bool {
    static var `switch`: Notation {
        Notation(noun: "switch", form: "true or false", read: Self.truth, write: String.init)
    }

    private static func truth(_ text: String) -> Bool? {
        switch text {
        case "1", "true": true
        case "0", "false": false
        default: nil
        }
    }
}

extension Notation where Value: FixedWidthInteger {
    static func number(_ range: ClosedRange<Value>) -> Notation {
        Notation(
            noun: "number", form: "a number from \(range.lowerBound) to \(range.upperBound)",
            read: { text in naturalNumber(text[...]).flatMap(Value.init(exactly:)).flatMap { $0.if(in: range) } },
            write: { String($0) })
    }
}

extension Notation where Value == Int {
    /// A number of bytes: `4096`, `8KiB`, `1MiB`.
    static func bytes(_ range: ClosedRange<Int>) -> Notation {
        Notation(
            noun: "bytes",
            form: "bytes from \(ByteCount.text(range.lowerBound)) to \(ByteCount.text(range.upperBound)), such as 8KiB",
            read: { ByteCount.read($0)?.if(in: range) }, write: ByteCount.text)
    }
}

extension Notation where Value == Duration {
    /// A span of time: `10s`, `250ms`, `2m`. A number alone is seconds.
    static func time(orNone: Bool = false) -> Notation {
        Notation(
            noun: "time",
            form: "a time such as 250ms, 10s or 2m, or a number of seconds, "
                + (orNone ? "at least 0" : "more than 0") + " and at most a day",
            read: { text in TimeSpan.read(text).flatMap { $0 > .zero || orNone ? $0 : nil } }, write: TimeSpan.text)
    }
}

extension Notation where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of a few words.
    static var word: Notation {
        let words = Value.allCases.map(\.rawValue)
        let form = "\(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")"
        return Notation(noun: "word", form: form, read: { Value(rawValue: $0) }, write: { $0.rawValue })
    }
}

extension Notation where Value == [String] {
    /// Texts with commas between them.
    /// - Parameter isElement: whether a text may stand in the list.
    static func list(_ noun: String, _ form: String, _ isElement: @escaping @Sendable (String) -> Bool) -> Notation {
        Notation(
            noun: noun, form: "\(form), with commas between",
            read: { text in
                let elements = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                return elements.allSatisfy { !$0.isEmpty && isElement($0) } ? elements : nil
            }, write: { $0.joined(separator: ",") })
    }
}

extension Notation {
    /// The same for what may be left unsaid, and then has no value.
    var optional: Notation<Value?> {
        Notation<Value?>(
            noun: noun, form: form, read: { self.read($0).map(Optional.some) }, write: { $0.map(self.write) ?? "" })
    }
}

enum ByteCount {
    private static let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)]

    static func read(_ text: String) -> Int? {
        let unit = units.first { text.hasSuffix($0.0) }
        guard let number = naturalNumber(text.dropLast(unit?.0.count ?? 0)) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: 1 << (unit?.1 ?? 0))
        return overflow ? nil : product
    }

    static func text(_ count: Int) -> String {
        for (name, shift) in units where count >= 1 << shift && count % (1 << shift) == 0 {
            return "\(count >> shift)\(name)"
        }
        return "\(count)"
    }
}

enum TimeSpan {
    static func read(_ text: String) -> Duration? {
        let units: [(String, Int)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
        let unit = units.first { text.hasSuffix($0.0) }
        guard let number = naturalNumber(text.dropLast(unit?.0.count ?? 0)) else { return nil }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1000)
        return overflow || milliseconds > 86_400_000 ? nil : .milliseconds(milliseconds)
    }

    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        return attoseconds == 0 ? "\(seconds)s" : "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
    }
}

/// Digits only: no sign, no space, no overflow.
private func naturalNumber(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
}

extension Comparable {
    fileprivate func `if`(in range: ClosedRange<Self>) -> Self? { range.contains(self) ? self : nil }
}
