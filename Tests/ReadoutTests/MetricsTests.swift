// SPDX-License-Identifier: Apache-2.0

import Foundation
import Server
import Sockets
import TestSupport
import Testing

@testable import readout

@Suite struct MetricsTests {
    /// A strict reader of the text format: each sample belongs to the family above it, each family stands once, histograms add up.
    struct Exposition {
        var samples: [(name: String, labels: String, value: Double)] = []
        var types: [String: String] = [:]

        init(_ text: String) throws {
            #expect(text.hasSuffix("\n"))
            var family = ""
            for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
                if let match = line.wholeMatch(of: /# HELP ([a-z_]+) (.+)/) {
                    family = String(match.1)
                    #expect(types[family] == nil, "\(family) stands twice")
                } else if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                    #expect(String(match.1) == family)
                    types[family] = String(match.2)
                } else {
                    let match = try #require(
                        line.wholeMatch(
                            of: /([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? ([-+0-9.eE]+|\+Inf)/),
                        "\(line)")
                    let name = String(match.1)
                    let base = types[family] == "histogram" ? name.replacing(/_(bucket|sum|count)$/, with: "") : name
                    #expect(base == family, "\(line)")
                    #expect(types[family] != "counter" || name.hasSuffix("_total"), "\(name)")
                    samples.append((name, String(match.2 ?? ""), try #require(Double(match.3))))
                }
            }
            #expect(Set(samples.map { $0.name + $0.labels }).count == samples.count)
        }

        subscript(_ name: String, _ labels: String = "") -> Double? {
            samples.first { $0.name == name && $0.labels == labels }?.value
        }
    }

    private let names = [
        "http_server_request_duration_seconds", "http_server_active_requests", "readout_connections",
        "readout_connections_accepted_total", "readout_refusals_total", "readout_cache_hits_total",
        "readout_cache_misses_total", "readout_cache_bytes", "readout_worker_queue_jobs", "readout_writer_queue_jobs",
        "readout_writer_batch_jobs", "readout_writer_busy_seconds_total", "readout_sqlite_busy_total",
        "readout_wal_bytes", "readout_data_version",
        "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds",
    ]

