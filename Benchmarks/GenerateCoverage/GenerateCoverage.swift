// SPDX-License-Identifier: Apache-2.0

import Foundation
import LargeCoverage

/// Writes generated coverage as folders of seed files, to be loaded in the order of their names:
/// `generate-coverage FOLDER [EVENTS]`
@main
struct GenerateCoverage {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, let events = Int(arguments.dropFirst().first ?? "100000"), events >= 0
        else {
            FileHandle.standardError.write(Data("usage: generate-coverage FOLDER [EVENTS]\n".utf8))
            exit(64)
        }
        for (number, files) in LargeCoverage(events: events).enumerated() {
            let part = "\(folder)/\(String(format: "%04d", number))"
            try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
            for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(part)/\(name)")) }
        }
    }
}
