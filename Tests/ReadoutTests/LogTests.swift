// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import TestSupport
import Testing

@testable import readout

@Suite struct LogTests {
    /// A server whose log is JSON, with the lines it has written so far as objects.
    private func lines(of server: RunningServer) throws -> [[String: Any]] {
        try server.log().split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    private func answers(of server: RunningServer, until count: Int) throws -> [[String: Any]] {
        var answers: [[String: Any]] = []
        for _ in 0..<1000 where answers.count < count {
            answers += try lines(of: server).filter { $0["message"] as? String == "answered" }
        }
        return answers
    }

    @Test func eachAnswerIsOneObjectOfALine() throws {
        let server = try RunningServer(["--log-format", "json"])
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let head = try server.curl("/v1/people/qin-gang?fields=name", "-i -H 'traceparent: \(trace)'")
        _ = try server.curl("/v1/people/nobody?fields=name", "-H 'traceparent: 00-0-0-00'")
        _ = try server.curl("/healthz")
        let answers = try answers(of: server, until: 2)
        #expect(answers.count == 2)
        let first = try #require(answers.first)
        #expect(first["level"] as? String == "info")
        #expect(first["method"] as? String == "GET")
        #expect(first["route"] as? String == "/v1/people/{id}")
        #expect(first["path"] as? String == "/v1/people/qin-gang")
        #expect(first["status"] as? Int == 200)
        #expect(first["client"] as? String == "127.0.0.1")
        #expect(first["traceparent"] as? String == trace)
        #expect(try #require(first["bytes"] as? Int) == head.utf8.count)
        #expect(try #require(first["seconds"] as? Double) > 0)
        #expect(head.contains("X-Request-Id: \(try #require(first["request"] as? String))"))
        #expect(try #require(first["time"] as? String).hasSuffix("Z"))
        let second = try #require(answers.last)
        #expect(second["status"] as? Int == 404)
        #expect(second["traceparent"] == nil)
        #expect(second["path"] as? String == "/v1/people/nobody")
    }

    @Test func queriesAreLoggedOnlyWhereThatIsAsked() throws {
        let server = try RunningServer(["--log-format", "json", "--log-queries"])
        _ = try server.curl("/v1/events?limit=3")
        #expect(try answers(of: server, until: 1).first?["path"] as? String == "/v1/events?limit=3")
    }

    @Test func probesAreLoggedForThoseWhoLookForThem() throws {
        let server = try RunningServer(["--log-format", "json", "--log-level", "debug"])
        _ = try server.curl("/readyz")
        let answer = try #require(try answers(of: server, until: 1).first)
        #expect(answer["level"] as? String == "debug" && answer["route"] as? String == "/readyz")
    }

    @Test func withoutAnAccessLogNothingIsSaidOfAnswers() throws {
        let server = try RunningServer(["--no-access-log"])
        _ = try server.curl("/v1")
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
        let log = server.log()
        #expect(!log.contains("answered") && log.contains(" info stopped\n"))
    }

    @Test(arguments: [
        ("a\nb", #"a=a\nb"#), ("a b", #"a="a b""#), ("\u{1B}[31m", #"a=\u{1b}[31m"#), ("a\"b", #"a="a\"b""#),
        ("x=y", #"a="x=y""#), ("", #"a="""#), ("\u{202E}x", #"a=\u{202e}x"#), ("å", "a=å"),
    ])
    func textCannotBreakItsLine(_ value: String, _ shown: String) {
        let line = LogLine(.info, "said", ["a": "\(value)"], time: "T")
        #expect(line.text(.text) == "T info said \(shown)\n")
    }

    @Test func objectCannotBreakItsLine() throws {
        let line = LogLine(.error, "two\nlines\u{1}", ["a": "\"\u{7}\n", "n": "12"], time: "T").text(.json)
        #expect(line == #"{"time":"T","level":"error","message":"two\nlines\u0001","a":"\"\u0007\n","n":12}"# + "\n")
    }

    @Test func repeatedMessagesAreCountedAndThenTold() {
        var repeats = RepeatedMessages()
        var taken = 0
        for time in 0..<50 where repeats.takes("again", .warning, at: UInt64(time)) { taken += 1 }
        #expect(taken == RepeatedMessages.burst)
        let isAnotherTaken = repeats.takes("another", .warning, at: 50)
        #expect(isAnotherTaken)
        let early = repeats.collect(at: RepeatedMessages.window - 1)
        #expect(early.isEmpty)
        let over = repeats.collect(at: RepeatedMessages.window)
        #expect(over.map { $0.message } == ["again"] && over.map { $0.count } == [50 - RepeatedMessages.burst])
        let isTakenAnew = repeats.takes("again", .warning, at: RepeatedMessages.window + 1)
        #expect(isTakenAnew)
    }

    @Test(arguments: [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true),
        ("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", true),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", false),
        ("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more", false),
        ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", false),
        ("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false), ("", false),
    ])
    func tracesAreTakenWhenTheyAreValid(_ text: String, _ isValid: Bool) {
        #expect(TraceParent.isValid(Array(text.utf8).span) == isValid)
    }

    @Test func levelIsReadAgainOnHangUp() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("warning\n", to: "level")
        let server = try RunningServer(["--log-level-file", file], expectingLog: false)
        _ = try server.curl("/v1/events?limit=1")
        try folder.write("info\n", to: "level")
        server.signal(SIGHUP)
        try server.awaitLog("log level read level=info")
        _ = try server.curl("/v1/events?limit=2")
        try server.awaitLog("path=/v1/events status=200")
        try folder.write("loud\n", to: "level")
        server.signal(SIGHUP)
        try server.awaitLog("log level not read: the old one stays")
    }

    @Test func levelFileThatHoldsNoneStopsTheStart() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("loud", to: "level")
        for path in [file, folder.path("none")] {
            let outcome = try Program.run("serve", "--port", "0", "--log-level-file", path)
            #expect(outcome.status == 1)
            #expect(outcome.errorLines.count == 1 && outcome.errors.contains(path))
        }
    }
}
