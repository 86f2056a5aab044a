// SPDX-License-Identifier: Apache-2.0

import Dispatch
import HTTP
import HTTPTypes
import Synchronization

/// What the tests see of all handlers of one server.
final class TestHandlerState: Sendable {
    fileprivate let current = Atomic<UInt64>(1)
    fileprivate let asked = Atomic<Int>(0)
    fileprivate let batches = Atomic<Int>(0)
    fileprivate let gates = Atomic<Int>(0)
    fileprivate let waiting = Atomic<Int>(0)
    fileprivate let marker = Atomic<Int>(0)
    fileprivate let sources = Atomic<Int>(0)
    fileprivate let pieces = Atomic<Int>(0)
    fileprivate let isOver = Atomic<Bool>(false)

    /// How many requests the handlers got.
    var askedCount: Int { asked.load(ordering: .relaxed) }
    /// How many batches they saw end.
    var batchCount: Int { batches.load(ordering: .relaxed) }

    /// How many workers have come to the gate.
    var waitingCount: Int { waiting.load(ordering: .relaxed) }

    /// How many sources of streams there are now.
    var sourceCount: Int { sources.load(ordering: .relaxed) }
    /// How many pieces they have given.
    var pieceCount: Int { pieces.load(ordering: .relaxed) }

    /// From now on streams end where they would give nothing.
    func endStreams() { isOver.store(true, ordering: .releasing) }

    func moveVersionOn() { current.add(1, ordering: .releasing) }

    /// How many requests came before the first for `/marker`; nil when there was none.
    var askedBeforeMarker: Int? {
        let count = marker.load(ordering: .relaxed)
        return count > 0 ? count - 1 : nil
    }

    /// Until then workers stand still before `/gate`, and the loop before `/block`; before `/block/2` until the second is open.
    func openGate(_ number: Int = .max) { gates.store(number, ordering: .releasing) }

    fileprivate func waitBeforeGate(_ number: Int = 1) {
        waiting.add(1, ordering: .relaxed)
        while gates.load(ordering: .acquiring) < number { pauseBriefly() }
    }
}

/// Gives `v<version>` and a line end for each version it has not told of, and `beat` for a heartbeat. With a size it gives
/// pieces of so many bytes without end instead.
private final class TestSource: ContentSource {
    private let state: TestHandlerState
    private let size: Int
    private var told: UInt64

    init(_ state: TestHandlerState, _ size: Int) {
        self.state = state
        self.size = size
        told = state.current.load(ordering: .acquiring)
        state.sources.add(1, ordering: .relaxed)
    }

    deinit { state.sources.subtract(1, ordering: .relaxed) }

    func next(_ occasion: StreamOccasion) -> [UInt8]? {
        if size > 0 {
            state.pieces.add(1, ordering: .relaxed)
            return Array(repeating: UInt8(ascii: "s"), count: size)
        }
        if told < state.current.load(ordering: .acquiring) {
            told += 1
            state.pieces.add(1, ordering: .relaxed)
            return Array("v\(told)\n".utf8)
        }
        if state.isOver.load(ordering: .acquiring) { return nil }
        return occasion == .heartbeat ? Array("beat\n".utf8) : []
    }
}

/// Answers by the first segment of the path.
final class TestHandler: Handler {
    private let state: TestHandlerState
    private let loop: Int

    init(_ state: TestHandlerState, loop: Int = 0) {
        self.state = state
        self.loop = loop
    }

    var version: UInt64 { state.current.load(ordering: .acquiring) }

    func respond(to request: Request) -> Reply { (answer(request), route(of: request.path)) }

    private func answer(_ request: Request) -> Answer {
        state.asked.add(1, ordering: .relaxed)
        let segments = request.path.split(separator: "/")
        let number = segments.count > 1 ? Int(segments[1]) ?? 0 : 0
        switch segments.first {
        case "echo": return .now(Response(status: .ok, body: request.body))
        case "size": return .now(Response(status: .ok, body: Array(repeating: UInt8(ascii: "x"), count: number)))
        case "loop": return .now(Response(status: .ok, body: Array("\(loop)".utf8)))
        case "number": return .now(Response(status: .ok, body: Array("\(number)".utf8)))
        case "client": return .now(Response(status: .ok, body: Array((request.client?.description ?? "-").utf8)))
        case "origin": return .now(Response(status: .ok, body: Array("\(request.origin)".utf8)))
        case "shared":
            let body = "\(request.path) v\(version) \(request.headerFields[.accept] ?? "-")"
            return .now(
                Response(
                    status: .ok, headerFields: [.eTag: "\"\(version)\""], body: Array(body.utf8), isShareable: true))
        case "text": return .now(Self.text(number, "text/plain"))
        case "picture": return .now(Self.text(number, "image/png"))
        case "textlater": return .later { Self.text(number, "application/json; charset=utf-8") }
        case "tagged":
            return .now(Response(status: .ok, headerFields: [.eTag: "\"\(version)\""], body: Array("tagged".utf8)))
        case "marker":
            _ = state.marker.compareExchange(expected: 0, desired: state.askedCount, ordering: .relaxed)
            return .now(Response(status: .ok))
        case "block":
            state.waitBeforeGate(max(number, 1))
            return .now(Response(status: .ok))
        case "later":
            return .later { Response(status: .ok, body: Array("later \(number)".utf8)) }
        case "sharedlater":
            return .later { [version] in
                Response(status: .ok, headerFields: [.eTag: "\"\(version)\""], body: [1], isShareable: true)
            }
        case "gate":
            return .later { [state] in
                state.waitBeforeGate()
                return Response(status: .ok, body: Array("through".utf8))
            }
        case "elsewhere": return elsewhere(segments.last ?? "", number)
        case "stream":
            return .stream(
                Response(status: .ok, headerFields: [.contentType: "text/event-stream"]), TestSource(state, number))
        default: return .now(Response(status: .notFound))
        }
    }

    /// `/elsewhere/N/how`: the number, given at once, on another thread, twice, or when the gate is open.
    private func elsewhere(_ how: Substring, _ number: Int) -> Answer {
        let response = Response(
            status: .ok, headerFields: [.contentType: "text/plain"], body: Array("elsewhere \(number)".utf8))
        let large = Self.text(number, "text/plain")
        return .eventually { [state] complete in
            switch how {
            case "now": complete(response)
            case "twice":
                complete(response)
                complete(Response(status: .internalServerError))
            case "large": DispatchQueue.global().async { complete(large) }
            case "gate":
                DispatchQueue.global().async {
                    state.waitBeforeGate()
                    complete(response)
                }
            default: DispatchQueue.global().async { complete(response) }
            }
        }
    }

    private static func text(_ length: Int, _ type: String) -> Response {
        Response(
            status: .ok, standing: StandingFields([.contentType: type, .vary: "Accept, Accept-Encoding"]),
            entityTag: "\"t\"", body: Array(repeating: UInt8(ascii: "t"), count: length), isShareable: true)
    }

    func refuse(_ problem: Problem, id: RequestID) -> Response {
        Response(
            status: HTTPResponse.Status(code: problem.type.status), headerFields: problem.headerFields,
            body: Array(problem.type.name.utf8))
    }

    func route(of path: String) -> String? {
        path.split(separator: "/").first.map { "/\($0)/{rest}" }
    }

    func batchEnded() {
        state.batches.add(1, ordering: .relaxed)
    }
}
