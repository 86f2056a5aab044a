// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL
internal import Glibc

/// Owns one SSL_CTX, the settings for one certificate. Set up before `init` returns and only read after that.
@safe final class ContextHandle: @unchecked Sendable {
    // `@unchecked`: OpenSSL lets any thread use a context that nobody changes, and counts references atomically.
    private let pointer: OpaquePointer
    /// What a session is good for, apart from its host. Written by `init` alone.
    private var sessionScope: [UInt8] = []

    init(
        _ identity: TLSConfiguration.Identity, _ configuration: TLSConfiguration, _ tickets: TicketKeys
    ) throws(TLSError) {
        ERR_clear_error()
        // Unsafe: the one owner of a new context, which `deinit` frees.
        guard let pointer = unsafe SSL_CTX_new(TLS_server_method()) else { throw TLSError(last: "cannot start TLS") }
        unsafe self.pointer = pointer
        try restrict()
        unsafe SSL_CTX_set_default_passwd_cb(pointer, givePassphrase)
        try load(identity, passphrase: configuration.passphrase)
        try ask(configuration.clientCertificates)
        try unsafe tickets.install(in: pointer)
        // Unsafe: the callback is a plain function with no state.
        unsafe SSL_CTX_set_alpn_select_cb(pointer, chooseProtocol, nil)
    }

    deinit {
        // Unsafe: made by SSL_CTX_new and freed once; connections hold references of their own.
        unsafe SSL_CTX_free(pointer)
    }

    /// Lends the pointer for a call.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        // Unsafe: valid for the call; what keeps it takes a reference of its own.
        unsafe body(pointer)
    }

    /// Whether the certificate is for this host.
    func isFor(_ host: UnsafePointer<CChar>) -> Bool {
        // Unsafe: the certificate is the context's own and lives as long; the host is read up to its NUL.
        guard let certificate = unsafe SSL_CTX_get0_certificate(pointer) else { return false }
        return unsafe X509_check_host(certificate, host, 0, 0, nil) == 1
    }

    /// How many seconds from now the certificate ends; nil when it does not say.
    var secondsLeft: Int64? {
        // Unsafe: both are the context's own and live as long; the call writes two integers.
        guard let certificate = unsafe SSL_CTX_get0_certificate(pointer),
            let end = unsafe X509_get0_notAfter(certificate)
        else { return nil }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, nil, end) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(seconds)
    }
}

// Unsafe throughout: the pointer is valid while this object lives, and texts are read during the calls.
extension ContextHandle {
    /// TLS 1.2 with forward secrecy and authenticated ciphers, and TLS 1.3 (RFC 9325, section 4).
    private func restrict() throws(TLSError) {
        let ciphers = """
            ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\
            ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
            """
        let ciphers13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
        let isRestricted = unsafe readout_set_min_version(pointer, TLS1_2_VERSION) == 1
        let hasCiphers = unsafe SSL_CTX_set_cipher_list(pointer, ciphers) == 1
        let hasCiphers13 = unsafe SSL_CTX_set_ciphersuites(pointer, ciphers13) == 1
        let hasGroups = unsafe readout_set_groups(pointer, "X25519:P-256:P-384") == 1
        guard isRestricted, hasCiphers, hasCiphers13, hasGroups else {
            throw TLSError(last: "cannot restrict TLS to sound versions and ciphers")
        }
        // A client that drops the connection without a closing alert is no failure: HTTP says itself where messages end.
        let options =
            readout_option_no_renegotiation | readout_option_no_compression | readout_option_ignore_eof
            | readout_option_server_preference | readout_option_chacha_for_phones
        unsafe SSL_CTX_set_options(pointer, options)
        // Buffers go back while a connection is idle; a write may be repeated from another place in memory.
        let mode = SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        unsafe readout_set_mode(pointer, Int(mode))
        // One call for a record's head and content, or for several records; hence `TLSConnection.hasPending`.
        unsafe readout_read_ahead(pointer)
    }

    private func load(_ identity: TLSConfiguration.Identity, passphrase: String?) throws(TLSError) {
        guard unsafe SSL_CTX_use_certificate_chain_file(pointer, identity.certificate) == 1 else {
            throw TLSError(last: "cannot use the certificate \(identity.certificate)")
        }
        guard useKey(identity.key, passphrase: passphrase) else {
            throw TLSError(last: "cannot use the key \(identity.key)")
        }
        guard unsafe SSL_CTX_check_private_key(pointer) == 1 else {
            throw TLSError(last: "the key \(identity.key) is not that of \(identity.certificate)")
        }
    }

    private func useKey(_ path: String, passphrase: String?) -> Bool {
        guard let passphrase else { return unsafe SSL_CTX_use_PrivateKey_file(pointer, path, SSL_FILETYPE_PEM) == 1 }
        // Unsafe: lent to the callback for the time of the call, which alone calls it.
        return unsafe passphrase.withCString { text in
            unsafe SSL_CTX_set_default_passwd_cb_userdata(pointer, UnsafeMutableRawPointer(mutating: text))
            defer { unsafe SSL_CTX_set_default_passwd_cb_userdata(pointer, nil) }
            return unsafe SSL_CTX_use_PrivateKey_file(pointer, path, SSL_FILETYPE_PEM) == 1
        }
    }

