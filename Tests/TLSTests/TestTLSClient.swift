// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Glibc
import Sockets
import Testing

@testable import TLS

/// The other side: a client of OpenSSL's on its end of a socket pair. Like the server's side it never waits.
@safe final class TestTLSClient {
    private let context: OpaquePointer
    private let ssl: OpaquePointer
    private let descriptor: FileDescriptor

    init(_ descriptor: consuming FileDescriptor, host: String? = nil, protocols: [String] = []) throws {
        // Unsafe: here and below the pointers are this object's own, freed in `deinit`, and texts last for the calls.
        unsafe context = try #require(unsafe SSL_CTX_new(TLS_client_method()))
        unsafe ssl = try #require(unsafe SSL_new(context))
        self.descriptor = descriptor
        try #require(unsafe SSL_set_fd(ssl, self.descriptor.number) == 1)
        unsafe SSL_set_connect_state(ssl)
        if let host {
            try #require(unsafe SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, strdup(host)) == 1)
        }
        let list = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        if !list.isEmpty { try #require(unsafe SSL_set_alpn_protos(ssl, list, UInt32(list.count)) == 0) }
    }

    deinit {
        unsafe SSL_free(ssl)
        unsafe SSL_CTX_free(context)
    }

    func shakeHands() -> Bool { unsafe SSL_do_handshake(ssl) == 1 }

    /// - Returns: how many bytes went through.
    func send(_ bytes: [UInt8]) -> Int { max(0, Int(unsafe SSL_write(ssl, bytes, Int32(bytes.count)))) }

    func sendInTheClear(_ text: String) {
        _ = unsafe Glibc.send(descriptor.number, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }

    func receive(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let length = unsafe SSL_read(ssl, &bytes, Int32(count))
        return Array(bytes.prefix(max(0, Int(length))))
    }

    func finishSending() { unsafe SSL_shutdown(ssl) }

    /// The server has said that it ends here.
    var hasGoodbye: Bool { unsafe SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN != 0 }

    var chosenProtocol: String {
        var name: UnsafePointer<UInt8>? = nil
        var count: UInt32 = 0
        unsafe SSL_get0_alpn_selected(ssl, &name, &count)
        return unsafe String(decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
    }

    /// The common name of the server's certificate.
    func serverName() throws -> String {
        let certificate = try unsafe #require(unsafe SSL_get0_peer_certificate(ssl))
        var name = [CChar](repeating: 0, count: 256)
        let subject = unsafe X509_get_subject_name(certificate)
        unsafe X509_NAME_get_text_by_NID(subject, NID_commonName, &name, 256)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
