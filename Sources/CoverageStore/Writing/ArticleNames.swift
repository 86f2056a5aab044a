// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The names of articles without a headline, which the program makes.
enum ArticleNames {
    /// Gives the articles that are called otherwise the names that this program makes for them. That is a change of each like any
    /// other: whoever follows the changes hears of it.
    static func renew(on connection: Connection, changesKept: Int) throws {
        let rows = try connection.prepare("SELECT id, name FROM articles WHERE headline IS NULL ORDER BY id")
        var ids: [String] = []
        while try rows.step() {
            if rows.text(1) != Article.name(withoutHeadline: rows.text(0)) { ids.append(rows.text(0)) }
        }
        if ids.isEmpty { return }
        try connection.transaction {
            let recorder = Recorder(
                connection, origin: .import, author: .operator(request: nil, action: "upgrade"),
                changesKept: changesKept)
            for id in ids {
                guard let article = try Reader(connection).record(id, of: Article.self) else { continue }
                try recorder.rewrite(article.value, over: article)
            }
            try recorder.finish()
        }
    }
}
