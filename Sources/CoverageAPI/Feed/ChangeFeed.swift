// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// What the streams of one event loop read from. Those that stand at the same place get the same bytes, read and written
/// once, however many they are.
final class ChangeFeed {
    /// A run of changes as server-sent events.
    struct Piece {
        let bytes: [UInt8]
        /// Where the stream stands after it.
        let end: ChangePosition
    }

    private struct Place: Hashable {
        let types: [FactType]
        let position: ChangePosition
    }

    private let database: CoverageDatabase
    private let session: ReadSession
    private let authenticator: Authenticator
    private let links: Links
    private let report: @Sendable (String) -> Void
    /// Of one data version.
    private var pieces: [Place: Piece] = [:]
    private var version: UInt64 = 0

    /// The most changes of one piece: a slow reader holds one.
    private static let changesPerPiece = 200
    /// The most pieces kept: streams that catch up pass through places where nobody follows.
    private static let piecesKept = 32

    /// - Parameter report: told why a stream had to end, in a line for the log.
    init(
        _ database: CoverageDatabase, _ session: ReadSession, _ authenticator: Authenticator, links: Links,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.database = database
        self.session = session
        self.authenticator = authenticator
        self.links = links
        self.report = report
    }

    /// Whether a stream that was begun with this token may go on: a token can end before its streams do.
    func admits(_ tokenID: String?) -> Bool {
        guard let tokenID else { return true }
        do { return try session.read { try authenticator.isActive(tokenID, in: $0) } } catch {
            report("a stream of changes ended: \(error)")
            return false
        }
    }

    /// What follows a position, or a reset where that cannot be told; nil when it cannot be read now.
    func piece(after position: ChangePosition, types: [FactType]) -> Piece? {
        let version = database.version
        if version != self.version {
            pieces.removeAll(keepingCapacity: true)
            self.version = version
        }
        let place = Place(types: types, position: position)
        if let piece = pieces[place] { return piece }
        do {
            let piece = try session.read { try read(position, types, with: $0) }
            if pieces.count >= Self.piecesKept { pieces.removeAll(keepingCapacity: true) }
            pieces[place] = piece
            return piece
        } catch {
            report("a stream of changes ended: \(error)")
            return nil
        }
    }

    private func read(_ position: ChangePosition, _ types: [FactType], with reader: Reader) throws -> Piece {
        let log = try ChangeLogView(reader)
        if let gap = log.gap(after: position) {
            return Piece(bytes: EventStream.reset(gap, at: log.endPosition), end: log.endPosition)
        }
        let limit = Self.changesPerPiece
        let changes = try reader.changes(after: position.number, types: types, limit: limit)
        // Where there are no more of these types, there are none up to the end.
        let end = changes.count < limit ? log.end : changes.last?.number ?? log.end
        return Piece(
            bytes: changes.flatMap { EventStream.event($0, epoch: log.epoch, links) },
            end: ChangePosition(epoch: log.epoch, number: end))
    }
}
