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

extension Format {
    /// What an answer in this form is; of JSON the path says more.
    var schema: Schema {
        switch self {
        case .json: .anything
        case .csv: .text("RFC 4180, with a header row: dotted columns, lists joined by `;`.")
        case .ndjson: .text("A JSON record on each line.")
        case .ics: .text("RFC 5545: an all-day event for each whose days are known.")
        case .geojson: .featureCollection
        }
    }
}

extension Parameter where Value == Format? {
    /// `format`, which beats `Accept`.
    /// - Parameter offered: what the path has, its favourite first.
    static func format(_ offered: [Format]) -> Parameter {
        Parameter(
            "format", .choice(offered.map(\.rawValue)),
            offered.count == 1
                ? "Asks for JSON whatever the `Accept` field says."
                : "The form of the answer. It beats the `Accept` field, which asks for the same.",
            example: offered.last?.rawValue, problems: [.notAcceptable], absent: nil
        ) { value, query in
            if let format = Format(rawValue: value), offered.contains(format) { return format }
            query.refuse("format", value: value, among: offered.map(\.rawValue))
            return offered.first
        }
    }
}

extension QueryReader {
    /// The format of the answer: `format` beats `Accept`.
    /// - Parameter offered: what this path has, its favourite first.
    /// - Throws: a 406 problem when nothing offered is acceptable.
    @discardableResult
    mutating func format(_ offered: [Format] = [.json]) throws -> Format {
        if let format = take(.format(offered)) { return format }
        // Most clients take anything.
        if accept == nil || accept == "*/*", let favourite = offered.first { return favourite }
        let types = offered.map(\.mediaType)
        guard let best = MediaType.bestMatch(accept: accept, among: types) else {
            throw Problem(
                .notAcceptable, "This path answers with \(types.map(\.essence).joined(separator: ", ")).",
                faults: [.init(.header("Accept"), "names nothing that this path can answer with")])
        }
        return offered.first { $0.mediaType == best } ?? .json
    }
}
