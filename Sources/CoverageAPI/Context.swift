// SPDX-License-Identifier: Apache-2.0

internal import Coverage
package import CoverageStore
internal import HTTP
internal import JSON

/// What the operator decided about this API. An object, as each request's hands take it on.
package final class APISettings: Sendable {
    /// The program's own version.
    package let version: String
    package let links: Links
    /// How much of the articles' text may leave.
    package let excerpts: Excerpts
    /// How long the reading for one request may take.
    package let deadline: Duration
    /// Whether reading takes a token too.
    package let requiresTokenForReading: Bool
    /// The origins whose web pages may write.
    package let writeOrigins: Set<String>

    /// What the process knows of its own readiness.
    package let readiness: Readiness

    package init(
        version: String, links: Links, excerpts: Excerpts, deadline: Duration = .seconds(2),
        requiresTokenForReading: Bool = false, writeOrigins: Set<String> = [],
        readiness: Readiness = Readiness()
    ) {
        self.version = version
        self.links = links
        self.excerpts = excerpts
        self.deadline = deadline
        self.requiresTokenForReading = requiresTokenForReading
        self.writeOrigins = writeOrigins
        self.readiness = readiness
    }
}

/// What a handler works with while it answers one request. An object, since it goes through many hands, and a copy for each would
/// take longer than what they do with it.
final class Context {
    let reader: Reader
    /// For work that is not done on the loop.
    let database: CoverageDatabase
    /// What streams of changes read from.
    let feed: ChangeFeed
    /// Who asks; nil when no token was shown.
    let principal: Principal?
    let finisher: ResponseFinisher
    private let spare: JSONSpare

    var settings: APISettings { finisher.settings }

    /// - Parameter spare: the thread's.
    init(
        _ finisher: ResponseFinisher, reader: Reader, database: CoverageDatabase, feed: ChangeFeed,
        principal: Principal?, spare: JSONSpare
    ) {
        self.finisher = finisher
        self.reader = reader
        self.database = database
        self.feed = feed
        self.principal = principal
        self.spare = spare
    }

    /// To write the answer with, at once.
    func writer(capacity: Int) -> JSONWriter { JSONWriter(capacity: capacity, reusing: spare) }
}
