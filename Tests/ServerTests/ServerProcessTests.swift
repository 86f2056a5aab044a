// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import TestSupport
import Testing

@testable import Server
@testable import Sockets

/// What can only be seen from a process of its own.
@Suite struct ServerProcessTests {
    @Test func twoThousandConnectionsLeaveNoDescriptorBehind() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer { $0.loops = 2 }
            let before = openSockets()
            for number in 0..<2000 {
                let client = try server.connect()
                switch number % 4 {
                case 0: try #require(try client.get("/number/1").text == "1")
                case 1: try #require(try client.get("/later/1", fields: "Connection: close\r\n").text == "later 1")
                case 2: try client.send("GET /number")
                default: try client.send("BAD\r\n\r\n")
                }
            }
            try #require(eventually { openSockets() == before })
        }
    }

    @Test func withoutDescriptorsNewClientsAreDroppedAndOldOnesServed() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer()
            let client = try server.connect()
            try #require(try client.get("/number/1").text == "1")
            // The client's ends exist beforehand: the server's are what does not fit.
            let late = (0..<3).map { _ in Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
            try useUpDescriptors()
            var dropped: [TestClient] = []
            for number in late {
                let descriptor = FileDescriptor(owning: number)
                try server.server.boundAddress.connect(descriptor)
                let client = try TestClient(Socket(descriptor))
                #expect(throws: TestClient.Failure.self) { try client.get("/number/1") }
                dropped.append(client)
            }
            let before = server.state.batchCount
            for _ in 0..<300 { pauseBriefly() }
            // It waits, rather than ask again and again: one batch at each look at the deadlines, and no more.
            try #require(server.state.batchCount - before < 10)
            try #require(try client.get("/number/2").text == "2")
            try limitDescriptors(to: 1000)
            try #require(try server.connect().get("/number/3").text == "3")
            try #require(dropped.count == 3)
        }
    }

    @Test func listenersThatCannotBeWatchedAgainAreTriedUntilTheyCan() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer { $0.headerTime = .milliseconds(40) }
            let client = try server.connect()
            try #require(try client.get("/number/1").text == "1")
            let late = FileDescriptor(owning: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
            let nothing = try Errno.check("open") { unsafe open("/dev/null", O_RDONLY) }
            let listener = try #require((Int32(0)..<1000).first(where: isListening))
            let other = dup(listener)
            let wakeUps = count(of: "anon_inode:[eventfd]")
            // Room for nothing, not even the spare descriptor once it is given up: the loop has to pause.
            try limitDescriptors(to: 3)
            try server.server.boundAddress.connect(late)
            try #require(eventually { count(of: "anon_inode:[eventfd]") < wakeUps })
            // What epoll refuses stands in the listener's place for some looks at the deadlines.
            try limitDescriptors(to: 1000)
            try #require(dup2(nothing, listener) == listener)
            let before = server.state.batchCount
            try #require(eventually { server.state.batchCount > before + 5 })
            try #require(try client.get("/number/2").text == "2")
            try #require(dup2(other, listener) == listener)
            try #require(try TestClient(Socket(late)).get("/number/3").text == "3")
        }
    }

    @Test(.enabled(if: !isSanitized, "A sanitizer's own memory would be measured."))
    func idleConnectionsTakeLittleMemory() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer()
            try limitDescriptors(to: 8192)
            try #require(try server.connect().get("/number/1").text == "1")
            let before = try residentPages()
            let clients = try (0..<2000).map { _ in try server.connect() }
            for client in clients { try client.send("GET /number/1 HTTP/1.1\r\nHost: t\r\n\r\n") }
            for client in clients { try #require(try client.readResponse().text == "1") }
            // Both sides live in this process: 4 MiB for 2,000 pairs.
            try #require(try residentPages() - before < 1024)
        }
    }

    @Test func tenThousandConnectionsAreHeldAndOneMoreIsTurnedAway() async {
        await #expect(processExitsWith: .success) {
            // Both ends are open here; where the system allows too few descriptors for that, as many as it does.
            let count = min(10_000, (Machine.useAllDescriptors() - 200) / 2)
            if count < 10_000 { print("The descriptors suffice for \(count) connections, not for 10,000.") }
            let server = try TestServer {
                $0.loops = 2
                $0.connections = count
            }
            let clients = try (0..<count).map { _ in try server.connect() }
            for client in clients { try #require(try client.get("/number/1").text == "1") }
            try #require(try server.connect().readResponse().status == 503)
            for client in clients { try client.send("GET /number/2 HTTP/1.1\r\nHost: t\r\n\r\n") }
            for client in clients { try #require(try client.readResponse().text == "2") }
        }
    }

    @Test func aLoopThatFailsStopsTheWholeServer() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer { $0.loops = 2 }
            let epolls = (Int32(0)..<100).filter { (try? linkTarget($0)) == "anon_inode:[eventpoll]" }
            try #require(epolls.count >= 2)
            // What is no epoll any more fails the next wait of whichever loop takes the client; or the first of a loop that has not
            // waited yet, and then nobody gets in.
            for epoll in epolls { try #require(dup2(0, epoll) == epoll) }
            #expect(throws: (any Error).self) { try server.connect().get("/number/1") }
            server.server.wait()
            try #require(server.server.failure?.call == "epoll_wait")
            #expect(throws: Errno.self) { try server.connect() }
        }
    }

    @Test func anIdleServerSleeps() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer { $0.headerTime = .milliseconds(4) }
            do { try #require(try server.connect().get("/number/1").text == "1") }
            var batches = -1
            try #require(
                eventually {
                    defer { batches = server.state.batchCount }
                    for _ in 0..<50 { pauseBriefly() }
                    return batches == server.state.batchCount
                })
        }
    }
}

