// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import Dispatch
import HTTP
import JSON
import Server
import Sockets
import TestSupport
import Testing

@testable import CoverageAPI

/// The stream of changes over real sockets.
@Suite struct ChangeStreamTests {
    private func log(_ feed: TestFeed) throws -> (epoch: String, last: Int) {
        try feed.coverage.database.read { (try $0.epoch(), try $0.lastChange()) }
    }

    private func json(_ event: TestSubscriber.Event?) throws -> JSONValue {
        try JSONReader.read(Array((event?.data ?? "null").utf8))
    }

    @Test func whatIsWrittenArrives() throws {
        let feed = try TestFeed()
        let (epoch, last) = try log(feed)
        let subscriber = try feed.subscribe()
        try feed.coverage.addArticles(0..<3)
        for number in (last + 1)...(last + 3) {
            let event = try subscriber.next()
            #expect(event?.name == "change")
            #expect(event?.id == "\(epoch)-\(number)")
            let change = try json(event)
            #expect(change.names == ["number", "type", "id", "href", "change", "revision", "at"])
            #expect(change["number"] == .integer(Int64(number)))
            #expect(change["type"].text == "article")
        }
        #expect(subscriber.retry == "3000")
        _ = try feed.coverage.database.load(
            EnvoyVisit.seeds(in: "events.json", replacing: "Fish for three.", with: "Fish, late."))
        #expect(try json(subscriber.next())["change"].text == "updated")
    }

