// SPDX-License-Identifier: Apache-2.0

import Compression
import HTTP
import HTTPTypes

/// Gives answers the content coding that their clients take.
struct Compressor: ~Copyable {
    /// Made when first needed: most of its cost is memory.
    private var gzip: Gzip?

    /// Smaller contents fit a packet as they are.
    private static let least = 1024

    /// Compresses the answer if that is wanted and worth it. Its entity tag then says so, and `Vary` what it depends on.
    mutating func apply(_ coding: AcceptedCoding, to response: inout Response) {
        guard coding == .onlyGzip || response.body.count >= Self.least else { return }
        let isWanted = coding == .gzip || coding == .onlyGzip
        guard isWanted || !response.variesByCoding, Self.isCompressible(response) else { return }
        Self.vary(&response)
        guard isWanted else { return }
        if gzip == nil { gzip = Gzip() }
        guard let compressed = gzip?.compress(response.body),
            coding == .onlyGzip || compressed.count < response.body.count
        else { return }
        response.body = compressed
        response.headerFields[.contentEncoding] = "gzip"
        if let tag = response.value(of: .eTag), tag.hasSuffix("\"") {
            response.headerFields[.eTag] = "\(tag.dropLast())-gzip\""
        }
    }

    /// Text, whatever it is called; never a stream of events, which is to arrive as it happens.
    private static func isCompressible(_ response: Response) -> Bool {
        guard !response.body.isEmpty, response.value(of: .contentEncoding) == nil,
            let value = response.value(of: .contentType)
        else { return false }
        let text = value.utf8Span.span
        let end = text.indices.first { text[$0] == UInt8(ascii: ";") || text[$0] == UInt8(ascii: " ") } ?? text.count
        let type = text.extracting(first: end)
        if type.begins(with: "text/") { return !type.begins(with: "text/event-stream") }
        return type.ends(with: "json") || type.ends(with: "xml") || type.ends(with: "javascript")
    }

    private static func vary(_ response: inout Response) {
        if response.variesByCoding { return }
        let name = "Accept-Encoding"
        response.headerFields[.vary] = response.value(of: .vary).map { "\($0), \(name)" } ?? name
    }
}
