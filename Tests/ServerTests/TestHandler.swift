// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Synchronization

/// What the tests see of all handlers of one server.
final class TestHandlerState: Sendable {
    fileprivate let current = Atomic<UInt64>(1)
    fileprivate let asked = Atomic<Int>(0)
    fileprivate let batches = Atomic<Int>(0)
    fileprivate let gate = Atomic<Bool>(false)
    fileprivate let waiting = Atomic<Int>(0)
    fileprivate let marker = Atomic<Int>(0)

    /// How many requests the handlers got.
    var askedCount: Int { asked.load(ordering: .relaxed) }
    /// How many batches they saw end.
    var batchCount: Int { batches.load(ordering: .relaxed) }

    /// How many workers have come to the gate.
    var waitingCount: Int { waiting.load(ordering: .relaxed) }

    func moveVersionOn() { current.add(1, ordering: .releasing) }

    /// How many requests came before the first for `/marker`; nil when there was none.
    var askedBeforeMarker: Int? {
        let count = marker.load(ordering: .relaxed)
        return count > 0 ? count - 1 : nil
    }

    /// Until then workers stand still before `/gate`, and the loop before `/block`.
    func openGate() { gate.store(true, ordering: .releasing) }

    fileprivate func waitBeforeGate() {
        waiting.add(1, ordering: .relaxed)
        while !gate.load(ordering: .acquiring) { pauseBriefly() }
    }
}

/// Answers by the first segment of the path.
final class TestHandler: Handler {
    private let state: TestHandlerState

    init(_ state: TestHandlerState) {
        self.state = state
    }

    var version: UInt64 { state.current.load(ordering: .acquiring) }

    func respond(to request: Request) -> Answer {
        state.asked.add(1, ordering: .relaxed)
        let segments = request.path.split(separator: "/")
        let number = segments.count > 1 ? Int(segments[1]) ?? 0 : 0
        switch segments.first {
        case "echo": return .now(Response(status: .ok, body: request.body))
        case "size": return .now(Response(status: .ok, body: Array(repeating: UInt8(ascii: "x"), count: number)))
        case "number": return .now(Response(status: .ok, body: Array("\(number)".utf8)))
        case "client": return .now(Response(status: .ok, body: Array((request.client ?? "-").utf8)))
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
            state.waitBeforeGate()
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
        default: return .now(Response(status: .notFound))
        }
    }

    private static func text(_ length: Int, _ type: String) -> Response {
        Response(
            status: .ok, headerFields: [.eTag: "\"t\"", .contentType: type, .vary: "Accept, Accept-Encoding"],
            body: Array(repeating: UInt8(ascii: "t"), count: length), isShareable: true)
    }

    func refuse(_ problem: Problem, id: RequestID) -> Response {
        Response(
            status: HTTPResponse.Status(code: problem.type.status), headerFields: problem.headerFields,
            body: Array(problem.type.name.utf8))
    }

    func batchEnded() {
        state.batches.add(1, ordering: .relaxed)
    }
}
