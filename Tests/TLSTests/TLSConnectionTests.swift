// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import TLS

@Suite struct TLSConnectionTests {
    private let authority: TestAuthority
    private let context: TLSContext

    init() throws {
        let authority = try TestAuthority()
        for host in ["first.example", "second.example"] { try authority.issue(host, hosts: [host, "*.\(host)"]) }
        let identities = ["first.example", "second.example"].map {
            TLSConfiguration.Identity(certificate: authority.path("\($0).pem"), key: authority.path("\($0).key"))
        }
        self.authority = authority
        context = try TLSContext(TLSConfiguration(identities: identities), tickets: TicketKeys())
    }

    @Test func bytesGoBothWaysAndEndInOrder() throws {
        let server = try TestPair(context, protocols: ["h2", "http/1.1"])
        let client = server.client
        #expect(server.isUntouched && !server.isEstablished)
        #expect(server.shakeHands())
        #expect(server.isEstablished && !server.isUntouched && !server.isResumed)
        #expect(client.chosenProtocol == "http/1.1")
        #expect(client.send(Array("hello".utf8)) == 5)
        #expect(server.receive().text == "hello")
        guard case .done(7) = server.send(Array("you too".utf8)[...]) else {
            Issue.record("not sent")
            return
        }
        #expect(client.receive(100) == Array("you too".utf8))

        server.finishSending()
        server.finishSending()
        #expect(client.receive(100).isEmpty && client.hasGoodbye)
        // The other way is still open.
        #expect(client.send(Array("still".utf8)) == 5)
        #expect(server.receive().text == "still")
        client.finishSending()
        guard case .end = server.receive().step else {
            Issue.record("no end")
            return
        }
    }

    @Test func recordsReadAheadAreKnownOf() throws {
        let server = try TestPair(context)
        let client = server.client
        #expect(server.shakeHands())
        for text in ["one", "two", "three"] { #expect(client.send(Array(text.utf8)) == text.utf8.count) }
        #expect(server.receive().text == "one")
        #expect(server.hasPending)
        #expect(server.receive().text + server.receive().text == "twothree")
        #expect(!server.hasPending)
        #expect(server.receive().text.isEmpty)
    }

    @Test func aFullSocketTakesWhatItCanAndTheRestLater() throws {
        let server = try TestPair(context)
        let client = server.client
        #expect(server.shakeHands())
        let content = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        var (sent, waits): (Int, Int) = (0, 0)
        var received: [UInt8] = []
        while received.count < content.count {
            sending: while sent < content.count {
                switch server.send(content[sent...]) {
                case .done(let count): sent += count
                case .wantsToWrite:
                    waits += 1
                    break sending
                default:
                    Issue.record("sending failed")
                    return
                }
            }
            received += client.receive(100_000)
        }
        #expect(received == content)
        #expect(waits > 0)
    }

    @Test(arguments: [
        (nil, "first.example"), ("second.example", "second.example"), ("a.second.example", "second.example"),
        ("unknown.example", "first.example"),
    ])
    func theCertificateIsThatOfTheHostAskedFor(host: String?, shown: String) throws {
        let server = try TestPair(context, host: host)
        #expect(server.shakeHands())
        #expect(try server.client.serverName() == shown)
    }

    @Test func whoSpeaksOnlyAnotherProtocolIsTurnedAway() throws {
        #expect(!(try TestPair(context, protocols: ["h2"]).shakeHands()))
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{5}xxxxx", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"])
    func garbageFailsWithAReason(text: String) throws {
        let server = try TestPair(context)
        server.client.sendInTheClear(text)
        guard case .failed(let error) = server.step() else {
            Issue.record("not refused")
            return
        }
        #expect(error.description.hasPrefix("the handshake failed: "))
    }
}
