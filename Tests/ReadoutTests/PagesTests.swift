// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The pages that ship, from the built program.
@Suite struct PagesTests {
    private static let folder = Program.root + "pages"
    private static let texts = ["html", "css", "js"]

    private static func files() throws -> [String: String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { name in texts.contains { name.hasSuffix(".\($0)") } && !name.hasPrefix("lib/") }
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
        )
    }

    @Test func areServedWithValidatorsAndCompressed() throws {
        let server = try RunningServer()
        let head = try server.curl("/", "-D - -o /dev/null -H 'Accept-Encoding: gzip'")
        #expect(head.contains("200 OK") && head.contains("Content-Encoding: gzip"))
        let tag = try #require(head.firstMatch(of: /ETag: ("[0-9a-f]+-gzip")/)).1
        let again = try server.curl("/", "-D - -o /dev/null -H 'Accept-Encoding: gzip' -H 'If-None-Match: \(tag)'")
        #expect(again.contains("304 Not Modified") && again.contains("Content-Security-Policy: default-src 'none'"))
        for path in ["/docs", "/pages/style.css", "/pages/explorer.js", "/pages/icon.svg"] {
            #expect(try server.curl(path, "-o /dev/null -w '%{http_code}'") == "200", "\(path)")
        }
        #expect(try server.curl("/nowhere", "-H 'Accept: text/html'").contains("<h1>Nothing is here</h1>"))
    }

    @Test func theirAbsenceIsLoggedAndTheAPIServes() throws {
        let folder = try ScratchFolder()
        let server = try Program.start([
            "serve", "--port", "0", "--database", folder.path("readout.sqlite"), "--pages", folder.path("none"),
        ])
        while server.isRunning, !server.output.contains("listening") { usleep(10_000) }
        #expect(server.isRunning)
        let lines = server.output.split(separator: "\n").filter { $0.contains("no pages") }
        #expect(lines.count == 1 && lines[0].contains("--pages") && lines[0].contains(folder.path("none")))
        server.signal(SIGTERM)
        #expect(server.wait() == 0)
    }

    /// Whatever they refer to is there, by a link that works behind any path prefix.
    @Test func referToEachOtherByRelativeLinks() throws {
        for (name, text) in try Self.files() where name.hasSuffix(".html") {
            let links = text.matches(of: /(?:href|src)="([^"#]+)"/).map { String($0.1) }
            #expect(links.allSatisfy { !$0.hasPrefix("/") && !$0.contains("//") }, "\(name): \(links)")
            for link in links where link.contains("pages/") {
                let file = link.replacing("{home}", with: "").replacing("pages/", with: "")
                #expect(FileManager.default.fileExists(atPath: "\(Self.folder)/\(file)"), "\(name): \(link)")
            }
        }
        for (name, text) in try Self.files() where name.hasSuffix(".js") {
            for link in text.matches(of: /from "([^"]+)"|import\("([^"]+)"\)/).compactMap({ $0.1 ?? $0.2 }) {
                #expect(link.hasPrefix("./"), "\(name): \(link)")
                // Those are copied in by the build.
                if !link.hasPrefix("./lib/") {
                    #expect(
                        FileManager.default.fileExists(atPath: "\(Self.folder)/\(link.dropFirst(2))"),
                        "\(name): \(link)")
                }
            }
        }
    }

    /// What the policy would refuse, and what turns a string into markup.
    @Test func holdNothingInline() throws {
        for (name, text) in try Self.files() {
            for forbidden in [
                " style=\"", " onclick=", "<style", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(",
            ] {
                #expect(!text.contains(forbidden), "\(name): \(forbidden)")
            }
            #expect(text.matches(of: /<script(?![^>]*src=)/).isEmpty, "\(name)")
        }
    }
}
