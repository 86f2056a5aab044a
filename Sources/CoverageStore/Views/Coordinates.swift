// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// Degrees north and east (WGS 84).
package struct Coordinates: Sendable, Equatable {
    package let latitude: Double
    package let longitude: Double
}

extension Reader {
    /// Every place on the map, by id.
    package func coordinates() throws -> [String: Coordinates] {
        let rows = try connection.prepare("SELECT id, latitude, longitude FROM places WHERE latitude IS NOT NULL")
        var points: [String: Coordinates] = [:]
        while try rows.step() {
            points[rows.text(0)] = Coordinates(latitude: rows.double(1), longitude: rows.double(2))
        }
        return points
    }
}
