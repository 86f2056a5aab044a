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
        let chunked = "POST /number/3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        let requests = [
            (tooLarge, 413), (elsewhere, 421), (chunked + "b\r\n", 413), (chunked + "x\r\n", 400),
        ]
        for (request, status) in requests {
            #expect(try server.connect().exchange(request).status == status)
        }
        #expect(
            observer.all.map { "\($0.method) \($0.target)" } == [
                "POST /number/1", "GET /number/2", "POST /number/3", "POST /number/3",
            ])
        #expect(observer.all.map(\.answer.status) == requests.map(\.1))
        #expect(observer.all.allSatisfy { $0.answer.route == "/number/{rest}" })
    }

    /// Whether anybody is told of it or not.
    @Test func isCountedUnderItsRoute() throws {
        for observer in [nil, TestObserver()] {
            let server = try TestServer(configure: { $0.limits.body = 10 }, observer: observer)
            let client = try server.connect()
            for target in [
                "/number/1", "/number/2", "/later/1", "/shared/a", "/shared/a", "/number/3", "/elsewhere/1/now",
            ] { _ = try client.get(target) }
            _ = try client.get("/shared/a", fields: "If-None-Match: *\r\n")
            _ = try client.get("/tagged", fields: "If-None-Match: *\r\n")
            _ = try client.get("/tagged", fields: "If-Match: \"other\"\r\n")
            _ = try client.exchange("HEAD /stream/1 HTTP/1.1\r\nHost: h\r\n\r\n")
            _ = try client.get("/number/4", fields: "Accept-Encoding: identity;q=0, *;q=0\r\n")
            _ = try client.exchange("BREW /number/5 HTTP/1.1\r\nHost: h\r\n\r\n")
            _ = try client.exchange("POST /number/6 HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n")
            _ = try server.connect().exchange("BAD\r\n\r\n")
            let counted = try server.server.figures().requests.map { question, histogram in
                "\(histogram.count) \(question.method) \(question.route ?? "-") \(question.status)"
            }
            #expect(
                counted.sorted() == [
                    "1 GET /elsewhere/{rest} 200", "1 GET /later/{rest} 200", "1 GET /number/{rest} 406",
                    "1 GET /shared/{rest} 304", "1 GET /tagged/{rest} 304", "1 GET /tagged/{rest} 412",
                    "1 HEAD /stream/{rest} 200", "1 POST /number/{rest} 413", "1 _OTHER - 400",
                    "1 _OTHER /number/{rest} 200", "2 GET /shared/{rest} 200", "3 GET /number/{rest} 200",
                ])
        }
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