private var isSanitized: Bool {
    // Unsafe: asks whether the symbols exist, and never calls them.
    unsafe dlsym(nil, "__tsan_init") != nil || dlsym(nil, "__asan_init") != nil
}

private func isListening(_ number: Int32) -> Bool {
    var answer: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    // Unsafe: the kernel writes one number of that size.
    return unsafe getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &answer, &length) == 0 && answer == 1
}

/// What a descriptor is open on.
private func linkTarget(_ number: Int32) throws -> String {
    var text = [CChar](repeating: 0, count: 256)
    // Unsafe: the kernel writes at most so many bytes into the buffer lent for the call.
    let length = try Errno.check("readlink") {
        Int32(truncatingIfNeeded: unsafe readlink("/proc/self/fd/\(number)", &text, text.count))
    }
    return String(decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

private func count(of target: String) -> Int {
    (Int32(0)..<1000).count { (try? linkTarget($0)) == target }
}

/// Sockets alone: the libraries open files of `/proc` for moments.
private func openSockets() -> [Int32] {
    (0..<8192).filter { number in
        var status = stat()
        // Unsafe: fstat fills one stat structure that lasts for the call.
        return unsafe fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

/// Leaves no free number below the limit.
private func useUpDescriptors() throws {
    let highest = (0..<8192).last { fcntl($0, F_GETFD) >= 0 }
    try limitDescriptors(to: Int(highest ?? 0) + 1)
    while dup(0) >= 0 {}
}

private func limitDescriptors(to count: Int) throws {
    var limit = rlimit()
    try Errno.check("getrlimit") { unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) }
    limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
    try Errno.check("setrlimit") { unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) }
}

/// Of 4 KiB each.
private func residentPages() throws -> Int {
    let file = FileDescriptor(owning: try Errno.check("open") { unsafe open("/proc/self/statm", O_RDONLY) })
    var line = [UInt8](repeating: 0, count: 256)
    let length = unsafe read(file.number, &line, line.count)
    let columns = String(decoding: line.prefix(length), as: UTF8.self).split(separator: " ")
    return try #require(Int(columns[1]))
}
