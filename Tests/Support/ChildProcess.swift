// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program started by a test, its output in files.
///
/// Not Foundation's `Process` with pipes: tests run side by side, each child inherits the pipes that others have open just
/// then, and one that waits for the end of such a pipe waits for a stranger's child.
package final class ChildProcess {
    package struct NotStarted: Error {
        package let program: String
        package let errno: Int32
    }

    package let processID: Int32
    private let files: ScratchFolder
    private var status: Int32?
    private var readBytes = 0

    /// - Parameters:
    ///   - environment: replaces the inherited one.
    ///   - folder: where it starts.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil
    ) throws {
        files = try ScratchFolder()
        // A shell changes the folder, since spawning cannot everywhere.
        let words =
            folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0, program] + arguments } ?? [program]
            + arguments
        // Unsafe here and below: both structures and all strings last for the calls, and are destroyed at the end.
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (number, name) in [(Int32(1), "output"), (2, "errors")] {
            let flags = O_WRONLY | O_CREAT | O_APPEND
            unsafe posix_spawn_file_actions_addopen(&actions, number, "\(files.path)/\(name)", flags, 0o600)
        }
        // Tests block signals for their own purposes; a child begins with none blocked.
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let variables = environment ?? ProcessInfo.processInfo.environment
        let texts = unsafe words.map { unsafe strdup($0) } + [nil]
        let pairs = unsafe variables.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for index in unsafe texts.indices { unsafe free(texts[index]) }
            for index in unsafe pairs.indices { unsafe free(pairs[index]) }
        }
        var processID: Int32 = 0
        let code = unsafe posix_spawn(&processID, words[0], &actions, &attributes, texts, pairs)
        guard code == 0 else { throw NotStarted(program: program, errno: code) }
        self.processID = processID
    }

    deinit {
        if status == nil {
            signal(SIGKILL)
            _ = wait()
        }
    }

    package func signal(_ number: Int32) {
        if status == nil { kill(processID, number) }
    }

    /// Whether it has not ended yet.
    package var isRunning: Bool {
        guard status == nil else { return false }
        return reap(options: WNOHANG) == nil
    }

    /// Waits for the end: the exit status, or the number of the signal that ended it.
    package func wait() -> Int32 { status ?? reap(options: 0) ?? -1 }

    private func reap(options: Int32) -> Int32? {
        var raw: Int32 = 0
        while true {
            let result = unsafe waitpid(processID, &raw, options)
            if result == processID { break }
            if result == 0 || errno != EINTR { return nil }
        }
        let signal = raw & 0x7F
        status = signal == 0 ? (raw >> 8) & 0xFF : signal
        return status
    }

    /// What it has printed so far.
    package var output: String { text("output") }
    package var errors: String { text("errors") }

    /// What it has written to standard output since the last call.
    package func newOutput() -> String {
        let all = output.utf8
        let new = all.dropFirst(readBytes)
        readBytes = all.count
        return String(decoding: new, as: UTF8.self)
    }

    private func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "\(files.path)/\(name)") ?? Data(), as: UTF8.self)
    }
}
