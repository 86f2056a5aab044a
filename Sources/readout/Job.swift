// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageAPI
import CoverageStore
import Glibc
import HTTP
import HTTPTypes
import JSON
import SQLite

/// Work on a database that is either handed to the server running on it, or done here with the lock taken. Both go
/// through the same handler, so there is one form of asking and one of answering.
struct Job {
    private enum Doer {
        case server(LocalClient)
        case here(CoverageDatabase)
    }

    private let doer: Doer

    /// - Parameter creating: whether a missing database is made and an old one migrated; else it must be there and ready.
    init(_ options: StorageSettings, creating: Bool) throws {
        let client = LocalClient(database: options.database)
        if try client.send("GET", "/healthz") != nil {
            doer = .server(client)
        } else {
            doer = .here(try options.open(creating: creating))
        }
    }

    /// Asks for one job.
    /// - Parameter type: of the body, where it can be of several.
    /// - Returns: the answer's members.
    /// - Throws: `Failure` with every fault, a line each, when it was refused.
    func perform(
        _ path: String, _ method: HTTPRequest.Method = .post, query: [(name: String, value: String)] = [],
        body: [UInt8] = [], type: String? = nil
    ) throws -> JSONObject {
        let answer: LocalClient.Answer
        switch doer {
        case .server(let client):
            let target = query.isEmpty ? path : "\(path)?\(Query.format(query))"
            guard let sent = try client.send(method.rawValue, target, body: body, type: type) else {
                throw Failure("the server stopped in the middle of the work")
            }
            answer = sent
        case .here(let database):
            let request = Request(
                method: method, path: path, query: query.isEmpty ? nil : Query.format(query),
                headerFields: type.map { [.contentType: $0] } ?? [:], body: body, origin: .local)
            let response = AdminRoutes.perform(request, on: database, links: Links(publicURL: nil))
            answer = LocalClient.Answer(status: response.status.code, body: response.body)
        }
        guard case .object(let object)? = try? JSONReader.read(answer.body) else {
            throw Failure("the answer is no JSON object (status \(answer.status))")
        }
        guard answer.status == 200 else { throw Self.failure(object) }
        return object
    }

    /// Lets go of the database, if it was taken.
    func close() {
        if case .here(let database) = doer { database.close() }
    }

    private static func failure(_ problem: JSONObject) -> Failure {
        var lines = [problem.text("detail")]
        // The detail holds those of parameters already.
        for fault in problem.objects("errors") where !fault.text("pointer").isEmpty {
            lines.append("\(fault.text("pointer")): \(fault.text("detail"))")
        }
        return Failure(lines.joined(separator: "\n"))
    }
}

extension StorageSettings {
    /// The migrations that this program comes with.
    func steps() throws -> Migrator {
        guard Files.isFolder(migrations) else {
            throw Failure("there is no migrations folder \(migrations); name it with --migrations, or run where it is")
        }
        let steps = try CoverageDatabase.migrations(in: migrations)
        let last = steps.migrations.count
        guard last >= CoverageDatabase.schema else {
            throw Failure(
                """
                the migrations folder \(migrations) ends at \(last), and this program needs \(CoverageDatabase.schema): put the \
                one that came with it in its place
                """)
        }
        return steps
    }

    /// Opens the database as its one writer.
    /// - Parameters:
    ///   - creating: whether a missing database is made.
    ///   - schema: what is done about an older schema; by default it is migrated where a missing database would be made.
    ///   - changesKept: how long the log of changes gets; 0 for any length.
    ///   - limits: how much is written at once.
    ///   - report: told of what may take minutes; by default standard error is.
    func open(
        creating: Bool, schema: CoverageDatabase.SchemaPolicy? = nil, changesKept: Int = 0,
        limits: WriterLimits = WriterLimits(),
        report: @escaping @Sendable (String) -> Void = { StandardError.write($0) }
    ) throws -> CoverageDatabase {
        let steps = try steps()
        if creating {
            try Files.makeFolder(for: database)
        } else if !Files.exists(database) {
            throw Failure("there is no database \(database); 'readout serve' or 'readout seed' makes one")
        }
        return try naming {
            try CoverageDatabase(
                path: database, migrations: steps, schema: schema ?? (creating ? .migrate : .require),
                changesKept: changesKept, limits: limits, report: report)
        }
    }

    /// Does something with the database file; where that is at fault, the error names its setting and a remedy.
    func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as SQLiteError {
            let ownPath = "\(database): "
            let reason =
                error.message.hasPrefix(ownPath) ? String(error.message.dropFirst(ownPath.count)) : error.message
            let remedy: String
            switch error.code.primary {
            case .notADatabase, .corrupt: remedy = "; 'readout restore --force' puts a backup in its place"
            case .cannotOpen where !Files.exists(database) && Files.exists(database + "-wal"):
                remedy = "; bring back the file that it belongs to, or move the log away"
            default: remedy = ""
            }
            throw Failure("--database \(database): \(reason)\(remedy)")
        } catch let error as LockFileError {
            let remedy =
                switch error {
                case .held: "stop that, or name another --database"
                case .failed(_, let number) where number == ENOSPC: "make room for it: a start writes a little"
                case .failed: "see that this user may write the folder of --database"
                }
            throw Failure("\(error); \(remedy)")
        }
    }
}

/// Members of answers this program itself has written.
extension JSONObject {
    /// The whole as JSON.
    var document: String {
        var writer = JSONWriter()
        writer.write(.object(self))
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    func text(_ name: String) -> String {
        if case .string(let text)? = self[name] { text } else { "" }
    }

    func integer(_ name: String) -> Int {
        if case .integer(let number)? = self[name] { Int(number) } else { 0 }
    }

    func object(_ name: String) -> JSONObject {
        if case .object(let object)? = self[name] { object } else { JSONObject() }
    }

    func objects(_ name: String) -> [JSONObject] {
        guard case .array(let values)? = self[name] else { return [] }
        return values.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }

    func texts(_ name: String) -> [String] {
        guard case .array(let values)? = self[name] else { return [] }
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
