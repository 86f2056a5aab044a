// SPDX-License-Identifier: Apache-2.0
// OpenSSL as Swift imports it. Macros that Swift cannot import become static inline functions here, nothing else.

#ifndef READOUT_COPENSSL_SHIM_H
#define READOUT_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

// The one-shot SHA256() can fail for want of memory, and zeros would then pass for a digest. The three steps keep their state here
// and cannot fail; OpenSSL 3 would rather have its larger interface used.
static inline void readout_sha256(const void *bytes, size_t count, unsigned char digest[32])
{
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(digest, &state);
#pragma clang diagnostic pop
}

#endif
