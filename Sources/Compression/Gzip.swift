// SPDX-License-Identifier: Apache-2.0

internal import CZlib

/// Compresses whole contents into gzip files (RFC 1952), one after the other with the same memory of about 256 KiB: setting
/// that up takes longer than compressing an answer does.
@safe package struct Gzip: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private var scratch: [UInt8] = []

    /// What of the scratch memory is kept from one content to the next, in bytes.
    private static let keptScratch = 262_144

    /// - Parameter level: 1 is the fastest, 9 the most thorough.
    /// - Returns: nil when there is no memory.
    package init?(level: Int32 = 1) {
        // Unsafe: zlib keeps a pointer to the structure, so it gets a place of its own until `deinit`; zeros are its valid
        // beginning.
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        guard unsafe readout_deflate_begin(stream, level) == Z_OK else {
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        // Unsafe: begun in `init` and ended once.
        _ = unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// The same content always becomes the same bytes: the frame has no time in it.
    /// - Returns: nil for contents beyond 1 GiB.
    package mutating func compress(_ content: [UInt8]) -> [UInt8]? {
        // Unsafe: the stream is this value's own; both buffers are lent for the one call that reads and writes them.
        guard content.count <= 1 << 30, unsafe deflateReset(stream) == Z_OK else { return nil }
        let bound = unsafe Int(deflateBound(stream, UInt(content.count)))
        if scratch.count < bound { scratch = [UInt8](repeating: 0, count: bound) }
        defer { if scratch.count > Self.keptScratch { scratch = [] } }
        let stream = unsafe stream
        let count: Int? = unsafe content.withUnsafeBufferPointer { input in
            unsafe scratch.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
                guard unsafe deflate(stream, Z_FINISH) == Z_STREAM_END else { return nil }
                return unsafe Int(stream.pointee.total_out)
            }
        }
        return count.map { Array(scratch[..<$0]) }
    }
}
