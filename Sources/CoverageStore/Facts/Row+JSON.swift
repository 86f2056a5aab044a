// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON
package import SQLite

/// What the columns of a row hold, written as JSON without a value made of it: all that others see of a row, who know nothing of SQLite.
extension Row {
    package borrowing func isAbsent(_ column: Int32) -> Bool { isNull(column) }

    package borrowing func writeInteger(_ column: Int32, to json: inout JSONWriter) { json.integer(int(column)) }

    package borrowing func writeNumber(_ column: Int32, to json: inout JSONWriter) { json.number(double(column)) }

    package borrowing func writeText(_ column: Int32, to json: inout JSONWriter) {
        lendUTF8(column) { json.string(decoding: $0) }
    }

    /// The text behind another one, as one string.
    package borrowing func writeText(_ column: Int32, after beginning: String, to json: inout JSONWriter) {
        lendUTF8(column) { json.string(beginning, decoding: $0) }
    }

    /// A value of a closed set.
    /// - Throws: `UnreadableRecord` for any other text.
    package borrowing func writeClosed(_ column: Int32, _ set: Vocabulary, to json: inout JSONWriter) throws {
        try lendUTF8(column) { text in
            guard set.has(text) else { throw UnreadableRecord(self.text(column), noneOf: set.name) }
            json.string(decoding: text)
        }
    }

    /// The anchor words that stand in the column, as an array.
    package borrowing func writeAnchors(_ column: Int32, to json: inout JSONWriter) {
        json.beginArray()
        lendPieces(column, separator: Anchors.separator) { json.string(decoding: $0) }
        json.endArray()
    }

    /// Lends what the column holds, for more than one use.
    package borrowing func lendText(_ column: Int32, _ body: (Span<UInt8>) throws -> Void) rethrows {
        try lendUTF8(column, body)
    }

    /// The same of two columns.
    package borrowing func lendTexts(
        _ first: Int32, _ second: Int32, _ body: (Span<UInt8>, Span<UInt8>) throws -> Void
    ) rethrows {
        try lendUTF8(first, second, body)
    }
}
