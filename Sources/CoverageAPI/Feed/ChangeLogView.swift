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
        if position.number > end { return .beyondEnd(position.number, end: end) }
        return position.number < start ? .trimmed : nil
    }

    enum Gap {
        case unknownEpoch
        /// A number that is not there yet: another database's, or a mistake.
        case beyondEnd(Int, end: Int)
        case trimmed

        var problem: ProblemType {
            switch self {
            case .unknownEpoch, .beyondEnd: .epochUnknown
            case .trimmed: .changesTrimmed
            }
        }

        var detail: String {
            switch self {
            case .unknownEpoch: "The position belongs to another line of changes than this database has."
            case .beyondEnd(let number, let end):
                """
                There is no change \(number) yet: the latest is \(end). Either the number is mistaken, or it was noted before the \
                database was restored or replaced.
                """
            case .trimmed: "Changes after that position are no longer kept."
            }
        }
    }
}
