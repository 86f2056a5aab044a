// SPDX-License-Identifier: Apache-2.0

/// A strict reader of RFC 4180: what it takes apart, any other program can.
struct CSVReader {
    struct Malformed: Error {
        let offset: Int
    }

    /// The rows, each with its cells.
    static func read(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var index = 0
        while index < bytes.count {
            var cell: [UInt8] = []
            if bytes[index] == UInt8(ascii: "\"") {
                index += 1
                while true {
                    guard index < bytes.count else { throw Malformed(offset: index) }
                    if bytes[index] == UInt8(ascii: "\"") {
                        index += 1
                        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { break }
                    }
                    cell.append(bytes[index])
                    index += 1
                }
            } else {
                while index < bytes.count, bytes[index] != UInt8(ascii: ","), bytes[index] != UInt8(ascii: "\r") {
                    if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "\n") {
                        throw Malformed(offset: index)
                    }
                    cell.append(bytes[index])
                    index += 1
                }
            }
            row.append(String(decoding: cell, as: UTF8.self))
            guard index < bytes.count else { throw Malformed(offset: index) }
            if bytes[index] == UInt8(ascii: ",") {
                index += 1
                continue
            }
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\r"), bytes[index + 1] == UInt8(ascii: "\n")
            else { throw Malformed(offset: index) }
            index += 2
            rows.append(row)
            row = []
        }
        return rows
    }
}
