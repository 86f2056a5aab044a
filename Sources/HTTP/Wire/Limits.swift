// SPDX-License-Identifier: Apache-2.0

/// How much one request may be. All figures are bytes but `fieldCount`; exactly at a limit is still accepted.
package struct Limits: Sendable, Hashable {
    /// The most fields a `RequestHead` has room for; a larger `fieldCount` is cut down to it.
    package static let mostFields = RequestHead.fieldCapacity

    /// The request line without its line end. Longer: 414.
    package var requestLine: Int
    /// All field lines with their line ends, without the empty line that ends the section. Longer: 431.
    package var headerSection: Int
    /// The number of field lines. More: 431.
    package var fieldCount: Int
    /// The content, transfer coding removed. The head parser lets any length pass that an `Int` holds, because routes
    /// may differ; whoever reads the content compares. Longer: 413.
    package var body: Int

    package init(
        requestLine: Int = 8192, headerSection: Int = 32768, fieldCount: Int = 128, body: Int = 1_048_576
    ) {
        self.requestLine = requestLine
        self.headerSection = headerSection
        self.fieldCount = min(fieldCount, Self.mostFields)
        self.body = body
    }

    /// A head that has not ended within so many bytes never will: an empty line, the request line and its end, the
    /// fields, the last empty line.
    package var wholeHead: Int { requestLine + headerSection + 6 }
}
