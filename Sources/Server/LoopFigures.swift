// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// What connections do, by the names under which they are counted.
package enum ConnectionPhase {
    package static let all = ConnectionState.Phase.allCases.map { "\($0)" }
}

/// What event loops have counted. Each loop counts for itself, in plain variables on its own thread, and hands out a copy when
/// asked: so counting takes no lock and no atomic operation. Copies of several loops are added up.
package struct LoopFigures: Sendable {
    /// What was asked, as far as it is counted apart.
    package struct Question: Hashable, Sendable {
        package let method: String
        /// The pattern of the path; nil when it fits none.
        package let route: String?
        package let status: Int
    }

    /// How long answers took, from the news of the request's last byte to the answer's in the output.
    private var histograms: [DurationHistogram] = []
    /// Where among them the answers to a question are counted.
    private var places: [Question: Int] = [:]
    /// What was counted last, as the next is often the same: to compare takes less than to hash.
    private var last: (question: Question, place: Int)?
    /// Requests that the server refused for their form, their pace or their number, by the reason's name.
    package internal(set) var refusals: [String: UInt64] = [:]
    package internal(set) var connectionsAccepted: UInt64 = 0
    /// Open connections by what they do.
    package internal(set) var connections: [String: Int] = [:]
    /// Requests that are with a worker or elsewhere, and streams.
    package internal(set) var activeRequests = 0
    package internal(set) var cacheHits: UInt64 = 0
    package internal(set) var cacheMisses: UInt64 = 0
    package internal(set) var cacheBytes = 0
    package internal(set) var cacheEntries = 0

    package init() {}

    /// How long answers took, from the news of the request's last byte to the answer's in the output.
    package var requests: [Question: DurationHistogram] { places.mapValues { histograms[$0] } }

    /// - Parameter place: what `place` gives, which is looked up once for answers given over and over.
    mutating func count(_ answer: borrowing AnswerRecord, at place: Int) {
        histograms[place].add(answer.nanoseconds)
    }

    /// Where such answers are counted, from now on.
    /// - Parameter method: its name, by `name`; nil of a request that could not be read.
    mutating func place(method: String?, route: String?, status: Int) -> Int {
        place(of: Question(method: method ?? Self.otherMethod, route: route, status: status))
    }

    private mutating func place(of question: Question) -> Int {
        if let last, last.question == question { return last.place }
        let place = places[question] ?? histograms.count
        if place == histograms.count {
            places[question] = place
            histograms.append(DurationHistogram())
        }
        last = (question, place)
        return place
    }

    mutating func refuse(_ reason: String) { refusals[reason, default: 0] &+= 1 }

    /// Under the name of its case.
    mutating func refuse(_ error: WireError) { refuse(String("\(error)".prefix { $0 != "(" })) }

    /// - Parameter method: as the request has it; only the ones of HTTP are counted apart, so that nobody can make up more.
    static func name(of method: Span<UInt8>) -> String {
        for (bytes, name) in methods where method.count == bytes.utf8CodeUnitCount {
            if method.equals(bytes, in: 0..<method.count) { return name }
        }
        return otherMethod
    }

    private static let otherMethod = "_OTHER"

    private static let methods: [(StaticString, String)] = [
        ("GET", "GET"), ("HEAD", "HEAD"), ("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("DELETE", "DELETE"),
        ("OPTIONS", "OPTIONS"),
    ]

    package mutating func add(_ other: LoopFigures) {
        for (question, theirs) in other.places {
            let ours = place(of: question)
            histograms[ours].add(other.histograms[theirs])
        }
        refusals.merge(other.refusals) { $0 &+ $1 }
        connections.merge(other.connections) { $0 + $1 }
        connectionsAccepted &+= other.connectionsAccepted
        activeRequests += other.activeRequests
        cacheHits &+= other.cacheHits
        cacheMisses &+= other.cacheMisses
        cacheBytes += other.cacheBytes
        cacheEntries += other.cacheEntries
    }
}
