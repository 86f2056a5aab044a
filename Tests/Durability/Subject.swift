// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport

/// The program that is put to the test.
package struct Subject: Sendable {
    private let program: String

    /// - Parameter program: the path of `readout`.
    package init(program: String) {
        self.program = program
    }

    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> ChildProcess {
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("READOUT_") }
        variables.merge(environment) { $1 }
        // Beside what is preloaded already, as under a sanitizer.
        if let own = environment["LD_PRELOAD"], let others = ProcessInfo.processInfo.environment["LD_PRELOAD"] {
            variables["LD_PRELOAD"] = "\(others):\(own)"
        }
        return try ChildProcess(program, arguments, environment: variables, folder: Repository.root)
    }

    /// Runs a command that must succeed.
    @discardableResult
    func run(_ arguments: String...) throws -> String {
        let process = try start(arguments)
        guard process.wait() == 0 else {
            throw Failure(description: "\(arguments.joined(separator: " ")): \(process.output)\(process.errors)")
        }
        return process.output
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

/// A database with the shipped coverage and an editor's token, and the server that runs on it now.
final class Bench {
    let subject: Subject
    let database: String
    private(set) var token = ""
    private(set) var address: SocketAddress = .ipv4(0x7F00_0001, port: 0)
    private var process: ChildProcess?
    private let arguments: [String]
    private let environment: [String: String]

    /// - Parameter folder: where the database is made.
    init(
        _ subject: Subject, in folder: String, arguments: [String] = [], environment: [String: String] = [:]
    ) throws {
        self.subject = subject
        self.arguments = arguments
        self.environment = environment
        database = "\(folder)/readout.sqlite"
        try subject.run("seed", "--database", database)
        token = try subject.run("token", "create", "--name", "torture", "--scope", "write", "--database", database)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts the server and waits until it listens.
    /// - Returns: how long that took.
    @discardableResult
    func start() throws -> Duration {
        let begin = ContinuousClock.now
        let process = try subject.start(
            ["serve", "--port", "0", "--log-format", "text", "--database", database] + arguments,
            environment: environment)
        self.process = process
        while true {
            // Asked first, so that nothing it wrote before its end is missed.
            let isRunning = process.isRunning
            if let address = Self.address(in: process.output) {
                self.address = address
                return ContinuousClock.now - begin
            }
            guard isRunning else {
                throw Subject.Failure(description: "it does not start: \(process.output + process.errors)")
            }
            usleep(1000)
        }
    }

    private static func address(in log: String) -> SocketAddress? {
        guard let line = log.split(separator: "\n").first(where: { $0.contains("listening") }) else { return nil }
        let field = line.split(separator: " ").first { $0.hasPrefix("address=http://") }
        return field.flatMap { SocketAddress(String($0.dropFirst("address=http://".count))) }
    }

    /// Ends the server: at once with SIGKILL, in order with SIGTERM.
    func stop(_ signal: Int32) {
        process?.signal(signal)
        _ = process?.wait()
    }

    /// What `readout check` finds wrong.
    func faults() throws -> String? {
        let process = try subject.start(["check", "--database", database])
        return process.wait() == 0 ? nil : process.output + process.errors
    }
}
