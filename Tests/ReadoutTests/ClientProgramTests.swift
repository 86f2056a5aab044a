// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Programs that others wrote, as clients of ours.
@Suite struct ClientProgramTests {
    @Test(.enabled(if: Shell.has("curl"), "curl is not installed"))
    func curl() throws {
        let server = try RunningServer()
        let url = "http://\(server.address)/v1/people/qin-gang"
        let plain = try Shell.require("curl -sS --fail-with-body '\(url)'")
        #expect(plain.contains("\"id\":\"qin-gang\""))
        #expect(try Shell.require("curl -sS --compressed --fail-with-body '\(url)'") == plain)
        #expect(try Shell.require("curl -sS --http1.0 --fail-with-body '\(url)'") == plain)
        #expect(try Shell.require("curl -sSI '\(url)'").hasPrefix("HTTP/1.1 200 OK\r\n"))
        let reused = try Shell.require(
            "curl -sS -o /dev/null -w '%{http_code} %{num_connects}\\n' \(url) -o /dev/null \(url)")
        #expect(reused == "200 1\n200 0\n")
        let refused = try Shell.require("curl -sS -o /dev/null -w '%{http_code}' --data-binary @- '\(url)' </dev/null")
        #expect(refused == "405")
    }

    @Test(.enabled(if: Shell.has("wrk"), "wrk is not installed"))
    func wrk() throws {
        let server = try RunningServer()
        for target in ["/v1/people/qin-gang", "/v1/events?limit=100"] {
            let report = try Shell.require("wrk -t2 -c32 -d1s 'http://\(server.address)\(target)'")
            #expect(report.contains("requests in"))
            #expect(!report.contains("Non-2xx"), "\(report)")
            #expect(!report.contains("Socket errors"), "\(report)")
        }
    }

    @Test(.enabled(if: Shell.has("openssl"), "openssl is not installed"), arguments: ["-tls1_2", "-tls1_3"])
    func openssl(_ version: String) throws {
        let authority = try TestAuthority()
        try authority.issue("server", hosts: ["127.0.0.1"])
        let server = try RunningServer(
            ["--tls-certificate", authority.path("server.pem"), "--tls-key", authority.path("server.key")])
        let report = try Shell.require(
            """
            printf 'GET /v1/people/qin-gang HTTP/1.1\\r\\nHost: t\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client \
            \(version) -ign_eof -verify_return_error -verify_ip 127.0.0.1 -CAfile \(authority.certificate) \
            -alpn http/1.1 -connect \(server.address)
            """)
        #expect(report.contains("HTTP/1.1 200 OK"))
        #expect(report.contains("\"id\":\"qin-gang\""))
        #expect(report.contains("Verify return code: 0 (ok)"))
        #expect(report.contains("ALPN protocol: http/1.1"))
    }

    @Test(.enabled(if: Shell.has("python3"), "python3 is not installed"))
    func python() throws {
        let server = try RunningServer()
        let folder = try ScratchFolder()
        let script = try folder.write(
            """
            import http.client, json
            connection = http.client.HTTPConnection("\(server.address)", timeout=60)
            def ask(method, target, body=None, **fields):
                connection.request(method, target, body, fields)
                answer = connection.getresponse()
                return answer, answer.read()
            answer, body = ask("GET", "/v1/people/qin-gang")
            socket = connection.sock
            assert answer.status == 200 and json.loads(body)["id"] == "qin-gang", body
            tag = answer.headers["ETag"]
            answer, body = ask("HEAD", "/v1/people/qin-gang")
            assert answer.status == 200 and body == b"" and answer.headers["ETag"] == tag
            answer, body = ask("GET", "/v1/people/qin-gang", **{"If-None-Match": tag})
            assert answer.status == 304 and body == b""
            answer, body = ask("POST", "/v1", b"x" * 100000)
            assert answer.status == 405 and json.loads(body)["status"] == 405
            answer, body = ask("POST", "/v1", iter([b"x" * 1000] * 10))
            assert answer.status == 405
            answer, body = ask("OPTIONS", "/v1/events")
            assert answer.status == 204 and body == b""
            answer, body = ask("GET", "/v1/events?limit=100")
            assert answer.status == 200 and len(json.loads(body)["data"]) > 20
            assert connection.sock is socket
            # All of it is sent before the answer is looked at.
            answer, body = ask("POST", "/v1/events", b"x" * 20_000_000)
            assert answer.status == 413 and json.loads(body)["status"] == 413
            """, to: "client.py")
        try Shell.require("python3 \(script)")
    }
}
