// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import SQLite
import TestSupport
import Testing

/// Articles without a headline are called as this program makes their names.
@Suite struct ArticleNamesTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func open() throws -> CoverageDatabase {
        try CoverageDatabase(
            path: folder.path("readout.sqlite"), migrations: CoverageDatabase.migrations(in: Repository.migrations))
    }

    /// Those that an older program has named get their names when the database is opened, and whoever follows the changes hears
    /// of it.
    @Test func areMadeAnew() throws {
        let id = "notes-from-teal-island"
        let first = try open()
        _ = try first.load(EnvoyVisit.seeds())
        let before = try first.read { try $0.lastChange() }
        let article = try #require(try first.read { try $0.record(id, of: Article.self) })
        #expect(article.value.headline == nil)
        first.close()
        let connection = try Connection(path: folder.path("readout.sqlite"), mode: .readWrite)
        try connection.execute(
            """
            UPDATE articles SET name = 'teal.txt' WHERE id = '\(id)';
            UPDATE listed_by_name SET name = 'teal.txt' WHERE id = '\(id)'
                AND term IN (SELECT number FROM terms WHERE type = 'article');
            UPDATE search SET name = 'teal.txt' WHERE rowid = (
                SELECT number FROM documents WHERE type = 'article' AND id = '\(id)');
            """)
        let second = try open()
        let changes = try second.read { try $0.changes(after: before, types: [], limit: 10) }
        #expect(changes.map(\.reference.id) == [id] && changes.map(\.change) == [.updated])
        let renamed = try second.read { try $0.record(id, of: Article.self) }
        #expect(renamed?.value == article.value && renamed?.revision == article.revision + 1)
        #expect(changes.first?.revision == article.revision + 1)
        #expect(try second.read { try $0.check() }.findings == [])
        let names = try second.read { try $0.facet(.article, of: ListQuery<Event>()) }?.map(\.name) ?? []
        #expect(names.contains("Notes From Teal Island (no headline)") && !names.contains("teal.txt"))
        let query = ListQuery<Article>(search: SearchExpression("headline"))
        #expect(try second.read { try $0.page(query) }.ids == [id])
        let revisions = try second.read { try $0.revisions(of: id, .article) }
        #expect(revisions.first?.change == .updated && revisions.first?.by == "operator")
        second.close()
        // Once is enough.
        let third = try open()
        defer { third.close() }
        #expect(try third.read { try $0.lastChange() } == before + 1)
    }
}
