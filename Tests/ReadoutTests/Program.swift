// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
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
    /// Where its operator's listener is; nil when it has none.
    let admin: String?
    private let process: ChildProcess

    var database: String { folder.path("readout.sqlite") }

    /// - Parameter expectingLog: whether its log says where it listens.
    init(
        _ arguments: [String] = [], folder: ScratchFolder? = nil, environment: [String: String] = [:],
        expectingLog: Bool = true, softDescriptorLimit: Int? = nil
    ) throws {
        let folder = try folder ?? ScratchFolder()
        self.folder = folder
        let database = folder.path("readout.sqlite")
        // A quiet server is found by a port that was free a moment ago.
        let port = expectingLog ? "0" : try Self.freePort()
        process = try Program.start(
            ["serve", "--port", port, "--log-format", "text", "--database", database] + arguments,
            environment: environment, softDescriptorLimit: softDescriptorLimit)
        let fields = expectingLog ? try Self.listening(process) : ["address": "http://127.0.0.1:\(port)"]
        address = Self.hostAndPort(fields["address"] ?? "")
        admin = fields["admin"].map(Self.hostAndPort)
        if !expectingLog {
            while try Program.shell("curl -s http://\(address)/healthz").status != 0 {
                guard process.isRunning else { throw StartFailure(log: process.output + process.errors) }
                usleep(10_000)
            }
        }
        _ = process.newOutput()
    }

    /// The fields of the line that says where it listens.
    private static func listening(_ process: ChildProcess) throws -> [String: String] {
        while true {
            // Asked first, so that nothing it wrote before its end is missed.
            let isRunning = process.isRunning
            for line in process.output.split(separator: "\n") where line.contains("listening") {
                // Of either format of the log.
                let pairs = line.matches(of: /"?(address|admin)"?[=:]"?(https?:\/\/[^\s",]+)/)
                return Dictionary(uniqueKeysWithValues: pairs.map { (String($0.1), String($0.2)) })
            }
            guard isRunning else { throw StartFailure(log: process.output + process.errors) }
            usleep(10_000)
        }
    }

    private static func hostAndPort(_ url: String) -> String { url.replacing(/^https?:\/\//, with: "") }

    private static func freePort() throws -> String {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        return listener.address.description.split(separator: ":").last.map(String.init) ?? "0"
    }

    /// Waits until this stands in what is logged from now on; throws when it ends without.
    func awaitLog(_ text: String) throws {
        var log = ""
        for _ in 0..<1000 {
            log += self.log()
            if log.contains(text) { return }
        }
        throw StartFailure(log: log)
    }

    struct StartFailure: Error {
        let log: String
    }

    /// What it has logged since it listens and since the last call.
    func log() -> String {
        usleep(10_000)
        return process.newOutput()
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
