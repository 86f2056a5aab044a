// SPDX-License-Identifier: Apache-2.0

import HTTP
import TestSupport
import Testing

@testable import Server

@Suite struct OutputBatchTests {
    private static func output(_ text: String) -> OutputBuffer {
        var output = OutputBuffer()
        output.append(string: text)
        return output
    }

    @Test func leaveInOrderEachWithItsBytes() {
        var outputBatch = OutputBatch()
        for (token, text) in [(7, "one"), (8, "second"), (9, "3")] as [(UInt64, String)] {
            var output = Self.output(text)
            outputBatch.add(&output, for: token, at: 1)
            let isTaken = output.isEmpty
            #expect(isTaken)
        }
        for (token, text) in [(7, "one"), (8, "second"), (9, "3")] as [(UInt64, String)] {
            let next = outputBatch.next
            #expect(next?.token == token && next?.byteCount == text.utf8.count)
            // Unsafe: lent for the copy only.
            let bytes = unsafe outputBatch.bytes.withUnsafeBytes { unsafe Array($0.prefix(text.utf8.count)) }
            #expect(bytes == Array(text.utf8))
            outputBatch.removeFirst()
        }
        // Nobody is left, and so nobody leaves.
        outputBatch.removeFirst()
        let isOver = outputBatch.next == nil && outputBatch.bytes.isEmpty
        #expect(isOver)
    }

    @Test func isDueWhenTheFirstHasWaitedAMillisecond() {
        var outputBatch = OutputBatch()
        let before = outputBatch.isDue(at: .max)
        for moment in [1_000, 900_000] as [UInt64] {
            var output = Self.output("answer")
            outputBatch.add(&output, for: 1, at: moment)
        }
        let (early, late) = (outputBatch.isDue(at: 1_001_000), outputBatch.isDue(at: 1_001_001))
        while outputBatch.next != nil { outputBatch.removeFirst() }
        let after = outputBatch.isDue(at: .max)
        #expect(!before && !early && late && !after)
    }

    @Test func isDueWhenThereIsMuch() {
        var outputBatch = OutputBatch()
        var isDue: [Bool] = []
        for number in 0..<2 {
            var output = Self.output(String(repeating: "x", count: OutputBatch.most))
            outputBatch.add(&output, for: UInt64(number), at: 1)
            isDue.append(outputBatch.isDue(at: 1))
        }
        #expect(isDue == [false, true])
    }

    private static func request(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: t\r\n\(fields)\r\n"
    }

    /// A loop that stands still before the first gate, so that it has in one batch what these clients, whom it knows, ask then.
    private struct Standstill {
        let server: TestServer
        let clients: [TestClient]
        private let blocker: TestClient

        init(clients count: Int) throws {
            let server = try TestServer()
            self.server = server
            clients = try (0..<count).map { _ in try server.connect() }
            for client in clients { #expect(try client.get("/number/0").text == "0") }
            blocker = try server.connect()
            try blocker.send(request("/block"))
            #expect(eventually { server.state.waitingCount == 1 })
        }

        func end(opening gate: Int = .max) throws {
            server.state.openGate(gate)
            #expect(try blocker.readResponse().status == 200)
        }
    }

    @Test func anAnswerWaitsForTheNextOneButNoLonger() throws {
        let standstill = try Standstill(clients: 4)
        let (clients, state) = (standstill.clients, standstill.server.state)
        try clients[0].send(Self.request("/number/1"))
        try clients[1].send(Self.request("/block/2"))
        try clients[2].send(Self.request("/block/3"))
        try clients[3].send(Self.request("/number/4"))
        try standstill.end(opening: 1)
        // The first has been answered, and is to hear of it when the loop is done with the second.
        #expect(eventually { state.waitingCount == 2 })
        for _ in 0..<20 {
            #expect(!clients[0].hasSomethingToRead())
            pauseBriefly()
        }
        // That took more than a millisecond: both are sent before the third is begun.
        state.openGate(2)
        #expect(try clients[0].readResponse().text == "1")
        #expect(try clients[1].readResponse().status == 200)
        #expect(eventually { state.waitingCount == 3 })
        #expect(!clients[2].hasSomethingToRead() && !clients[3].hasSomethingToRead())
        state.openGate()
        #expect(try clients[2].readResponse().status == 200)
        #expect(try clients[3].readResponse().text == "4")
    }

    @Test func eachClientOfABatchHasItsOwnAnswers() throws {
        let standstill = try Standstill(clients: 40)
        for (number, client) in standstill.clients.enumerated() {
            try client.send(Self.request("/number/\(number)"))
            if number % 2 == 0 { try client.send(Self.request("/number/\(number + 1000)")) }
            if number % 3 == 0 { try client.send(Self.request("/size/100000")) }
            if number % 5 == 0 { try client.send(Self.request("/later/\(number)")) }
        }
        try standstill.end()
        for (number, client) in standstill.clients.enumerated() {
            #expect(try client.readResponse().text == "\(number)")
            if number % 2 == 0 { #expect(try client.readResponse().text == "\(number + 1000)") }
            if number % 3 == 0 { #expect(try client.readResponse().body.count == 100_000) }
            if number % 5 == 0 { #expect(try client.readResponse().text == "later \(number)") }
            #expect(try client.get("/number/\(number + 2000)").text == "\(number + 2000)")
        }
    }

    @Test func whoSaysNoMoreOrIsGoneHoldsNobodyUp() throws {
        var standstill: Standstill? = try Standstill(clients: 3)
        let clients = try #require(standstill?.clients)
        try clients[0].send(Self.request("/number/1"))
        clients[0].finishSending()
        try clients[1].send(Self.request("/number/2", "Connection: close\r\n"))
        try clients[2].send(Self.request("/number/3"))
        try standstill?.end()
        #expect(try clients[0].readResponse().text == "1")
        #expect(try clients[0].readToEnd().isEmpty)
        #expect(try clients[1].readResponse().text == "2")
        #expect(try clients[1].readToEnd().isEmpty)
        #expect(try clients[2].readResponse().text == "3")
        #expect(try clients[2].get("/number/4").text == "4")
        standstill = nil
    }

    @Test func whoLeavesBeforeTheAnswerHoldsNobodyUp() throws {
        let server = try TestServer()
        let staying = try server.connect()
        #expect(try staying.get("/number/1").text == "1")
        do {
            let leaving = try (0..<5).map { _ in try server.connect() }
            for client in leaving { #expect(try client.get("/number/2").text == "2") }
            let blocker = try server.connect()
            try blocker.send(Self.request("/block"))
            #expect(eventually { server.state.waitingCount == 1 })
            for client in leaving { try client.send(Self.request("/number/3") + Self.request("/number/4")) }
        }
        try staying.send(Self.request("/number/5"))
        server.state.openGate()
        #expect(try staying.readResponse().text == "5")
        #expect(eventually { (try? server.server.figures().connections.values.reduce(0, +)) == 1 })
    }

    @Test func aBatchIsAnsweredThoughTheServerStops() throws {
        let standstill = try Standstill(clients: 10)
        for (number, client) in standstill.clients.enumerated() {
            try client.send(Self.request("/number/\(number)"))
        }
        // Behind all requests in the batch.
        standstill.server.server.stop()
        try standstill.end()
        for (number, client) in standstill.clients.enumerated() {
            #expect(try client.readResponse().text == "\(number)")
            #expect(try client.readToEnd().isEmpty)
        }
        standstill.server.server.wait()
    }
}
