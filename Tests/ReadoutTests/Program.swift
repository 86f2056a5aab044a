// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The built program, run as its users run it.
struct Program {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// Standard error as lines, for those that promise a single one.
        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }

    /// It stands beside the program that runs the tests.
    static var path: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent().appending(path: "readout").path()
        }
    }

    /// The checkout, where migrations and seeds are.
    static var root: String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .path(percentEncoded: false)
    }

    static func start(
        _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
        softDescriptorLimit: Int? = nil
    ) throws -> ChildProcess {
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("READOUT_") }
        let words =
            (softDescriptorLimit.map { ["/bin/sh", "-c", "ulimit -Sn \($0) && exec \"$@\"", "sh"] } ?? [])
            + [try path] + arguments
        return try ChildProcess(
            words[0], Array(words.dropFirst()), environment: inherited.merging(environment) { _, new in new },
            folder: folder ?? root)
    }

    /// Runs to the end.
    static func run(_ arguments: [String]) throws -> Outcome { finish(try start(arguments)) }

    static func run(
        _ arguments: String..., environment: [String: String] = [:], folder: String? = nil
    ) throws -> Outcome {
        finish(try start(arguments, environment: environment, folder: folder))
    }

    /// Runs a shell command, such as a line of the README.
    static func shell(_ command: String) throws -> Outcome { finish(try ChildProcess("/bin/sh", ["-c", command])) }

    private static func finish(_ process: ChildProcess) -> Outcome {
        let status = process.wait()
        return Outcome(status: status, output: process.output, errors: process.errors)
    }
}

/// A server on a free port and a database of its own; both go with the instance.
final class RunningServer {
    let folder: ScratchFolder
    let address: String
    private let process: ChildProcess

    var database: String { folder.path("readout.sqlite") }

    init(_ arguments: [String] = [], folder: ScratchFolder? = nil, softDescriptorLimit: Int? = nil) throws {
        let folder = try folder ?? ScratchFolder()
        self.folder = folder
        process = try Program.start(
            ["serve", "--port", "0", "--database", folder.path("readout.sqlite")] + arguments,
            softDescriptorLimit: softDescriptorLimit)
        while true {
            // Asked first, so that nothing it wrote before its end is missed.
            let isRunning = process.isRunning
            let lines = process.errors.split(separator: "\n")
            if let line = lines.first(where: { $0.hasSuffix("listening") }),
                let field = line.split(separator: " ").first(where: { $0.hasPrefix("address=http") }),
                let start = field.firstRange(of: "://")?.upperBound
            {
                address = String(field[start...])
                break
            }
            guard isRunning else { throw StartFailure(log: process.errors) }
            usleep(10_000)
        }
        _ = process.newErrors()
    }

    struct StartFailure: Error {
        let log: String
    }

    /// What it has logged since it listens and since the last call.
    func log() -> String {
        usleep(10_000)
        return process.newErrors()
    }

    var processID: Int32 { process.processID }

    func signal(_ number: Int32) { process.signal(number) }

    func waitForExit() -> Int32 { process.wait() }

    /// What `curl` prints for a path of this server.
    func curl(_ target: String, _ options: String = "") throws -> String {
        try Program.shell("curl -sg \(options) 'http://\(address)\(target)'").output
    }
}

/// The publishers' texts, which are not part of the project.
enum Articles {
    static let folder = Program.root + "../shared/articles"
    static var areAtHand: Bool { FileManager.default.fileExists(atPath: folder) }
    static let absence: Comment = "the articles' texts are not at hand"
}
