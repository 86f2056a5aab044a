// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP

/// One client's stream of changes: a position that moves along the log.
final class ChangeStream: ContentSource {
    private let feed: ChangeFeed
    private let types: [FactType]
    /// The id of the token it was begun with; nil where none was needed.
    private let token: String?
    private var position: ChangePosition
    /// What comes before the first change; nil once it has been given.
    private var opening: [UInt8]?

    /// - Parameter opening: what to begin with.
    init(
        _ feed: ChangeFeed, after position: ChangePosition, types: [FactType], token: String?, opening: [UInt8]
    ) {
        self.feed = feed
        self.position = position
        self.types = types
        self.token = token
        self.opening = opening
    }

    func next(_ occasion: StreamOccasion) -> [UInt8]? {
        guard feed.admits(token) else { return nil }
        if let opening {
            self.opening = nil
            return opening
        }
        guard let piece = feed.piece(after: position, types: types) else { return nil }
        position = piece.end
        if piece.bytes.isEmpty, occasion == .heartbeat { return EventStream.heartbeat(at: position) }
        return piece.bytes
    }
}
