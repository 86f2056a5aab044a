// SPDX-License-Identifier: Apache-2.0

import HTTP
import TestSupport
import Testing

@testable import Server

@Suite struct AnswerRecordTests {
    @Test func eachAnswerHasOne() throws {
        let observer = TestObserver()
        let server = try TestServer(observer: observer)
        let client = try server.connect()
        var bytes: [Int] = []
        for target in ["/shared/a?b", "/shared/a?b", "/number/1", "/later/1"] {
            bytes.append(try client.get(target).body.count)
        }
        #expect(try client.get("/shared/a?b", fields: "If-None-Match: *\r\n").status == 304)
        #expect(try client.exchange("BAD\r\n\r\n").status == 400)
        let all = observer.all
        #expect(all.map(\.answer.source) == [.loop, .cache, .loop, .worker, .cache, .server])
        #expect(all.map(\.answer.status) == [200, 200, 200, 200, 304, 400])
        #expect(all.map(\.target) == ["/shared/a?b", "/shared/a?b", "/number/1", "/later/1", "/shared/a?b", ""])
        #expect(
            all.map(\.answer.route)
                == ["/shared/{rest}", "/shared/{rest}", "/number/{rest}", "/later/{rest}", "/shared/{rest}", nil])
        #expect(all.map(\.method) == ["GET", "GET", "GET", "GET", "GET", ""])
        #expect(Set(all.map(\.answer.id)).count == 6)
        for (seen, count) in zip(all, bytes) { #expect(seen.answer.byteCount > count) }
        #expect(observer.batchCount > 0)
    }

    @Test func aTargetWithoutAPathHasTheOneItMeans() throws {
        let observer = TestObserver()
        let server = try TestServer(observer: observer)
        let client = try server.connect()
        for target in ["http://h", "http://h?q", "http://h/?q"] { _ = try client.get(target) }
        _ = try client.exchange("OPTIONS http://h HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(observer.all.map(\.target) == ["/", "/?q", "/?q", "*"])
    }

    @Test func whatIsRefusedByItsHeadIsTold() throws {
        let observer = TestObserver()
        let server = try TestServer(
            configure: {
                $0.limits.body = 10
                $0.hosts = HostNames(["h"])
            }, observer: observer)
        let tooLarge = "POST /number/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n"
        let elsewhere = "GET /number/2 HTTP/1.1\r\nHost: i\r\n\r\n"
        for (request, status) in [(tooLarge, 413), (elsewhere, 421)] {
            #expect(try server.connect().exchange(request).status == status)
        }
        #expect(observer.all.map { "\($0.method) \($0.target)" } == ["POST /number/1", "GET /number/2"])
        #expect(observer.all.map(\.answer.status) == [413, 421])
    }

    @Test func theTraceIsNamedWhereThereIsOne() throws {
        let observer = TestObserver()
        let server = try TestServer(observer: observer)
        let client = try server.connect()
        let trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
        // Asked for, then from the cache, then named twice: no trace.
        for fields in [trace, trace, trace + trace, ""] { _ = try client.get("/shared/a", fields: fields) }
        let named = trace.dropFirst(13).dropLast()
        #expect(observer.all.map(\.traceparent) == [String(named), String(named), "", ""])
        #expect(observer.all.map(\.answer.source) == [.loop, .cache, .cache, .cache])
    }
}
