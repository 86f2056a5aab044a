// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// Fields that all answers of a kind have: put into bytes, and asked what they mean, once for all of them.
package final class StandingFields: Sendable {
    package let fields: HTTPFields
    /// Each with its line end.
    let lines: [UInt8]
    let varyByCoding: Bool

    package init(_ fields: HTTPFields) {
        self.fields = fields
        varyByCoding = fields.varyByCoding
        var output = OutputBuffer()
        ResponseSerializer.append(fields, to: &output)
        // Unsafe: lent for the copy only.
        lines = unsafe output.withUnsafeBytes { unsafe Array($0) }
    }
}

extension HTTPFields {
    /// Whether a cache is told that what they describe depends on `Accept-Encoding` (RFC 9110, section 12.5.5).
    var varyByCoding: Bool {
        guard let names = value(of: .vary) else { return false }
        return names == "*" || names.utf8Span.span.listContains("accept-encoding")
    }
}
