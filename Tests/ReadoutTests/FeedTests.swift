// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import TestSupport
import Testing

/// The stream of changes of the program itself.
@Suite struct FeedTests {
    @Test func whatACommandWritesReachesSubscribersAndAStopEndsThem() throws {
        let server = try RunningServer()
        let client = try TestClient(#require(SocketAddress(server.address)))
        try client.send("GET /v1/changes HTTP/1.1\r\nHost: test\r\nAccept: text/event-stream\r\n\r\n")
        #expect(try client.readStreamHead()["Content-Type"] == "text/event-stream")
        let notice = try server.folder.write("A notice of the harbour office.\n", to: "notice.txt")
        #expect(try Program.run("import", "--database", server.database, notice).status == 0)
        var text = ""
        while !text.contains("event: change"), let chunk = try client.readChunk() {
            text += String(decoding: chunk, as: UTF8.self)
        }
        #expect(text.contains(#""type":"article""#))
        #expect(text.contains(#""change":"created""#))
        server.signal(SIGTERM)
        while try client.readChunk() != nil {}
        #expect(try client.readToEnd().isEmpty)
        #expect(server.waitForExit() == 0)
    }

    @Test func theLogIsAsLongAsTheOperatorSays() throws {
        let server = try RunningServer(["--changes-kept", "7"])
        #expect(try server.curl("/v1/changes?limit=1").contains(#""total":7,"#))
        #expect(try server.curl("/v1/changes?after=0").contains("changes-trimmed"))
    }

    @Test func itSaysThatItIsAlive() throws {
        let server = try RunningServer(["--heartbeat", "100ms"])
        let text = try server.curl("/v1/changes", "-N -m 2 -H 'Accept: text/event-stream'")
        #expect(text.contains(": heartbeat\n"))
    }
}
