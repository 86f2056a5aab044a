// SPDX-License-Identifier: Apache-2.0

internal import Coverage
package import CoverageStore
internal import JSON

/// All records, one JSON object a line, type by type in the order in which seeds are loaded: each in the shape of the API,
/// articles with the digests of their paragraphs, and at last what articles share word for word. So the lines of one type are
/// a seed file, once they are an array. The articles' texts are not among them.
package enum DataExport {
    /// - Parameter write: gets whole lines, some at a time.
    package static func write(from reader: Reader, to write: ([UInt8]) throws -> Void) throws {
        try lines(of: Article.exported, reader, write)
        try lines(of: Organization.shape, reader, write)
        try lines(of: Place.shape, reader, write)
        try lines(of: Person.shape, reader, write)
        try lines(of: Issue.shape, reader, write)
        try lines(of: Event.shape, reader, write)
        try lines(of: Statement.shape, reader, write)
        try lines(of: Discrepancy.shape, reader, write)
        try overlaps(reader, write)
    }

    private static func lines<Record: ServedFact>(
        of shape: Shape<Record>, _ reader: Reader, _ write: ([UInt8]) throws -> Void
    ) throws {
        let view = RecordView(
            rendering: Rendering(links: Links(publicURL: nil), texts: nil), fields: nil, included: [])
        var query = ListQuery<Record>(limit: 100)
        repeat {
            let page = try reader.items(query)
            var lines: [UInt8] = []
            for (position, item) in page.items.enumerated() {
                var json = JSONWriter(capacity: 4096)
                shape.write(item, view, position: position, to: &json)
                lines += json.finish() + [UInt8(ascii: "\n")]
            }
            try write(lines)
            query.after = page.next
        } while query.after != nil
    }

    private static func overlaps(_ reader: Reader, _ write: ([UInt8]) throws -> Void) throws {
        for pair in try reader.overlaps() {
            var json = JSONWriter()
            json.object { json in
                json.member("type", "overlap")
                json.object("a") { $0.member("id", pair.a) }
                json.object("b") { $0.member("id", pair.b) }
                json.member(named: "copiedA")
                json.number(pair.overlap.copiedA)
                json.member(named: "copiedB")
                json.number(pair.overlap.copiedB)
                json.array("passages") { json in
                    for passage in pair.overlap.passages {
                        json.object { json in
                            json.member("words", passage.words)
                            json.object("a") { $0.span(passage.a) }
                            json.object("b") { $0.span(passage.b) }
                        }
                    }
                }
            }
            try write(json.finish() + [UInt8(ascii: "\n")])
        }
    }
}

extension Article {
    /// What the API shows of an article, and the digests that seeds need.
    fileprivate static let exported = shape.adding([
        .texts("digests", "The SHA-256 of each paragraph, in order.") { $0.value.digests }
    ])
}

extension JSONWriter {
    fileprivate mutating func span(_ span: TextSpan) {
        member("paragraph", span.paragraph)
        member("start", span.start)
        member("end", span.end)
    }
}
