// SPDX-License-Identifier: Apache-2.0

/// Bytes on their way out: appended at the end, consumed at the front, in memory that is kept from batch to batch.
///
/// `@safe` because the memory is owned, never handed out beyond a closure or a borrowed span, and every offset into it
/// is kept within `start...end <= capacity` here.
@safe
package struct OutputBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutableRawPointer?
    package private(set) var capacity = 0
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    package init() {
        // Unsafe: here and in the last lines of `removeAll` and `grow`, the one owner of the memory is given another value.
        unsafe memory = nil
    }

    deinit {
        // Unsafe: allocated by `grow` alone.
        unsafe memory?.deallocate()
    }

    /// The bytes not yet consumed.
    @inlinable package var count: Int { end - start }
    @inlinable package var isEmpty: Bool { start == end }

    package mutating func append(_ byte: UInt8) {
        makeRoom(1)
        // Unsafe: room was made above.
        unsafe memory?.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
        end += 1
    }

    package mutating func append(_ bytes: Span<UInt8>) {
        // Unsafe: lent for the call only.
        unsafe bytes.withUnsafeBytes { unsafe append($0) }
    }

    package mutating func append(_ bytes: [UInt8]) {
        append(bytes.span)
    }

    package mutating func append(_ text: StaticString) {
        // Unsafe: lent for the call only.
        text.withUTF8Buffer { unsafe append(UnsafeRawBufferPointer($0)) }
    }

    /// Named apart so that a literal is always a `StaticString`.
    package mutating func append(string text: String) {
        append(text.utf8.span)
    }

    /// The bytes must not be this buffer's own.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        makeRoom(bytes.count)
        // Unsafe: room was made above, and the source is not ours: the two do not overlap.
        unsafe memory?.advanced(by: end).copyMemory(from: source, byteCount: bytes.count)
        end += bytes.count
    }

    /// Decimal digits, with a minus sign below zero.
    /// - Parameter least: so many digits at least, with zeros in front; 20 at most.
    package mutating func append(decimal number: Int, digits least: Int = 1) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = 20
        var rest = number.magnitude
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0 || (20 - first < least && first > 0)
        if number < 0 { append(UInt8(ascii: "-")) }
        append(digits.span.extracting(first..<20))
    }

    /// Lets go of the first bytes, because the kernel has taken them.
    package mutating func consume(_ byteCount: Int) {
        start = min(end, start + max(0, byteCount))
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Lends the bytes not yet consumed.
    @inlinable package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Unsafe: written up to `end`; lent for the call only.
        try unsafe body(UnsafeRawBufferPointer(start: memory.map { unsafe UnsafeRawPointer($0 + start) }, count: count))
    }

    /// Empties the buffer, and gives its memory back when there is more of it than `bound` bytes.
    package mutating func removeAll(keepingCapacityUpTo bound: Int = 262_144) {
        start = 0
        end = 0
        guard capacity > bound else { return }
        // Unsafe: allocated by `grow` alone; forgotten at once.
        unsafe memory?.deallocate()
        unsafe memory = nil
        capacity = 0
    }

    /// Makes sure that `byteCount` bytes fit behind `end`.
    package mutating func makeRoom(_ byteCount: Int) {
        if capacity - end < byteCount { grow(by: byteCount) }
    }

    private mutating func grow(by byteCount: Int) {
        let held = count
        // Moving down is enough when that frees half of the memory; otherwise twice as much is taken.
        let wanted = held + byteCount
        let size = wanted <= capacity / 2 ? capacity : max(4096, wanted, capacity * 2)
        // Unsafe: newly allocated memory has no other owner; the old is freed below once its bytes have been moved.
        let larger = unsafe size == capacity ? memory : UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        if let old = unsafe memory, let larger = unsafe larger {
            // Unsafe: `copyMemory` moves, so source and destination may overlap when the memory stays the same.
            unsafe larger.copyMemory(from: old + start, byteCount: held)
            if size != capacity { unsafe old.deallocate() }
        }
        unsafe memory = larger
        capacity = size
        start = 0
        end = held
    }
}
