// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// The address in the kernel's own structures.
extension SocketAddress {
    /// `AF_INET`, `AF_INET6` or `AF_UNIX`.
    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    func bind(_ socket: borrowing FileDescriptor) throws(Errno) {
        let number = socket.number
        // Unsafe: lent for the call only.
        try unsafe lend(to: "bind") { unsafe Glibc.bind(number, $0, $1) }
    }

    func connect(_ socket: borrowing FileDescriptor) throws(Errno) {
        let number = socket.number
        // Unsafe: lent for the call only.
        try unsafe lend(to: "connect") { unsafe Glibc.connect(number, $0, $1) }
    }

    /// Whether the kernel can be told of it: the path of a Unix socket has at most 107 bytes.
    package var fits: Bool {
        var storage = sockaddr_storage()
        return write(to: &storage) != nil
    }

    /// Lends the address for one call. A path that does not fit is `ENAMETOOLONG`, in the name of that call.
    private func lend(to call: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) throws(Errno) {
        var storage = sockaddr_storage()
        guard let length = write(to: &storage) else { throw Errno(call: call, code: ENAMETOOLONG) }
        let result = unsafe withUnsafePointer(to: &storage) { pointer in
            // Unsafe: every address structure begins as sockaddr does; storage is the largest and lasts for the call.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
        if result < 0 { throw Errno(last: call) }
    }

    private func write(to storage: inout sockaddr_storage) -> socklen_t? {
        // Unsafe: sockaddr_storage is made to hold each of these structures, in size and alignment.
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            switch self {
            case .ipv4(let address, let port):
                var structure = sockaddr_in()
                structure.sin_family = sa_family_t(AF_INET)
                structure.sin_port = port.bigEndian
                structure.sin_addr.s_addr = address.bigEndian
                unsafe bytes.storeBytes(of: structure, as: sockaddr_in.self)
                return socklen_t(MemoryLayout<sockaddr_in>.size)
            case .ipv6(let high, let low, let port):
                var structure = sockaddr_in6()
                structure.sin6_family = sa_family_t(AF_INET6)
                structure.sin6_port = port.bigEndian
                unsafe withUnsafeMutableBytes(of: &structure.sin6_addr) { address in
                    unsafe address.storeBytes(of: high.bigEndian, as: UInt64.self)
                    unsafe address.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
                }
                unsafe bytes.storeBytes(of: structure, as: sockaddr_in6.self)
                return socklen_t(MemoryLayout<sockaddr_in6>.size)
            case .unix(let path):
                var structure = sockaddr_un()
                structure.sun_family = sa_family_t(AF_UNIX)
                let room = MemoryLayout.size(ofValue: structure.sun_path)
                guard path.utf8.count < room, !path.utf8.contains(0) else { return nil }
                unsafe withUnsafeMutableBytes(of: &structure.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
                unsafe bytes.storeBytes(of: structure, as: sockaddr_un.self)
                return socklen_t(MemoryLayout<sockaddr_un>.size)
            }
        }
    }

    /// The address a socket is bound to (`getsockname`); nil for families of no interest here.
    static func bound(to socket: borrowing FileDescriptor) throws(Errno) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            // Unsafe: as above, and the kernel is told how much room there is.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket.number, $0, &length)
            }
        }
        if result < 0 { throw Errno(last: "getsockname") }
        return read(from: storage)
    }

    static func read(from storage: sockaddr_storage) -> SocketAddress? {
        // Unsafe: sockaddr_storage is made to hold each of these structures, and the family says which it holds.
        unsafe withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let structure = unsafe bytes.load(as: sockaddr_in.self)
                return .ipv4(UInt32(bigEndian: structure.sin_addr.s_addr), port: UInt16(bigEndian: structure.sin_port))
            case AF_INET6:
                let structure = unsafe bytes.load(as: sockaddr_in6.self)
                let (high, low) = unsafe withUnsafeBytes(of: structure.sin6_addr) {
                    unsafe ($0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self))
                }
                return .ipv6(
                    high: UInt64(bigEndian: high), low: UInt64(bigEndian: low),
                    port: UInt16(bigEndian: structure.sin6_port))
            default:
                return nil
            }
        }
    }
}
