// SPDX-License-Identifier: Apache-2.0

internal import CZlib

/// What a gzip file says, by zlib; nil when it is none, or more than that, or too large.
package func gunzip(_ file: [UInt8], limit: Int = 16_777_216) -> [UInt8]? {
    var file = file
    var content = [UInt8](repeating: 0, count: limit)
    var stream = unsafe z_stream()
    // Unsafe: the stream stays where it is until it is ended, and the buffers are lent for the one call.
    return unsafe withUnsafeMutablePointer(to: &stream) { stream -> [UInt8]? in
        guard unsafe readout_inflate_begin(stream) == Z_OK else { return nil }
        defer { _ = unsafe inflateEnd(stream) }
        let isWhole = unsafe file.withUnsafeMutableBufferPointer { input in
            unsafe content.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_in = input.baseAddress
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(output.count)
                return unsafe inflate(stream, Z_FINISH) == Z_STREAM_END && stream.pointee.avail_in == 0
            }
        }
        return isWhole ? Array(content[..<Int(unsafe stream.pointee.total_out)]) : nil
    }
}
