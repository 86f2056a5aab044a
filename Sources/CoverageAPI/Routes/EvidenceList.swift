// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// Every citation of a fact and of its parts, checked now. The whole is read at once, since it is bounded by the fact;
/// the page is cut from it.
enum EvidenceList {
    static func answer<Record: ServedFact>(
        to request: Request, about record: Stored<Record>, in context: Context
    ) throws -> Response {
        var query = try QueryReader(request, known: ["limit", "cursor", "format"])
        let limit = query.limit()
        let cursor = query.single("cursor")
        try query.format()
        try query.finish()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let all = try context.reader.evidence(of: record.value.reference, excerpts: context.settings.excerpts)
        let start = try cursor.map {
            try Cursor.position($0, fingerprint: fingerprint, version: record.revision, in: all.indices)
        }
        let page = all.dropFirst(start ?? 0).prefix(limit)
        let next =
            page.endIndex < all.endIndex
            ? Cursor.encode([.integer(Int64(page.endIndex))], fingerprint: fingerprint, version: record.revision) : nil
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter(capacity: 512 * max(page.count, 1))
        writer.object { json in
            json.array("data") { json in
                for evidence in page { json.evidence(evidence, rendering, statuses: Record.type == .event) }
            }
            json.page(limit: limit, total: .exact(all.count), next: next)
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: next))
    }
}

extension JSONWriter {
    fileprivate mutating func evidence(_ evidence: Evidence, _ rendering: Rendering, statuses: Bool) {
        object { json in
            json.members(of: evidence.citation, rendering, status: statuses)
            json.member("part", evidence.part.isEmpty ? nil : evidence.part)
            json.member("digest", evidence.digest)
            json.member("state", evidence.state.rawValue)
            json.member("text", evidence.citation.text)
        }
    }
}
