// SPDX-License-Identifier: Apache-2.0

import Foundation
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

    static func process(_ arguments: [String], environment: [String: String] = [:], folder: String? = nil) throws
        -> Process
    {
        let process = Process()
        process.executableURL = URL(filePath: try path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder ?? root)
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("READOUT_") }
        process.environment = inherited.merging(environment) { _, new in new }
        return process
    }

    /// Runs to the end.
    static func run(_ arguments: [String]) throws -> Outcome { try finish(try process(arguments)) }

    static func run(
        _ arguments: String..., environment: [String: String] = [:], folder: String? = nil
    ) throws -> Outcome {
        try finish(try process(arguments, environment: environment, folder: folder))
    }

    /// Runs a shell command, such as a line of the README.
    static func shell(_ command: String) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        return try finish(process)
    }

    private static func finish(_ process: Process) throws -> Outcome {
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Short outputs: neither pipe fills up while the other is read.
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: complaint, as: UTF8.self))
    }
}

/// A server on a free port and a database of its own; both go with the instance.
final class RunningServer {
    let folder: ScratchFolder
    let address: String
    private let process: Process
    private let pipe: Pipe

    var database: String { folder.path("readout.sqlite") }

    init(_ arguments: [String] = [], folder: ScratchFolder = ScratchFolder()) throws {
        self.folder = folder
        let log = Pipe()
        pipe = log
        process = try Program.process(
            ["serve", "--port", "0", "--database", folder.path("readout.sqlite")] + arguments)
        process.standardError = log
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var seen = Data()
        while true {
            let piece = log.fileHandleForReading.availableData
            if piece.isEmpty {
                throw StartFailure(log: String(decoding: seen, as: UTF8.self))
            }
            seen += piece
            let text = String(decoding: seen, as: UTF8.self)
            if let line = text.split(separator: "\n").first(where: { $0.hasSuffix("listening") }),
                let field = line.split(separator: " ").first(where: { $0.hasPrefix("address=http") }),
                let start = field.firstRange(of: "://")?.upperBound
            {
                address = String(field[start...])
                break
            }
        }
    }

    struct StartFailure: Error {
        let log: String
    }

    /// What it has logged since it listens and since the last call.
    func log() -> String { String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self) }

    var processID: Int32 { process.processIdentifier }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func waitForExit() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        if process.isRunning {
            signal(SIGKILL)
            process.waitUntilExit()
        }
    }

    /// What `curl` prints for a path of this server.
    func curl(_ target: String, _ options: String = "") throws -> String {
        try Program.shell("curl -sg \(options) 'http://\(address)\(target)'").output
    }
}

/// A folder of the test's own, removed with it.
final class ScratchFolder {
    private let root = NSTemporaryDirectory() + "readout-\(UUID().uuidString)"

    init() {
        try? FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = path(name)
        try FileManager.default.createDirectory(
            at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }
}

/// The publishers' texts, which are not part of the project.
enum Articles {
    static let folder = Program.root + "../shared/articles"
    static var areAtHand: Bool { FileManager.default.fileExists(atPath: folder) }
    static let absence: Comment = "the articles' texts are not at hand"
}
