// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

/// The entity tag of `/shared/a` and `/tagged` is `"1"` until the version moves on.
@Suite struct ServerConditionTests {
    @Test(
        arguments: [
            "", "Authorization: Bearer x\r\n", "Range: bytes=0-1\r\n", "If-Range: \"1\"\r\n",
            "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT\r\n",
            "If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT\r\n", "Accept: a/b\r\nAccept: c/d\r\n",
        ], ["/shared/a", "/tagged", "/sharedlater"])
    func ifNoneMatchHoldsBesideAnyField(others: String, target: String) throws {
        let server = try TestServer()
        let client = try server.connect()
        for _ in 0..<2 {
            let response = try client.get(target, fields: others + "If-None-Match: \"0\", \"1\"\r\n")
            #expect(response.status == 304)
            #expect(response["ETag"] == "\"1\"")
            #expect(try client.get(target, fields: others + "If-None-Match: \"2\"\r\n").status == 200)
        }
    }

    @Test func ifNoneMatchMayStandOnSeveralLines() throws {
        let server = try TestServer()
        let client = try server.connect()
        for target in ["/shared/a", "/tagged"] {
            let response = try client.get(target, fields: "If-None-Match: \"0\"\r\nIf-None-Match: \"1\"\r\n")
            #expect(response.status == 304)
        }
    }

    /// What the lines say together is `, *`, and that is neither the star nor a list of tags.
    @Test func anEmptyLineIsAnElementToo() throws {
        let server = try TestServer()
        let client = try server.connect()
        #expect(try client.get("/tagged", fields: "If-None-Match: \r\nIf-None-Match: *\r\n").status == 200)
        #expect(try client.get("/tagged", fields: "If-None-Match: , *\r\n").status == 200)
        #expect(try client.get("/tagged", fields: "If-None-Match: \r\nIf-None-Match: \"1\"\r\n").status == 304)
    }

    @Test func ifNoneMatchHoldsForHeadAndWithContent() throws {
        let server = try TestServer()
        let client = try server.connect()
        let fields = "Host: t\r\nIf-None-Match: \"1\"\r\n"
        for target in ["/shared/a", "/tagged"] {
            #expect(try client.exchange("HEAD \(target) HTTP/1.1\r\n\(fields)\r\n").status == 304)
            let request = "GET \(target) HTTP/1.1\r\n\(fields)Content-Length: 1\r\n\r\nx"
            #expect(try client.exchange(request).status == 304)
        }
    }

    @Test func ifNoneMatchHoldsThroughTheSocketFile() throws {
        let address = SocketAddress.unix(path: "/tmp/readout-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock")
        let server = try TestServer(local: address)
        let client = try TestClient(address)
        #expect(try client.get("/shared/a", fields: "If-None-Match: \"1\"\r\n").status == 304)
        #expect(server.state.askedCount == 1)
    }

    @Test func ifMatchIsAskedFirstAndComparesStrongly() throws {
        let server = try TestServer()
        let client = try server.connect()
        for target in ["/shared/a", "/tagged"] {
            for held in ["\"1\"", "*", "\"0\", \"1\""] {
                #expect(try client.get(target, fields: "If-Match: \(held)\r\n").status == 200)
            }
            for other in ["\"0\"", "W/\"1\"", "1"] {
                let response = try client.get(target, fields: "If-None-Match: \"1\"\r\nIf-Match: \(other)\r\n")
                #expect(response.status == 412)
                #expect(response.text == "precondition-failed")
            }
            #expect(try client.get(target, fields: "If-Match: \"1\"\r\nIf-None-Match: \"1\"\r\n").status == 304)
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE"]) func conditionsOfWritesAreTheHandlers(method: String) throws {
        let server = try TestServer()
        let client = try server.connect()
        let fields = "Host: t\r\nIf-Match: \"0\"\r\nIf-None-Match: *\r\n"
        #expect(try client.exchange("\(method) /tagged HTTP/1.1\r\n\(fields)\r\n").status == 200)
    }

    @Test func onlyA200MeetsACondition() throws {
        let server = try TestServer()
        let client = try server.connect()
        // Without a tag it is none that a client can have.
        #expect(try client.get("/number/1", fields: "If-None-Match: *\r\n").status == 200)
        #expect(try client.get("/number/1", fields: "If-Match: *\r\n").status == 200)
        #expect(try client.get("/number/1", fields: "If-Match: \"1\"\r\n").status == 412)
        #expect(try client.get("/nothing", fields: "If-Match: \"1\"\r\n").status == 404)
    }
}
