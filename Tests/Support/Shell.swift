// SPDX-License-Identifier: Apache-2.0

/// Programs that others wrote, run against ours.
package enum Shell {
    package struct Failure: Error {
        package let output: String
    }

    /// Runs a command to its end and returns its exit status and what it has printed, errors included.
    package static func run(_ command: String) throws -> (status: Int32, output: String) {
        let process = try start(command)
        let status = process.wait()
        return (status, process.output)
    }

    private static func start(_ command: String) throws -> ChildProcess {
        try ChildProcess("/bin/sh", ["-c", "exec 2>&1; \(command)"])
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
        private let process: ChildProcess

        fileprivate init(_ process: ChildProcess) { self.process = process }

        /// Waits for the end and returns what was printed.
        package func finish() -> String {
            _ = process.wait()
            return process.output
        }
    }

    package static func background(_ command: String) throws -> Running { Running(try start(command)) }

    package static func has(_ program: String) -> Bool {
        (try? run("command -v \(program)").status) == 0
    }
}
