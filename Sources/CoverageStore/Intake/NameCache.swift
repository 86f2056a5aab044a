// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite
internal import Synchronization

/// What texts are searched for, made ready once and kept as long as none of it changes.
package final class NameCache: Sendable {
    struct Known: Sendable {
        let version: Int
        let names: KnownNames
        let records: [KnownRecord]
        let events: [Event]
    }

    private let latest = Mutex<Known?>(nil)

    package init() {}

    /// The names as this reader's snapshot has them.
    package func names(_ reader: Reader) throws -> KnownNames { try known(reader).names }

    /// The same if they are at hand, so that nobody has to wait for them.
    package func namesAtHand(_ reader: Reader) throws -> KnownNames? { kept(try reader.namesVersion())?.names }

    func known(_ reader: Reader) throws -> Known {
        let version = try reader.namesVersion()
        if let known = kept(version) { return known }
        // Twice at once is no harm: whoever comes second makes the same.
        let records = try reader.knownRecords()
        let known = Known(
            version: version, names: KnownNames(records), records: records, events: try reader.allEvents())
        latest.withLock { $0 = known }
        return known
    }

    private func kept(_ version: Int) -> Known? {
        latest.withLock { $0?.version == version ? $0 : nil }
    }
}

extension Reader {
    /// Another number whenever a name has changed, and never one that was there before: not even that of a change which was
    /// undone.
    func namesVersion() throws -> Int {
        let row = try connection.prepare("SELECT value FROM counters WHERE name = 'names'")
        return try row.step() ? row.int(0) : 0
    }

    /// Every event on record, by id.
    func allEvents() throws -> [Event] {
        let ids = try allIDs(of: .event).sorted()
        return try stride(from: 0, to: ids.count, by: 500).flatMap { start in
            try Event.load(Batch(Array(ids[start..<min(start + 500, ids.count)])), from: connection).map(\.value)
        }
    }
}
