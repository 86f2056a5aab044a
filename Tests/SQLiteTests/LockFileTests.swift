// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import SQLite

@Suite struct LockFileTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func theOwnerIsNamedInside() throws {
        let lock = try LockFile(database: folder.database)
        #expect(lock.path == folder.database + ".lock")
        #expect(try String(contentsOfFile: lock.path, encoding: .utf8) == "\(getpid())\n")
    }

    @Test func aSecondWriterOfThisProcessIsRefused() throws {
        let path = folder.database
        let writer = try Writer(path: path)
        let error = #expect(throws: LockFileError.self) { try Writer(path: path) }
        #expect(error == .held(path: path + ".lock", pid: getpid()))
        #expect(error?.description == "\(path).lock is held by process \(getpid())")
        // Nor by way of a link.
        let link = folder.path + "/link.db"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(throws: LockFileError.held(path: path + ".lock", pid: getpid())) { try Writer(path: link) }
        writer.close()
        try Writer(path: path).close()
        #expect(try folder.openDescriptors().isEmpty)
    }

    @Test func anotherProcessIsNamed() throws {
        let holder = try ChildProcess(
            "/bin/sh",
            [
                "-c", "exec 9<>\"$0\"; flock -xn 9 && echo $$ >&9 && echo ready; exec sleep 600",
                folder.database + ".lock",
            ])
        while holder.output != "ready\n", holder.isRunning { usleep(10_000) }
        let path = folder.database
        let error = #expect(throws: LockFileError.self) { try Writer(path: path) }
        #expect(error == .held(path: path + ".lock", pid: holder.processID))
        #expect(!folder.exists("test.db"))
        holder.signal(SIGKILL)
        #expect(holder.wait() == SIGKILL)
        // What it left behind does not matter.
        try Writer(path: path).close()
    }

    @Test func aLinkInPlaceOfTheLockIsRefused() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.database + ".lock", withDestinationPath: folder.path + "/elsewhere")
        #expect(throws: LockFileError.failed(path: folder.database + ".lock", errno: ELOOP)) {
            _ = try LockFile(database: folder.database)
        }
        #expect(!folder.exists("elsewhere"))
    }
}
