// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL
internal import Glibc

/// One client's side of TLS over a descriptor that somebody else owns and that must outlive it. No call waits: what has to wait
/// for the kernel says for what. It belongs to one thread at a time.
@safe package struct TLSConnection: ~Copyable {
    /// What a step came to.
    package enum Step: Sendable {
        /// So many bytes went through; a handshake counts as none.
        case done(Int)
        case wantsToRead
        case wantsToWrite
        /// The peer has sent its last byte.
        case end
        case failed(TLSError)
    }

    private let ssl: OpaquePointer
    /// Kept alive for the callbacks, which get it without a reference.
    private let context: TLSContext

    /// - Parameter descriptor: a non-blocking stream socket.
    package init(_ context: TLSContext, descriptor: Int32) throws(TLSError) {
        ERR_clear_error()
        // Unsafe: SSL_new takes a reference of its own to the context.
        guard let ssl = unsafe context.withPointer({ unsafe SSL_new($0) }) else {
            throw TLSError(last: "cannot start a connection")
        }
        guard unsafe SSL_set_fd(ssl, descriptor) == 1 else {
            let error = TLSError(last: "cannot attach the connection")
            unsafe SSL_free(ssl)
            throw error
        }
        unsafe SSL_set_accept_state(ssl)
        unsafe self.ssl = ssl
        self.context = context
    }

    deinit { unsafe SSL_free(ssl) }

    /// Whether the handshake is over: nothing can be sent before.
    package var isEstablished: Bool { unsafe SSL_is_init_finished(ssl) == 1 }

    /// Not a byte of the handshake has been read.
    package var isUntouched: Bool { unsafe SSL_in_before(ssl) == 1 }

    /// Bytes are here that the kernel does not know of and will not report. They may be too few to be decrypted.
    package var hasPending: Bool { unsafe SSL_has_pending(ssl) == 1 }

    /// Whether the session is one resumed.
    package var isResumed: Bool { unsafe SSL_session_reused(ssl) == 1 }

    /// Goes on with the handshake.
    package borrowing func shakeHands() -> Step {
        Self.forgetErrors()
        let result = unsafe SSL_do_handshake(ssl)
        return result == 1 ? .done(0) : outcome(of: result, "the handshake failed")
    }

    /// Reads what has been decrypted into the beginning of `buffer`, which must not be empty.
    package borrowing func receive(into buffer: inout MutableSpan<UInt8>) -> Step {
        Self.forgetErrors()
        var count = 0
        // Unsafe: OpenSSL writes at most so many bytes into the span lent for the call.
        let result = unsafe buffer.withUnsafeMutableBytes { unsafe SSL_read_ex(ssl, $0.baseAddress, $0.count, &count) }
        return result == 1 ? .done(count) : outcome(of: result, "reading failed")
    }

    /// Encrypts and hands over as many bytes as the kernel takes.
    package borrowing func send(_ bytes: UnsafeRawBufferPointer) -> Step {
        Self.forgetErrors()
        var count = 0
        // Unsafe: OpenSSL only reads the bytes lent for the call.
        let result = unsafe SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count)
        return result == 1 ? .done(count) : outcome(of: result, "writing failed")
    }

    /// Tells the peer that the last byte has been sent. A peer already gone makes no difference.
    package borrowing func finishSending() {
        guard isEstablished, unsafe SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN == 0 else { return }
        ERR_clear_error()
        _ = unsafe SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// What failed before on this thread is not why the next call fails (SSL_get_error(3)).
    private static func forgetErrors() {
        ERR_clear_error()
        errno = 0
    }

    private borrowing func outcome(of result: Int32, _ action: String) -> Step {
        let code = errno
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .wantsToRead
        case SSL_ERROR_WANT_WRITE: return .wantsToWrite
        case SSL_ERROR_ZERO_RETURN: return .end
        // The connection broke: the kernel's reason, when OpenSSL has none.
        case SSL_ERROR_SYSCALL where code == 0: return .end
        case SSL_ERROR_SYSCALL: return .failed(TLSError(action, reasons: [unsafe String(cString: strerror(code))]))
        default: return .failed(TLSError(last: action))
        }
    }
}
