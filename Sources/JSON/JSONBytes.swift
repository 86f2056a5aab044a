// SPDX-License-Identifier: Apache-2.0

/// The bytes of a JSON text, growing at their end, in memory of their own: an array looks with each byte whether it is shared.
///
/// `@safe`: the memory is that of an object that nobody else has and that lives as long, and `count <= capacity` holds here.
@safe struct JSONBytes: ~Copyable {
    fileprivate typealias Owner = ManagedBuffer<Void, UInt8>

    /// Allocating an object takes less than `UnsafeMutablePointer.allocate`, which asks for an alignment.
    private var owner: Owner
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// - Parameter spare: where memory is looked for first.
    init(capacity: Int, reusing spare: JSONSpare? = nil) {
        let least = max(capacity, 16)
        if let kept = spare?.take(atLeast: least) {
            (owner, self.capacity) = kept
        } else {
            (owner, self.capacity) = (Owner.create(minimumCapacity: least) { _ in }, least)
        }
        // Unsafe: the pointer is kept beside the object that it points into.
        unsafe memory = owner.withUnsafeMutablePointerToElements { unsafe $0 }
    }

    /// Leaves the memory to the next writer.
    consuming func leave(to spare: JSONSpare) { spare.keep(owner, capacity) }

    /// A copy of them all.
    var array: [UInt8] {
        // Unsafe: so many have been written, and they are copied before this returns.
        unsafe owner.withUnsafeMutablePointerToElements { unsafe Array(UnsafeBufferPointer(start: $0, count: count)) }
    }

    mutating func append(_ byte: UInt8) {
        makeRoom(1)
        // Unsafe: room was made above.
        unsafe memory[count] = byte
        count += 1
    }

    /// Bytes of another owner.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        makeRoom(bytes.count)
        // Unsafe: room was made above, and the source is not ours: the two do not overlap.
        unsafe (memory + count).initialize(from: source, count: bytes.count)
        count += bytes.count
    }

    /// The same between quotation marks.
    mutating func append(quoted bytes: UnsafeBufferPointer<UInt8>) {
        makeRoom(bytes.count + 2)
        // Unsafe: room was made for all of it above, and the source is not ours.
        unsafe memory[count] = UInt8(ascii: "\"")
        if let source = bytes.baseAddress {
            unsafe (memory + count + 1).initialize(from: source, count: bytes.count)
        }
        unsafe memory[count + bytes.count + 1] = UInt8(ascii: "\"")
        count += bytes.count + 2
    }

    /// The name of a member between quotation marks, with its colon.
    mutating func append(name: UnsafeBufferPointer<UInt8>, afterComma: Bool) {
        guard let source = name.baseAddress else { return }
        makeRoom(name.count + 4)
        // Unsafe: room was made for all of it above, and the source is not ours.
        var end = unsafe memory + count
        if afterComma {
            unsafe end.pointee = UInt8(ascii: ",")
            unsafe end += 1
        }
        unsafe end.pointee = UInt8(ascii: "\"")
        unsafe (end + 1).initialize(from: source, count: name.count)
        unsafe end += 1 + name.count
        unsafe end.pointee = UInt8(ascii: "\"")
        unsafe end[1] = UInt8(ascii: ":")
        count += name.count + (afterComma ? 4 : 3)
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, afterComma: Bool) {
        if afterComma { append(UInt8(ascii: ",")) }
        unsafe append(bytes)
    }

    mutating func append(_ bytes: Span<UInt8>) {
        // Unsafe: lent for the call only.
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
    }

    private mutating func makeRoom(_ byteCount: Int) {
        if capacity - count < byteCount { grow(byteCount) }
    }

    private mutating func grow(_ byteCount: Int) {
        capacity = max(2 * capacity, count + byteCount)
        let larger = Owner.create(minimumCapacity: capacity) { _ in }
        // Unsafe: the new memory is larger than what is moved there, and the pointer is kept beside its object.
        unsafe larger.withUnsafeMutablePointerToElements { start in
            unsafe start.moveInitialize(from: memory, count: count)
            unsafe memory = start
        }
        // The bytes are gone from the old one before it goes.
        withExtendedLifetime(owner) {}
        owner = larger
    }
}

/// Memory that one text leaves to the next: who writes one after the other, on one thread, need not look for it each time.
package final class JSONSpare {
    /// Larger memory goes back: texts are rarely so long.
    private static let most = 1 << 18

    private var memory: (owner: JSONBytes.Owner, capacity: Int)?
    /// Bytes that the next one finds; nil while there are none.
    var capacity: Int? { memory?.capacity }

    package init() {}

    fileprivate func take(atLeast capacity: Int) -> (owner: JSONBytes.Owner, capacity: Int)? {
        guard let kept = memory, kept.capacity >= capacity else { return nil }
        memory = nil
        return kept
    }

    fileprivate func keep(_ owner: JSONBytes.Owner, _ capacity: Int) {
        if capacity <= Self.most { memory = (owner, capacity) }
    }
}
