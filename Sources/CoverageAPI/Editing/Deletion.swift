// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// What was asked for is another record now (RFC 9110, section 15.4.9). Thrown, so that every path below a record sends its
/// clients on alike.
struct Moved: Error {
    /// The record that stands for it.
    let reference: Reference
    /// The same path below that record, with the query.
    let location: String

    func response(links: Links) -> Response {
        var writer = JSONWriter()
        writer.reference(reference, Rendering(links: links, texts: nil))
        return Response(
            status: .permanentRedirect,
            headerFields: [.location: location, .contentType: "application/json", .cacheControl: "no-cache"],
            body: writer.finish())
    }
}

extension Reader {
    /// How many records may have stood for each other in turn.
    private static var longestSuccession: Int { 100 }

    /// The record that stands for a deleted one, past those that were deleted in turn; nil when none does.
    func successor(of tombstone: Tombstone) throws -> String? {
        var next = tombstone.replacedBy
        for _ in 0..<Self.longestSuccession {
            guard let id = next, let further = try self.tombstone(id, of: tombstone.type) else { return next }
            next = further.replacedBy
        }
        return nil
    }
}

extension Problem {
    /// A record was deleted.
    /// - Parameter isAdmin: whether the one who asks may know by whom and when.
    static func gone(_ tombstone: Tombstone, to isAdmin: Bool) -> Problem {
        var detail = "The \(tombstone.type.rawValue) '\(tombstone.id)' was deleted"
        if isAdmin { detail += " at \(tombstone.at)\(tombstone.by.map { " by '\($0)'" } ?? "")" }
        detail += tombstone.replacedBy.map { "; '\($0)' stands for it now." } ?? "."
        return Problem(.gone, detail, faults: [.init(.parameter("id"), detail)])
    }

    /// There never was such a record.
    /// - Parameter candidates: ids that could have been meant.
    static func unknown(_ id: String, of type: FactType, among candidates: [String]) -> Problem {
        let near = nearest(to: id, among: candidates).map { "; did you mean '\($0)'?" } ?? "."
        let detail = "There is no \(type.rawValue) '\(id)' here\(near)"
        return Problem(.notFound, detail, faults: [.init(.parameter("id"), detail)])
    }
}
