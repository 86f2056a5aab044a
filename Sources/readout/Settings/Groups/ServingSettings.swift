// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageStore
import Sockets

/// Where the server listens, to whom, and what it tells.
struct ServingSettings: SettingGroup {
    var host = "127.0.0.1"
    var port: UInt16 = 8080
    var publicURL: String?
    var hosts: [String] = []
    var trustProxy: [String] = []
    var excerpts = Excerpts.none
    var requireTokenForReading = false
    var writeOrigins: [String] = []
    var pages = "pages"

    static let title = "Serving"
    static let settings: [Setting<Self>] = [
        Setting("host", \.host, .host, "The address to listen on: IPv4, IPv6, or * for all."),
        Setting("port", \.port, .number(0...UInt16.max), "The port to listen on; 0 picks a free one."),
        Setting(
            "public-url", \.publicURL, Notation.webAddress.optional,
            "How clients reach the server, with any path prefix; links are relative without it."),
        Setting(
            "hosts", \.hosts, .list("names", "host names or addresses, without ports", Self.isHost),
            "The host names served; requests for others are answered 421, those for the server's health too. All, unless it is set."
        ),
        Setting(
            "trust-proxy", \.trustProxy,
            .list("networks", "addresses or networks such as 10.0.0.0/8") { IPNetwork($0) != nil },
            """
            Proxies whose word on their clients' addresses is taken. Have them set Forwarded or X-Forwarded-For and remove the other: of \
            both only the steps on which they agree are believed.
            """),
        Setting(
            "excerpts", \.excerpts, .excerpts,
            "How much of an article's paragraph may leave: none, a number of characters, or full."),
        Setting(
            "require-token-for-reading", \.requireTokenForReading,
            "Answer reads only to those who show a token; health and problem pages stay open."),
        Setting(
            "write-origins", \.writeOrigins,
            .list("origins", "origins as browsers send them, such as https://desk.example") { WebOrigin($0) != nil },
            "The origins whose web pages may write. Any may read."),
        Setting("pages", \.pages, .path, "The folder with the pages for people at / and /docs."),
    ]

    /// A name of letters, digits, hyphens, dots and underscores; an IPv4 address; an IPv6 address in brackets.
    private static func isHost(_ text: String) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") { return IPAddress(String(text.dropFirst().dropLast())) != nil }
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._".utf8.contains(byte)
            }
    }

    var address: SocketAddress? { SocketAddress(host: host, port: port) }
}

extension SocketAddress {
    /// - Parameter host: an IPv6 address with or without its brackets, an IPv4 address, localhost or *.
    init?(host: String, port: UInt16) {
        self.init(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)")
    }
}

extension Notation where Value == String {
    static var host: Notation {
        Notation(
            noun: "address", form: "an IPv4 or IPv6 address, localhost or *",
            read: { SocketAddress(host: $0, port: 0) == nil ? nil : $0 }, write: { $0 })
    }

    static var webAddress: Notation {
        Notation(
            noun: "url", form: "a URL that begins with http:// or https:// and has no query or fragment",
            read: { text in
                let isWeb = text.hasPrefix("http://") || text.hasPrefix("https://")
                return isWeb && !text.contains("?") && !text.contains("#") ? text : nil
            }, write: { $0 })
    }
}

extension Notation where Value == Excerpts {
    static var excerpts: Notation {
        Notation(noun: "amount", form: "none, a number of characters, or full", read: Self.amount, write: Self.text)
    }

    private static func amount(_ text: String) -> Excerpts? {
        switch text {
        case "none": Excerpts.none
        case "full": Excerpts.full
        default: Notation<Int>.number(1...1_000_000).read(text).map { .characters($0) }
        }
    }

    private static func text(_ excerpts: Excerpts) -> String {
        switch excerpts {
        case .none: "none"
        case .full: "full"
        case .characters(let count): String(count)
        }
    }
}
