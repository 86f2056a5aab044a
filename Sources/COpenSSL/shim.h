// SPDX-License-Identifier: Apache-2.0
// OpenSSL as Swift imports it. Macros that Swift cannot import become static inline functions here, nothing else.

#ifndef READOUT_COPENSSL_SHIM_H
#define READOUT_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <openssl/x509v3.h>

static inline int readout_set_min_version(SSL_CTX *context, int version)
{
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline void readout_set_mode(SSL_CTX *context, long mode) { SSL_CTX_set_mode(context, mode); }

static inline int readout_set_groups(SSL_CTX *context, const char *list)
{
    return (int)SSL_CTX_set1_groups_list(context, list);
}

static inline void readout_set_server_name_callback(SSL_CTX *context, int (*callback)(SSL *, int *, void *), void *argument)
{
    SSL_CTX_set_tlsext_servername_callback(context, callback);
    SSL_CTX_set_tlsext_servername_arg(context, argument);
}

static inline int readout_set_ticket_keys(SSL_CTX *context, void *keys, long length)
{
    return (int)SSL_CTX_set_tlsext_ticket_keys(context, keys, length);
}

static inline void readout_read_ahead(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }

static const uint64_t readout_option_no_renegotiation = SSL_OP_NO_RENEGOTIATION;
static const uint64_t readout_option_no_compression = SSL_OP_NO_COMPRESSION;
static const uint64_t readout_option_ignore_eof = SSL_OP_IGNORE_UNEXPECTED_EOF;
static const uint64_t readout_option_server_preference = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t readout_option_chacha_for_phones = SSL_OP_PRIORITIZE_CHACHA;

// The one-shot SHA256() can fail for want of memory, and zeros would then pass for a digest. The three steps keep their state here
// and cannot fail; OpenSSL 3 would rather have its larger interface used.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
static inline void readout_sha256_begin(SHA256_CTX *state) { SHA256_Init(state); }

static inline void readout_sha256_add(SHA256_CTX *state, const void *bytes, size_t count)
{
    SHA256_Update(state, bytes, count);
}

static inline void readout_sha256_end(SHA256_CTX *state, unsigned char digest[32]) { SHA256_Final(digest, state); }

static inline void readout_sha256(const void *bytes, size_t count, unsigned char digest[32])
{
    SHA256_CTX state;
    readout_sha256_begin(&state);
    readout_sha256_add(&state, bytes, count);
    readout_sha256_end(&state, digest);
}
#pragma clang diagnostic pop

#endif
