// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

/// Records with a place on the map as a GeoJSON feature collection (RFC 7946).
struct GeoJSON<Record: ServedFact>: ~Copyable {
    private var json = JSONWriter(capacity: 16_384)

    init() {
        json.beginObject()
        json.member("type", "FeatureCollection")
        json.member("features")
        json.beginArray()
    }

    /// Adds a record, unless nothing is known of where it is.
    mutating func add(_ record: Stored<Record>, at point: Coordinates?, _ view: RecordView, position: Int) {
        guard let point else { return }
        json.object { json in
            json.member("type", "Feature")
            json.member("id", record.value.id)
            json.object("geometry") { json in
                json.member("type", "Point")
                // Longitude first (section 3.1.1).
                json.array("coordinates") {
                    $0.number(point.longitude)
                    $0.number(point.latitude)
                }
            }
            json.member("properties")
            Record.shape.write(record, view, position: position, to: &json)
        }
    }

    consuming func finish() -> [UInt8] {
        json.endArray()
        json.endObject()
        return json.finish()
    }
}

extension Schema {
    /// Beside the names of RFC 7946, `properties` are the record as JSON has it.
    static let featureCollection = Schema.named(
        "FeatureCollection",
        .object([
            Property("type", .choice(["FeatureCollection"]), "RFC 7946."),
            Property(
                "features",
                .array(
                    .named(
                        "Feature",
                        .object([
                            Property("type", .choice(["Feature"]), "RFC 7946."),
                            Property("id", .slug, "The record's id."),
                            Property(
                                "geometry",
                                .object([
                                    Property("type", .choice(["Point"]), "RFC 7946."),
                                    Property(
                                        "coordinates", .array(.number, atLeast: 2, atMost: 2),
                                        "Longitude, then latitude (WGS 84)."),
                                ]), "Where it is."),
                            Property("properties", .map(.anything), "The record, as JSON has it."),
                        ]))), "The records whose place on the map is known."),
        ]))
}
