// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite struct AnswerRecordTests {
    private final class Records: Sendable {
        let all = Mutex<[AnswerRecord]>([])
    }

    @Test func eachAnswerHasOne() throws {
        let records = Records()
        let server = try TestServer(log: { record in records.all.withLock { $0.append(record) } })
        let client = try server.connect()
        var bytes: [Int] = []
        for target in ["/shared/a?b", "/shared/a?b", "/number/1", "/later/1"] {
            bytes.append(try client.get(target).body.count)
        }
        #expect(try client.get("/shared/a?b", fields: "If-None-Match: *\r\n").status == 304)
        #expect(try client.exchange("BAD\r\n\r\n").status == 400)
        let all = records.all.withLock { $0 }
        #expect(all.map(\.source) == [.loop, .cache, .loop, .worker, .cache, .server])
        #expect(all.map(\.status) == [200, 200, 200, 200, 304, 400])
        #expect(all.map(\.target) == ["/shared/a?b", "/shared/a?b", "/number/1", "/later/1", "/shared/a?b", ""])
        #expect(all.map(\.method) == ["GET", "GET", "GET", "GET", "GET", ""])
        #expect(Set(all.map(\.id)).count == 6)
        for (record, count) in zip(all, bytes) { #expect(record.byteCount > count) }
    }
}
