// SPDX-License-Identifier: Apache-2.0

/// How much one request may be. All figures are bytes but `fieldCount`; exactly at a limit is still accepted. A figure out of
/// its range is brought to the nearer end, so that sums of them fit and a `ByteRange` holds every offset.
package struct Limits: Sendable, Hashable {
    package static let requestLineRange = 32...1_048_576
    package static let headerSectionRange = 32...1_048_576
    /// A `RequestHead` has room for no more.
    package static let fieldCountRange = 1...RequestHead.fieldCapacity
    package static let bodyRange = 0...1_073_741_824

    /// The request line without its line end. Longer: 414.
    package var requestLine: Int { didSet { requestLine = requestLine.clamped(to: Self.requestLineRange) } }
    /// All field lines with their line ends, without the empty line that ends the section. Longer: 431.
    package var headerSection: Int { didSet { headerSection = headerSection.clamped(to: Self.headerSectionRange) } }
    /// The number of field lines. More: 431.
    package var fieldCount: Int { didSet { fieldCount = fieldCount.clamped(to: Self.fieldCountRange) } }
    /// The content, transfer coding removed. The head parser lets any length pass that an `Int` holds, because routes
    /// may differ; whoever reads the content compares. Longer: 413.
    package var body: Int { didSet { body = body.clamped(to: Self.bodyRange) } }

    package init(
        requestLine: Int = 8192, headerSection: Int = 32768, fieldCount: Int = 128, body: Int = 1_048_576
    ) {
        self.requestLine = requestLine.clamped(to: Self.requestLineRange)
        self.headerSection = headerSection.clamped(to: Self.headerSectionRange)
        self.fieldCount = fieldCount.clamped(to: Self.fieldCountRange)
        self.body = body.clamped(to: Self.bodyRange)
    }

    /// A head that has not ended within so many bytes never will: an empty line, the request line and its end, the
    /// fields, the last empty line.
    package var wholeHead: Int { requestLine + headerSection + 6 }
}

extension Int {
    /// The nearest number in the range.
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
