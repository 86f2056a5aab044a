// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP

/// What of the log of changes can be read at one moment.
struct ChangeLogView {
    let epoch: String
    /// The number before the oldest change that is kept.
    let start: Int
    /// The number of the latest change.
    let end: Int

    init(_ reader: Reader) throws {
        epoch = try reader.epoch()
        start = try reader.firstKeptChange() - 1
        end = try reader.lastChange()
    }

    /// The present end, to go on from.
    var endPosition: ChangePosition { ChangePosition(epoch: epoch, number: end) }

    /// Why what follows this position cannot be told; nil when it can.
    func gap(after position: ChangePosition) -> Gap? {
        if let epoch = position.epoch, epoch != self.epoch { return .unknownEpoch }
        // A number that is not there yet was another database's.
        if position.number > end { return .unknownEpoch }
        return position.number < start ? .trimmed : nil
    }

    enum Gap {
        case unknownEpoch
        case trimmed

        var problem: ProblemType {
            switch self {
            case .unknownEpoch: .epochUnknown
            case .trimmed: .changesTrimmed
            }
        }

        var detail: String {
            switch self {
            case .unknownEpoch: "The position belongs to another line of changes than this database has."
            case .trimmed: "Changes after that position are no longer kept."
            }
        }
    }
}
