// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Programs that others wrote, run against ours.
package enum Shell {
    package struct Failure: Error {
        package let output: String
    }

    /// Runs a command to its end and returns its exit status and what it has printed, errors included.
    package static func run(_ command: String) throws -> (status: Int32, output: String) {
        let (process, pipe) = try start(command)
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    private static func start(_ command: String) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "exec 2>&1; \(command)"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, pipe)
    }

    /// The same for a command that must succeed.
    @discardableResult
    package static func require(_ command: String) throws -> String {
        let (status, output) = try run(command)
        guard status == 0 else { throw Failure(output: output) }
        return output
    }

    /// A command that goes on while the test does something else.
    package final class Running {
        private let process: Process
        private let pipe: Pipe

        fileprivate init(_ process: Process, _ pipe: Pipe) {
            self.process = process
            self.pipe = pipe
        }

        /// Waits for the end and returns what was printed.
        package func finish() throws -> String {
            String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        }

        deinit { if process.isRunning { process.terminate() } }
    }

    package static func background(_ command: String) throws -> Running {
        let (process, pipe) = try start(command)
        return Running(process, pipe)
    }

    package static func has(_ program: String) -> Bool {
        (try? run("command -v \(program)").status) == 0
    }
}
