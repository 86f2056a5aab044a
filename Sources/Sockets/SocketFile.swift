// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The file a Unix listener made, known by its inode so that only this very file is removed in the end.
struct SocketFile: Sendable {
    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Nil when there is no socket at the path.
    init?(path: String) {
        var status = stat()
        // Unsafe: lstat fills one stat structure that lasts for the call.
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    /// Removes the file, unless somebody has put another one in its place.
    func remove() {
        guard let present = SocketFile(path: path), present.device == device, present.inode == inode else { return }
        _ = unsafe unlink(path)  // Unsafe: the path is lent for the call
    }

    /// Binds, and puts aside a socket file that a dead process left behind. One that answers is left alone, and so is
    /// anything that is no socket.
    static func bind(
        _ descriptor: borrowing FileDescriptor, to address: SocketAddress, path: String
    ) throws(Errno) {
        do throws(Errno) {
            try address.bind(descriptor)
        } catch {
            guard error.code == EADDRINUSE, let stale = SocketFile(path: path), isDeserted(address) else { throw error }
            stale.remove()
            try address.bind(descriptor)
        }
    }

    private static func isDeserted(_ address: SocketAddress) -> Bool {
        do throws(Errno) {
            _ = try Socket.connect(to: address)
            return false
        } catch {
            return error.code == ECONNREFUSED
        }
    }
}
