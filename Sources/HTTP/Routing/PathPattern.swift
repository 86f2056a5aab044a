// SPDX-License-Identifier: Apache-2.0

/// The shape of a path: `/v1/events/{id}/evidence`. A segment in braces stands for any one segment that is not empty.
package final class PathPattern: Sendable, Hashable, CustomStringConvertible {
    package enum Segment: Sendable {
        case literal(String)
        case parameter(String)
    }

    /// As written.
    package let description: String
    /// None for `/`.
    package let segments: [Segment]
    let parameterNames: [String]
    /// Which of the segments they are.
    let parameterPlaces: [Int]

    /// - Throws: `RouterError.malformedPattern` unless the text begins with `/`, has no empty segment, and each brace
    ///   opens or closes a whole segment with a name of its own.
    package init(_ text: String) throws(RouterError) {
        description = text
        guard let pieces = Self.split(text) else { throw .malformedPattern(text) }
        var segments: [Segment] = []
        for piece in pieces {
            let name = piece.dropFirst().dropLast()
            if piece.hasPrefix("{"), piece.hasSuffix("}"), !name.isEmpty {
                segments.append(.parameter(String(name)))
            } else {
                segments.append(.literal(String(piece)))
            }
        }
        let names = segments.compactMap(\.parameterName)
        guard segments.allSatisfy({ !$0.text.isEmpty && !$0.text.contains { $0 == "{" || $0 == "}" } }),
            Set(names).count == names.count
        else { throw .malformedPattern(text) }
        self.segments = segments
        parameterNames = names
        parameterPlaces = segments.indices.filter { segments[$0].parameterName != nil }
    }

    /// By bytes, as paths are.
    package static func == (one: PathPattern, two: PathPattern) -> Bool {
        one.description.utf8.elementsEqual(two.description.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }

    /// Whether both fit the same paths: only the names of their parameters differ.
    func fitsAs(_ other: PathPattern) -> Bool {
        segments.elementsEqual(other.segments) { one, two in
            switch (one, two) {
            case (.literal(let one), .literal(let two)): one.utf8.elementsEqual(two.utf8)
            case (.parameter, .parameter): true
            default: false
            }
        }
    }

    /// What stands between the slashes, still encoded; none for `/`, nil for what does not begin with a slash.
    static func split(_ path: String) -> [Substring]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        if path.utf8.count == 1 { return [] }
        return path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { Substring($0) }
    }
}

extension PathPattern.Segment {
    var text: String {
        switch self {
        case .literal(let text), .parameter(let text): text
        }
    }

    fileprivate var parameterName: String? {
        if case .parameter(let name) = self { name } else { nil }
    }
}