    @Test func figuresAreOfWhatHappened() throws {
        let server = try RunningServer()
        for _ in 0..<3 { _ = try server.curl("/v1/people/qin-gang") }
        _ = try server.curl("/v1/people/nobody")
        _ = try server.curl("/nowhere")
        let client = try TestClient(#require(SocketAddress(server.address)))
        try client.send("GET / HTTP/9.9\r\n\r\n")
        #expect(try client.readResponse().status == 505)
        #expect(try Program.run("backup", "--database", server.database, server.folder.path("a.sqlite")).status == 0)
        let head = try server.curl("/metrics", "-i")
        #expect(head.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
        #expect(head.contains("Cache-Control: no-store\r\n"))
        let figures = try Exposition(try server.curl("/metrics"))
        for name in names { #expect(figures.types[name] != nil, "\(name)") }
        func requests(_ route: String, _ status: Int) -> Double? {
            figures[
                "http_server_request_duration_seconds_count",
                "{http_request_method=\"GET\",\(route)http_response_status_code=\"\(status)\"}"]
        }
        #expect(requests("http_route=\"/v1/people/{id}\",", 200) == 3)
        #expect(requests("http_route=\"/v1/people/{id}\",", 404) == 1)
        #expect(requests("", 404) == 1)
        #expect(figures["readout_cache_hits_total"] == 2)
        let backup = try #require(figures["readout_last_backup_timestamp_seconds"])
        #expect(abs(backup - Date().timeIntervalSince1970) < 600)
        #expect(try #require(figures["readout_data_version"]) > 0)
        #expect(try #require(figures["process_resident_memory_bytes"]) > 1e6)
        #expect(try #require(figures["process_open_fds"]) > 5)
        #expect(abs(try #require(figures["process_start_time_seconds"]) - Date().timeIntervalSince1970) < 600)
        #expect(figures["readout_refusals_total", "{reason=\"unsupportedVersion\"}"] == 1)
    }

    @Test func histogramsAddUp() throws {
        var histogram = DurationHistogram()
        for duration: UInt64 in [0, 50_000, 50_001, 9_000_000, 60_000_000_000] { histogram.add(duration) }
        var text = MetricsText()
        text.histograms("a_seconds", "Help \\ with\nall.", [([("path", "a\"b\\c\nd")], histogram)])
        let figures = try Exposition(text.text)
        let label = #"path="a\"b\\c\nd""#
        #expect(figures["a_seconds_bucket", "{\(label),le=\"5e-05\"}"] == 2)
        #expect(figures["a_seconds_bucket", "{\(label),le=\"0.01\"}"] == 4)
        #expect(figures["a_seconds_bucket", "{\(label),le=\"10\"}"] == 4)
        #expect(figures["a_seconds_bucket", "{\(label),le=\"+Inf\"}"] == 5)
        #expect(figures["a_seconds_count", "{\(label)}"] == 5)
        #expect(figures["a_seconds_sum", "{\(label)}"] == 60.009100001)
        #expect(text.text.hasPrefix("# HELP a_seconds Help \\\\ with\\nall.\n"))
    }

    @Test func operatorsMayHaveAListenerOfTheirOwn() throws {
        let server = try RunningServer(["--admin-port", "0", "--require-token-for-reading"])
        let admin = try #require(server.admin)
        #expect(try Exposition(Program.shell("curl -s http://\(admin)/metrics").output).samples.count > 20)
        #expect(try Program.shell("curl -s http://\(admin)/readyz").output.contains("ready"))
        #expect(try Program.shell("curl -s http://\(admin)/healthz").output.contains("alive"))
        #expect(try Program.shell("curl -s -o /dev/null -w '%{http_code}' http://\(admin)/v1").output == "404")
        #expect(try server.curl("/metrics", "-o /dev/null -w '%{http_code}'") != "200")
    }

    @Test func figuresOfACertificateSayWhenItEnds() throws {
        let authority = try TestAuthority()
        try authority.issue("server", hosts: ["127.0.0.1"])
        let server = try RunningServer(
            ["--tls-certificate", authority.path("server.pem"), "--tls-key", authority.path("server.key")])
        let text = try Program.shell("curl -sk https://\(server.address)/metrics").output
        let end = try #require(try Exposition(text)["readout_certificate_expiry_timestamp_seconds"])
        #expect(abs(end - Date().timeIntervalSince1970 - 2 * 86_400) < 600)
    }

    @Test(.enabled(if: Shell.has("promtool"), "promtool is not installed: Debian has it in the package prometheus"))
    func promtoolFindsNothing() throws {
        let server = try RunningServer()
        _ = try server.curl("/v1/events")
        let checked = try Shell.run("curl -s http://\(server.address)/metrics | promtool check metrics")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output == "")
        let rules = try Shell.run("promtool check rules \(Program.root)/docs/deploy/alerts.yaml")
        #expect(rules.status == 0, "\(rules.output)")
    }

    /// Every metric that an alert looks at is there.
    @Test func alertsAreAboutFiguresThereAre() throws {
        let server = try RunningServer()
        _ = try Program.run("backup", "--database", server.database, server.folder.path("a.sqlite"))
        let figures = try Exposition(try server.curl("/metrics"))
        let rules = try String(contentsOfFile: Program.root + "docs/deploy/alerts.yaml", encoding: .utf8)
        var found = 0
        for match in rules.matches(of: /\b(readout|http_server|process)_[a-z_]+/) {
            let name = String(match.0).replacing(/_(bucket|sum|count)$/, with: "")
            if name == "readout_certificate_expiry_timestamp_seconds" { continue }
            #expect(figures.types[name] != nil, "\(name)")
            found += 1
        }
        #expect(found > 8)
    }
}
