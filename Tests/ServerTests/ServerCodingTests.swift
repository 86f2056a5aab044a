// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

/// `/text/N` is a text of N bytes with the entity tag `"t"`, `/textlater/N` the same by a worker; `/picture/N` is no text.
@Suite struct ServerCodingTests {
    @Test(arguments: ["/text/5000", "/textlater/5000"]) func aLargeTextIsCompressedForWhoTakesIt(target: String) throws
    {
        let server = try TestServer()
        let client = try server.connect()
        let plain = try client.get(target)
        #expect(plain["Content-Encoding"] == nil)
        #expect(plain["ETag"] == "\"t\"")
        for _ in 0..<3 {
            let response = try client.get(target, fields: "Accept-Encoding: br, gzip\r\n")
            #expect(response["Content-Encoding"] == "gzip")
            #expect(response["ETag"] == "\"t-gzip\"")
            #expect(response.body.count < 1000)
            #expect(gunzip(response.body) == plain.body)
            #expect(response["Vary"] == plain["Vary"])
            #expect(response["Vary"] == "Accept, Accept-Encoding")
        }
        // Once as it is, and once for gzip: then it is kept compressed.
        #expect(server.state.askedCount == 2)
    }

    @Test func headHasTheFieldsOfGet() throws {
        let server = try TestServer()
        for _ in 0..<2 {
            let client = try server.connect()
            let fields = "Host: test\r\nAccept-Encoding: gzip\r\n\r\n"
            let head = try client.exchange("HEAD /text/5000 HTTP/1.1\r\n\(fields)")
            let get = try client.exchange("GET /text/5000 HTTP/1.1\r\n\(fields)")
            for name in ["Content-Length", "Content-Encoding", "ETag", "Vary", "Content-Type"] {
                #expect(head[name] != nil && head[name] == get[name], "\(name)")
            }
        }
    }

    @Test func tagsAreComparedWhole() throws {
        let server = try TestServer()
        let client = try server.connect()
        func status(_ tag: String, _ coding: String) throws -> Int {
            let fields = "If-None-Match: \"\(tag)\"\r\nAccept-Encoding: \(coding)\r\n"
            return try client.get("/text/5000", fields: fields).status
        }
        for _ in 0..<2 {
            #expect(try status("t-gzip", "gzip") == 304)
            #expect(try status("t", "gzip") == 200)
            #expect(try status("t", "identity") == 304)
            #expect(try status("t-gzip", "identity") == 200)
        }
        let held = try client.get("/text/5000", fields: "If-None-Match: *\r\nAccept-Encoding: gzip\r\n")
        #expect(held["ETag"] == "\"t-gzip\"" && held["Content-Encoding"] == nil)
    }

    @Test(arguments: ["/text/1023", "/picture/5000", "/text/0"]) func whatIsNotWorthItStaysAsItIs(target: String) throws
    {
        let server = try TestServer()
        let client = try server.connect()
        let response = try client.get(target, fields: "Accept-Encoding: gzip\r\n")
        #expect(response["Content-Encoding"] == nil)
        #expect(response["ETag"] == "\"t\"")
    }

    @Test func identityMayBeExcluded() throws {
        let server = try TestServer()
        let client = try server.connect()
        let small = try client.get("/text/10", fields: "Accept-Encoding: gzip, identity;q=0\r\n")
        #expect(small["Content-Encoding"] == "gzip")
        #expect(gunzip(small.body) == Array(repeating: UInt8(ascii: "t"), count: 10))
        let asked = server.state.askedCount
        let none = try client.get("/text/10", fields: "Accept-Encoding: identity;q=0\r\n")
        #expect(none.status == 406)
        #expect(none.text == "not-acceptable")
        // Nothing has been done for an answer that could not be given.
        #expect(server.state.askedCount == asked)
    }
}
