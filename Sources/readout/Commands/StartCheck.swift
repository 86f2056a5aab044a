// SPDX-License-Identifier: Apache-2.0

import Sockets

extension ServeSettings {
    /// Looks for what would stop a start, as far as it shows without leaving a trace: each fault names its setting. What only
    /// the start itself can tell is whether the port is free and what state the database is in.
    func check() throws {
        _ = try log.firstLevel()
        _ = try tls.files()
        for address in [publicAddress] + (adminAddress.map { [$0] } ?? []) { try address.checkHost() }
        if Files.isFolder(serving.pages) { _ = try Files.pages(in: serving.pages) }
        _ = try storage.steps()
        _ = try storage.socketAddress()
        try storage.checkPlace()
        guard !Files.exists(storage.database) else { return }
        guard operation.create == .auto else {
            throw Failure(
                """
                --create off: there is no database \(storage.database); if it should be there, see whether its volume is \
                mounted
                """)
        }
        _ = try Files.seeds(in: seeding.seeds)
    }
}

extension StorageSettings {
    /// Of the socket for commands, beside the database.
    func socketAddress() throws -> SocketAddress {
        let address = SocketAddress.unix(path: LocalClient.socketPath(database))
        guard address.fits else {
            throw Failure("the path of --database is too long: with '.sock' behind it it may have 107 bytes")
        }
        return address
    }

    /// Whether the file, or the folder that it and its companions are to be made in, may be written.
    fileprivate func checkPlace() throws {
        var place = Files.folder(of: database)
        while !Files.exists(place), place != Files.folder(of: place) { place = Files.folder(of: place) }
        guard Files.isFolder(place) else { throw Failure("--database \(database): \(place) is no folder") }
        for path in [place, database] {
            if let reason = Files.writeProtection(of: path) {
                throw Failure("--database \(database): \(path) \(reason)")
            }
        }
        guard !Files.isFolder(database) else { throw Failure("--database \(database): it is a folder") }
    }
}
