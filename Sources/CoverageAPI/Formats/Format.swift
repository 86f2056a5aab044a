// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// What lists can be written in.
enum Format: String, CaseIterable, Sendable {
    case json, csv, ndjson, ics, geojson

    var mediaType: MediaType {
        switch self {
        case .json: MediaType("application", "json")
        case .csv: MediaType("text", "csv", parameters: [.init("charset", "utf-8"), .init("header", "present")])
        case .ndjson: MediaType("application", "x-ndjson")
        case .ics: MediaType("text", "calendar", parameters: [.init("charset", "utf-8")])
        case .geojson: MediaType("application", "geo+json")
        }
    }
}

extension QueryReader {
    /// The format of the answer: `format` beats `Accept`.
    /// - Parameter offered: what this path has, its favourite first.
    /// - Throws: a 406 problem when nothing offered is acceptable.
    @discardableResult
    mutating func format(_ offered: [Format] = [.json]) throws -> Format {
        if let value = single("format") {
            if let format = Format(rawValue: value), offered.contains(format) { return format }
            refuse("format", value: value, among: offered.map(\.rawValue))
            return .json
        }
        let types = offered.map(\.mediaType)
        guard let best = MediaType.bestMatch(accept: accept, among: types) else {
            throw Problem(
                .notAcceptable, "This path answers with \(types.map(\.essence).joined(separator: ", ")).",
                faults: [.init(.header("Accept"), "names nothing that this path can answer with")])
        }
        return offered.first { $0.mediaType == best } ?? .json
    }
}
