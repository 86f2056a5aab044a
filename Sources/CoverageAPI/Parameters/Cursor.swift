// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import Digests
internal import HTTP
internal import JSON

/// Where a page ended: the sort values of its last record, tied to the query that made it. Opaque to clients.
enum Cursor {
    /// - Parameter version: the version of the data for which the cursor holds; nil when it always does.
    static func encode(_ values: [SortValue], fingerprint: String, version: Int?) -> String {
        var json = JSONWriter()
        json.array { json in
            json.string(fingerprint)
            json.integer(version ?? -1)
            for value in values { json.value(value) }
        }
        return Hexadecimal.encode(json.finish())
    }

    static func decode(_ text: String, fingerprint: String, version: Int?, count: Int) throws -> [SortValue] {
        let foreign = problem(.invalidCursor, "The cursor was not made by this server, or was cut on the way.")
        guard let bytes = Hexadecimal.decode(text), case .array(let parts)? = try? JSONReader.read(bytes),
            parts.count > 2, case .string(let made) = parts[0], case .integer(let madeVersion) = parts[1]
        else { throw foreign }
        guard made == fingerprint else {
            throw problem(
                .invalidCursor, "The cursor was made by another query; only 'limit' may change between pages.")
        }
        guard parts.count == count + 2 else { throw foreign }
        guard madeVersion == Int64(version ?? -1) else {
            throw expired
        }
        return try parts.dropFirst(2).map { part in
            switch part {
            case .integer(let number): .integer(number)
            case .number(let number): .real(number)
            case .string(let text): .text(text)
            default: throw problem(.invalidCursor, "The cursor was not made by this server.")
            }
        }
    }

    static var expired: Problem {
        problem(
            .cursorExpired,
            "What the pages are cut from has changed since the first one; begin again without 'cursor'.")
    }

    /// Stands for all that decides which records come in which order: the path and its parameters, whatever their order.
    /// Only `limit` may change between pages.
    static func fingerprint(of items: [QueryReader.Item], path: String) -> String {
        let deciding = items.filter { $0.name != "cursor" && $0.name != "limit" }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        // No path, name or value holds a NUL.
        let query = deciding.map { "\($0.name)\0\($0.value)" }.joined(separator: "\0")
        let digest = SHA256.digest(of: Array("\(path)\0\(query)".utf8))
        return Hexadecimal.encode(digest.span.extracting(first: 6))
    }

    /// The version of a list that is read whole: another one when there is something else in it, or in another order.
    static func version(of ids: [String]) -> Int {
        let digest = SHA256.digest(of: Array(ids.joined(separator: "\n").utf8))
        return (0..<6).reduce(0) { $0 << 8 | Int(digest[$1]) }
    }

    /// The one value of a cursor that stands for a place in a list held whole.
    static func position(
        _ text: String, fingerprint: String, version: Int?, in range: Range<Int>
    ) throws -> Int {
        let values = try decode(text, fingerprint: fingerprint, version: version, count: 1)
        guard case .integer(let number)? = values.first, let position = Int(exactly: number), range.contains(position)
        else { throw problem(.invalidCursor, "The cursor was not made by this server, or was cut on the way.") }
        return position
    }

    private static func problem(_ type: ProblemType, _ detail: String) -> Problem {
        Problem(type, detail, faults: [.init(.parameter("cursor"), detail)])
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ value: SortValue) {
        switch value {
        case .integer(let number): integer(number)
        case .real(let number): self.number(number)
        case .text(let text): string(text)
        }
    }
}