    @Test func itBeginsWhereItIsTold() throws {
        let feed = try TestFeed()
        let (epoch, last) = try log(feed)
        // All that ever was, in more than one piece.
        try feed.coverage.addArticles(0..<250)
        for (query, seen, first) in [
            ("?after=0", nil, 1), ("?after=\(epoch)-7", nil, 8), ("?after=2", "\(epoch)-\(last)", last + 1),
        ] {
            let subscriber = try feed.subscribe(query, seen: seen)
            for number in first...(last + 250) { #expect(try subscriber.next()?.id == "\(epoch)-\(number)") }
        }
    }

    @Test func otherTypesArePassedOver() throws {
        let feed = try TestFeed { $0.heartbeat = .milliseconds(50) }
        let (epoch, last) = try log(feed)
        let subscriber = try feed.subscribe("?type=event,issue")
        try feed.coverage.addArticles(0..<5)
        _ = try feed.coverage.database.load(
            EnvoyVisit.seeds(in: "events.json", replacing: "Fish for three.", with: "Fish, late."))
        let event = try subscriber.next()
        #expect(event?.id == "\(epoch)-\(last + 6)")
        #expect(try json(event)["type"].text == "event")
        // Its place moves on with what it does not see.
        try feed.coverage.addArticles(5..<7)
        while subscriber.lastEventID != "\(epoch)-\(last + 8)" { #expect(try subscriber.next(cutTo: 1).isEmpty) }
        #expect(subscriber.comments.contains("heartbeat"))
    }

    @Test func aClientCutOffAgainAndAgainMissesNothing() throws {
        let feed = try TestFeed()
        let (epoch, last) = try log(feed)
        let count = 300
        let coverage = feed.coverage
        let writing = try Thread(name: "writing") { try? coverage.addArticles(0..<count) }
        defer { writing.join() }
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var seen: String? = "\(epoch)-\(last)"
        var found: [String] = []
        var cuts = 0
        while found.count < count || cuts < 100 {
            let subscriber = try feed.subscribe(seen: seen)
            for _ in 0..<Int.random(in: 0...3, using: &random) where found.count < count {
                found += try subscriber.next(cutTo: 1).map(\.id)
            }
            if found.count < count, Bool.random(using: &random) {
                found += try subscriber.next(cutTo: Double.random(in: 0...1, using: &random)).map(\.id)
            }
            if !subscriber.lastEventID.isEmpty { seen = subscriber.lastEventID }
            cuts += 1
        }
        #expect(found == (1...count).map { "\(epoch)-\(last + $0)" }, "seed \(seed), \(cuts) cuts")
    }

    @Test func aGapIsToldAndTheStreamGoesOn() throws {
        let feed = try TestFeed(changesKept: 10)
        var (epoch, last) = try log(feed)
        for (query, seen, reason) in [
            ("?after=0", nil, "changes-trimmed"), ("", "\(epoch)-3", "changes-trimmed"),
            ("", "0123456789abcdef-4", "epoch-unknown"), ("", "nonsense of another server", "epoch-unknown"),
            ("?after=1000000", nil, "epoch-unknown"),
        ] {
            let subscriber = try feed.subscribe(query, seen: seen)
            let event = try subscriber.next()
            #expect(event?.name == "reset")
            #expect(event?.id == "\(epoch)-\(last)")
            #expect(try json(event)["reason"].text == reason)
            try feed.coverage.addArticles(last..<(last + 1))
            last += 1
            #expect(try subscriber.next()?.id == "\(epoch)-\(last)")
        }
    }

    @Test func silenceIsBrokenByComments() throws {
        let feed = try TestFeed { $0.heartbeat = .milliseconds(50) }
        let (epoch, last) = try log(feed)
        let subscriber = try feed.subscribe()
        while subscriber.comments.count < 3 { #expect(try subscriber.next(cutTo: 1).isEmpty) }
        #expect(subscriber.comments == Array(repeating: "heartbeat", count: 3))
        #expect(subscriber.lastEventID == "\(epoch)-\(last)")
    }

    /// While they are told of one change after another, whoever else asks is answered.
    @Test func aThousandGetEveryChangeAndOthersAreServed() throws {
        let feed = try TestFeed()
        let (epoch, last) = try log(feed)
        let subscribers = try (0..<Descriptors.allowClients(1000)).map { _ in try feed.subscribe() }
        let coverage = feed.coverage
        let (writes, group) = (20, DispatchGroup())
        DispatchQueue.global().async(group: group) {
            #expect(throws: Never.self) { for number in 0..<writes { try coverage.addArticles(number..<number + 1) } }
        }
        let other = try TestClient(feed.server.boundAddress)
        repeat {
            #expect(try other.get("/v1/events?limit=1").status == 200)
        } while group.wait(timeout: .now()) == .timedOut
        for subscriber in subscribers {
            for number in 1...writes { #expect(try subscriber.next()?.id == "\(epoch)-\(last + number)") }
        }
        #expect(try other.get("/v1/articles?limit=1").status == 200)
    }

    @Test func aStopEndsIt() throws {
        let feed = try TestFeed()
        let subscribers = try (0..<3).map { _ in try feed.subscribe() }
        feed.server.stop()
        for subscriber in subscribers {
            #expect(try subscriber.next() == nil)
            #expect(try subscriber.client.readToEnd().isEmpty)
        }
        feed.server.wait()
    }

    @Test func aTokenThatIsRevokedEndsItsStreams() throws {
        let feed = try TestFeed(requiresTokenForReading: true)
        let database = feed.coverage.database
        let tokens = try ["kept", "lost"].map {
            try database.createToken(NewToken(name: $0, scope: .read, expires: nil), request: nil).text.text
        }
        let (epoch, last) = try log(feed)
        #expect(throws: TestClient.Failure.malformed("401")) { try feed.subscribe() }
        let subscribers = try tokens.map { try feed.subscribe(fields: "Authorization: Bearer \($0)\r\n") }
        try feed.coverage.addArticles(0..<1)
        for subscriber in subscribers { #expect(try subscriber.next()?.id == "\(epoch)-\(last + 1)") }
        _ = try database.revokeToken("lost", request: nil)
        #expect(try subscribers[1].next() == nil)
        try feed.coverage.addArticles(1..<2)
        #expect(try subscribers[0].next()?.id == "\(epoch)-\(last + 2)")
    }

    @Test func streamsAtOnePlaceShareWhatIsRead() throws {
        let coverage = try TestCoverage()
        let feed = ChangeFeed(
            coverage.database, try ReadSession(coverage.database, deadline: .seconds(30)), Authenticator(),
            links: Links(publicURL: nil), report: { _ in })
        let start = ChangePosition(epoch: try coverage.database.read { try $0.epoch() }, number: 0)
        let streams = (0..<3).map { _ in ChangeStream(feed, after: start, types: [], token: nil, opening: []) }
        #expect(streams.allSatisfy { $0.next(.news) == [] })
        let pieces = streams.map { $0.next(.news) ?? [] }
        // Unsafe: addresses are compared, nothing is read.
        let places = pieces.map { piece in unsafe piece.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
        #expect(Set(places).count == 1)
        #expect(pieces.first?.isEmpty == false)
        #expect(streams.allSatisfy { $0.next(.news) == [] })
    }
}
