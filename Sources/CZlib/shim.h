// SPDX-License-Identifier: Apache-2.0
// zlib as Swift imports it. Macros that Swift cannot import become static inline functions here, nothing else.

#ifndef READOUT_CZLIB_SHIM_H
#define READOUT_CZLIB_SHIM_H

#include <zlib.h>

// A window of 32 KiB (15), and 16 more for gzip's frame instead of zlib's; 8 is zlib's own choice of memory.
static inline int readout_deflate_begin(z_stream *stream, int level)
{
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int readout_inflate_begin(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

#endif