    private func ask(_ clients: TLSConfiguration.ClientCertificates) throws(TLSError) {
        let (file, mode): (String, Int32)
        switch clients {
        case .ignored: return try nameSessions(by: nil)
        case .optional(let authorities): (file, mode) = (authorities, SSL_VERIFY_PEER)
        case .required(let authorities):
            (file, mode) = (authorities, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT)
        }
        guard unsafe SSL_CTX_load_verify_locations(pointer, file, nil) == 1,
            let names = unsafe SSL_load_client_CA_file(file)
        else { throw TLSError(last: "cannot use the client authorities \(file)") }
        unsafe SSL_CTX_set_client_CA_list(pointer, names)
        unsafe SSL_CTX_set_verify(pointer, mode, nil)
        try nameSessions(by: FileStamp(file))
    }

    /// Sessions are resumed only where their clients would have been checked against the same file of authorities, and for the host
    /// that they were made for (RFC 6066, section 3).
    private func nameSessions(by authorities: FileStamp?) throws(TLSError) {
        sessionScope = Array((authorities?.description ?? "none").utf8)
        guard unsafe SSL_CTX_set_session_id_context(pointer, digest(of: sessionScope), digestLength) == 1 else {
            throw TLSError(last: "cannot name the session context")
        }
        // Unsafe: the callback is called for connections, which keep this object alive (`TLSConnection.context`).
        unsafe SSL_CTX_set_client_hello_cb(pointer, greet, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Names the session of a connection whose client has just said which host it is for.
    fileprivate func nameSession(of ssl: OpaquePointer) -> Bool {
        var host: UnsafePointer<UInt8>?
        var length = 0
        var name = sessionScope
        if unsafe SSL_client_hello_get0_ext(ssl, UInt32(TLSEXT_TYPE_server_name), &host, &length) == 1 {
            unsafe name += UnsafeBufferPointer(start: host, count: length)
        }
        return unsafe SSL_set_session_id_context(ssl, digest(of: name), digestLength) == 1
    }

    private var digestLength: UInt32 { UInt32(SHA256_DIGEST_LENGTH) }

    private func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        unsafe readout_sha256(bytes, bytes.count, &digest)
        return digest
    }
}

/// Called before OpenSSL looks for a session to resume.
private func greet(
    _ ssl: OpaquePointer?, _: UnsafeMutablePointer<Int32>?, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    // Unsafe: the argument is the handle that the connection keeps alive through its context.
    guard let ssl = unsafe ssl, let argument = unsafe argument else { return SSL_CLIENT_HELLO_ERROR }
    let handle = unsafe Unmanaged<ContextHandle>.fromOpaque(argument).takeUnretainedValue()
    return unsafe handle.nameSession(of: ssl) ? SSL_CLIENT_HELLO_SUCCESS : SSL_CLIENT_HELLO_ERROR
}

/// An encrypted key without a passphrase is an error: nobody is there to type one.
private func givePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _: Int32, _ passphrase: UnsafeMutableRawPointer?
) -> Int32 {
    // Unsafe: OpenSSL lends a buffer of this size; the passphrase is a C string lent by `useKey`.
    guard let buffer = unsafe buffer, let passphrase = unsafe passphrase else { return -1 }
    let length = unsafe strlen(passphrase.assumingMemoryBound(to: CChar.self))
    guard length <= Int(size) else { return -1 }
    unsafe UnsafeMutableRawPointer(buffer).copyMemory(from: passphrase, byteCount: length)
    return Int32(length)
}

/// ALPN (RFC 7301): HTTP/1.1 for those who offer it; those who offer only something else are told no.
private func chooseProtocol(
    _: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ length: UnsafeMutablePointer<UInt8>?,
    _ offered: UnsafePointer<UInt8>?, _ count: UInt32, _: UnsafeMutableRawPointer?
) -> Int32 {
    // Unsafe: OpenSSL lends the client's list of length-prefixed names for the call, and gets a pointer into it back.
    guard let chosen = unsafe chosen, let length = unsafe length, let offered = unsafe offered else {
        return SSL_TLSEXT_ERR_NOACK
    }
    let list = unsafe UnsafeBufferPointer(start: offered, count: Int(count))
    var index = 0
    while index < list.count {
        let size = Int(unsafe list[index])
        let start = index + 1
        guard start + size <= list.count else { break }
        if unsafe list[start..<(start + size)].elementsEqual("http/1.1".utf8) {
            unsafe chosen.pointee = offered + start
            unsafe length.pointee = UInt8(size)
            return SSL_TLSEXT_ERR_OK
        }
        index = start + size
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
