// SPDX-License-Identifier: Apache-2.0
// OpenSSL as Swift imports it. Macros that Swift cannot import become static inline functions here, nothing else.

#ifndef READOUT_COPENSSL_SHIM_H
#define READOUT_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#endif
