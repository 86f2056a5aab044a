// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// What becomes of others when articles are deleted: of those that were of one source by them, and of the events that were told by
/// them too. Worked out once for all that go in one transaction, when they are gone.
struct DeletedArticles {
    /// How many bytes of texts are read again for events that wait, on the writer; those beyond are stale, until an editor mends
    /// them or one of their articles is read again.
    private static let mostRead = 1 << 20

    private var gone: Set<String> = []
    /// Those that were linked to one of them.
    private var linked: Set<String> = []
    /// The proposals of events that say what one of them told.
    private var untold: Set<String> = []

    /// Notes one that is about to go, and takes it from under the proposals that stand on it.
    mutating func take(_ article: String, _ proposals: ProposalStore) throws {
        gone.insert(article)
        linked.formUnion(try Lineages(proposals.connection).linked(to: article))
        untold.formUnion(try proposals.leave(article))
    }

    /// To be called when they are gone.
    mutating func settle(_ proposals: ProposalStore, _ names: NameCache) throws {
        try proposals.renewLineages(around: linked.sorted(), without: gone)
        var budget = Self.mostRead
        for id in untold.sorted() { try proposals.tellAnew(id, with: names, budget: &budget) }
        self = DeletedArticles()
    }
}
