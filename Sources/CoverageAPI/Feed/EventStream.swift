// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// The texts of a stream of changes (the HTML standard, section 9.2, server-sent events).
enum EventStream {
    /// How long a client waits before it connects again, in milliseconds.
    private static let retry = 3000

    /// How a stream begins. An id without data is no event, but the client will come back to it.
    static func opening(at position: ChangePosition) -> [UInt8] {
        Array("retry: \(retry)\nid: \(position)\n\n".utf8)
    }

    /// A comment, which clients pass over, and how far the client has come without noticing.
    static func heartbeat(at position: ChangePosition) -> [UInt8] {
        Array(": heartbeat\nid: \(position)\n\n".utf8)
    }

    static func event(_ change: Change, epoch: String, _ links: Links) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.change(change, links)
        return event("change", writer, at: ChangePosition(epoch: epoch, number: change.number))
    }

    /// The stream goes on from this position, and what came before is not told.
    static func reset(_ gap: ChangeLogView.Gap, at position: ChangePosition) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { json in
            json.member("reason", gap.problem.name)
            json.member("detail", gap.detail + " Read everything anew; changes from here on follow.")
        }
        return event("reset", writer, at: position)
    }

    /// JSON as it is written here has no line ends.
    private static func event(
        _ name: String, _ data: consuming JSONWriter, at position: ChangePosition
    ) -> [UInt8] {
        Array("id: \(position)\nevent: \(name)\ndata: ".utf8) + data.finish() + Array("\n\n".utf8)
    }
}

extension JSONWriter {
    mutating func change(_ change: Change, _ links: Links) {
        let (type, id) = (change.reference.type, change.reference.id)
        object { json in
            json.member("number", change.number)
            json.member("type", type.rawValue)
            json.member("id", id)
            json.member("href", links.href(type, id))
            json.member("change", change.change.rawValue)
            json.member("revision", change.revision)
            json.member("at", change.at)
        }
    }
}
