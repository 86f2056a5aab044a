// SPDX-License-Identifier: Apache-2.0

import JSON

/// One article on its way in.
struct ImportItem {
    /// Where it stands: `notes.txt`, `batch.ndjson:12`.
    let label: String
    /// Nil where the content says it.
    let source: String?
    /// The text, or a JSON object that has it.
    let content: [UInt8]
    let isJSON: Bool
    /// How much of the file is read with it, in bytes.
    let weight: Int
}

/// A file with articles in it, told by its ending: `.json` has one as an object or several in an array, `.ndjson` one on each
/// line, and everything else is the text of one.
struct ImportFile {
    static let endings = [".txt", ".json", ".ndjson"]

    let path: String

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Goes through the articles one after the other.
    /// - Parameter body: gets an article, or why there is none at this place.
    func forEachItem(_ body: (Result<ImportItem, Failure>) throws -> Void) throws {
        if path.hasSuffix(".ndjson") { return try forEachLine(body) }
        let content: [UInt8]
        do { content = try Files.contents(of: path) } catch let failure as Failure {
            return try body(.failure(failure))
        }
        if path.hasSuffix(".json") { return try forEachObject(of: content, body) }
        try body(
            .success(
                ImportItem(label: name, source: name, content: content, isJSON: false, weight: content.count)))
    }

    private func forEachObject(
        of content: [UInt8], _ body: (Result<ImportItem, Failure>) throws -> Void
    ) throws {
        let document: JSONValue
        do { document = try JSONReader.read(content) } catch {
            return try body(
                .failure(
                    Failure("\(path): is no good JSON: \(error.message) (line \(error.line), column \(error.column))")))
        }
        guard case .array(let elements) = document else {
            return try body(
                .success(ImportItem(label: name, source: nil, content: content, isJSON: true, weight: content.count)))
        }
        for (index, element) in elements.enumerated() {
            var writer = JSONWriter(capacity: 16_384)
            writer.write(element)
            try body(
                .success(
                    ImportItem(
                        label: "\(name)/\(index)", source: nil, content: writer.finish(), isJSON: true,
                        weight: content.count / elements.count)))
        }
    }

    /// Line by line, so that a file of any size will do.
    private func forEachLine(_ body: (Result<ImportItem, Failure>) throws -> Void) throws {
        var number = 0
        do {
            try Files.forEachLine(of: path) { line in
                number += 1
                if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return }
                try body(
                    .success(
                        ImportItem(
                            label: "\(name):\(number)", source: nil, content: line, isJSON: true, weight: line.count + 1
                        )))
            }
        } catch let failure as UnreadableFile {
            try body(.failure(Failure("\(path):\(number + 1): \(failure.reason)")))
        }
    }
}

/// A file that cannot be read to its end.
struct UnreadableFile: Error {
    let reason: String
}
