// SPDX-License-Identifier: Apache-2.0

/// Writes one JSON text straight into bytes (RFC 8259), compact, commas put in by itself.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object {
///     $0.member("id", "wang-yi")
///     $0.array("issues") { issues in
///         for id in ids { issues.object { $0.member("id", id) } }
///     }
/// }
/// let body = writer.finish()
/// ```
/// The closure forms (`object`, `array`) close what they open. Calls out of order (a value where a name is due, an end
/// without its beginning) are mistakes of the program, found by assertions in debug builds.
package struct JSONWriter: ~Copyable {
    /// What may be written next.
    private enum Place: UInt8 {
        case start, end
        case firstElement, nextElement
        case firstMember, nextMember, memberValue
    }

    private var bytes: JSONBytes
    private let spare: JSONSpare?
    private var place = Place.start
    /// Whether each open container is an array, the innermost in the lowest bit. They are never 128: what is read has 64 at most
    /// (`JSONReader`), and an answer puts a few around it.
    private var arrays: UInt128 = 0
    private var depth = 0

    /// - Parameters:
    ///   - capacity: bytes to set aside; more are taken as needed.
    ///   - spare: where they may be left by an earlier text, and are left by this one.
    package init(capacity: Int = 512, reusing spare: JSONSpare? = nil) {
        bytes = JSONBytes(capacity: capacity, reusing: spare)
        self.spare = spare
    }

    /// Bytes written so far.
    package var count: Int { bytes.count }

    /// The text, complete.
    package consuming func finish() -> [UInt8] {
        assert(place == .end, "the JSON text is not complete")
        let text = bytes.array
        if let spare { bytes.leave(to: spare) }
        return text
    }

    // MARK: Containers

    package mutating func beginObject() {
        beginValue()
        bytes.append(UInt8(ascii: "{"))
        enter(isArray: false)
    }

    package mutating func endObject() {
        assert(place == .firstMember || place == .nextMember, "no object to end here")
        bytes.append(UInt8(ascii: "}"))
        leave()
    }

    package mutating func beginArray() {
        beginValue()
        bytes.append(UInt8(ascii: "["))
        enter(isArray: true)
    }

    package mutating func endArray() {
        assert(place == .firstElement || place == .nextElement, "no array to end here")
        bytes.append(UInt8(ascii: "]"))
        leave()
    }

    /// Begins a member; its value comes next.
    /// - Parameter name: printable ASCII without quotation mark and backslash.
    package mutating func member(_ name: StaticString) {
        assert(place == .firstMember || place == .nextMember, "a name where none belongs")
        name.withUTF8Buffer { utf8 in
            // The buffer is read only inside the closure that lends it.
            unsafe assert(utf8.allSatisfy { $0 < 0x7F && !JSONEscapes.mustEscape($0) }, "a name to be escaped")
            unsafe bytes.append(name: utf8, afterComma: place == .nextMember)
        }
        place = .memberValue
    }

    /// Puts in members that are JSON text already: such as `"type":"event"`.
    package mutating func members(_ text: StaticString) {
        assert(place == .firstMember || place == .nextMember, "members where none belong")
        // The buffer is read only inside the closure that lends it.
        text.withUTF8Buffer { utf8 in unsafe bytes.append(utf8, afterComma: place == .nextMember) }
        place = .nextMember
    }

    /// Begins a member whose name is known only at run time.
    package mutating func member(named name: String) {
        beginMember()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
    }

    // MARK: Values

    package mutating func string(_ value: String) {
        beginValue()
        appendQuoted(value)
    }

    /// Writes two texts as one string, without making that first.
    package mutating func string(_ beginning: String, _ end: String) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        appendContent(beginning)
        appendContent(end)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes bytes that ought to be UTF-8; what is not becomes U+FFFD.
    package mutating func string(decoding utf8: Span<UInt8>) {
        beginValue()
        // Unsafe: the buffer is read only inside the closure that lends it; as below.
        unsafe utf8.withUnsafeBufferPointer { utf8 in
            if unsafe JSONEscapes.areAbsentInASCII(utf8) {
                unsafe bytes.append(quoted: utf8)
            } else {
                unsafe appendQuoted(String(decoding: utf8, as: UTF8.self))
            }
        }
    }

    /// Writes a text, and behind it bytes that ought to be UTF-8, as one string.
    package mutating func string(_ beginning: String, decoding end: Span<UInt8>) {
        unsafe end.withUnsafeBufferPointer { end in
            if unsafe JSONEscapes.areAbsentInASCII(end) {
                beginValue()
                bytes.append(UInt8(ascii: "\""))
                appendContent(beginning)
                unsafe bytes.append(end)
                bytes.append(UInt8(ascii: "\""))
            } else {
                unsafe string(beginning, String(decoding: end, as: UTF8.self))
            }
        }
    }

    package mutating func integer(_ value: Int) { integer(Int64(value)) }

    package mutating func integer(_ value: Int64) {
        beginValue()
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = value.magnitude
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(digits.span.extracting(first...))
    }

    /// Writes the shortest digits that read back as the same double. JSON has no word for NaN and infinity: they are
    /// a mistake of the program, and `null` in a release build.
    package mutating func number(_ value: Double) {
        assert(value.isFinite, "JSON cannot express \(value)")
        guard value.isFinite else { return null() }
        beginValue()
        bytes.append(value.description.utf8Span.span)
    }

    package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    package mutating func null() { literal("null") }

    /// Puts in a value that is JSON text already.
    package mutating func raw(_ json: [UInt8]) {
        assert(!json.isEmpty, "no value is not a value")
        beginValue()
        bytes.append(json.span)
    }

    // MARK: Values in pieces

    /// Begins a value that is put together by `piece` and `content` alone: an object of which only some strings differ from the next
    /// one takes fewer steps so.
    package mutating func beginPieces() { beginValue() }

    /// JSON text as it is.
    package mutating func piece(_ text: StaticString) {
        // The buffer is read only inside the closure that lends it.
        text.withUTF8Buffer { utf8 in unsafe bytes.append(utf8) }
    }

    /// The same of a text that is made at run time.
    package mutating func piece(_ utf8: Span<UInt8>) { bytes.append(utf8) }

    /// What stands between the quotation marks of a string, of bytes that ought to be UTF-8; what is not becomes U+FFFD.
    package mutating func content(decoding utf8: Span<UInt8>) {
        // Unsafe: the buffer is read only inside the closure that lends it.
        unsafe utf8.withUnsafeBufferPointer { utf8 in
            if unsafe JSONEscapes.areAbsentInASCII(utf8) {
                unsafe bytes.append(utf8)
            } else {
                unsafe appendContent(String(decoding: utf8, as: UTF8.self))
            }
        }
    }

    // MARK: Commas and bytes

    private mutating func enter(isArray: Bool) {
        assert(depth < 128, "nested too deep")
        arrays = arrays << 1 | (isArray ? 1 : 0)
        depth += 1
        place = isArray ? .firstElement : .firstMember
    }

    private mutating func leave() {
        arrays >>= 1
        depth -= 1
        place = depth == 0 ? .end : arrays & 1 == 1 ? .nextElement : .nextMember
    }

    private mutating func beginValue() {
        switch place {
        case .start: place = .end
        case .firstElement: place = .nextElement
        case .nextElement: bytes.append(UInt8(ascii: ","))
        case .memberValue: place = .nextMember
        case .end: assertionFailure("a second value after the end")
        case .firstMember, .nextMember: assertionFailure("a value in an object without its name")
        }
    }

    private mutating func beginMember() {
        assert(place == .firstMember || place == .nextMember, "a name where none belongs")
        if place == .nextMember { bytes.append(UInt8(ascii: ",")) }
        place = .memberValue
    }

    private mutating func literal(_ text: StaticString) {
        beginValue()
        // The buffer is read only inside the closure that lends it.
        text.withUTF8Buffer { utf8 in unsafe bytes.append(utf8) }
    }

    private mutating func appendQuoted(_ text: String) {
        // Unsafe: the buffer is read only inside the closure that lends it; as below.
        unsafe text.utf8Span.span.withUnsafeBufferPointer { utf8 in
            if unsafe JSONEscapes.areAbsent(utf8) {
                unsafe bytes.append(quoted: utf8)
            } else {
                bytes.append(UInt8(ascii: "\""))
                unsafe appendEscaped(utf8)
                bytes.append(UInt8(ascii: "\""))
            }
        }
    }

    private mutating func appendContent(_ text: String) {
        unsafe text.utf8Span.span.withUnsafeBufferPointer { utf8 in
            // Looked at before it is copied whole: most strings have nothing to escape.
            if unsafe JSONEscapes.areAbsent(utf8) {
                unsafe bytes.append(utf8)
            } else {
                unsafe appendEscaped(utf8)
            }
        }
    }

    private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        for index in utf8.indices { unsafe appendEscaped(utf8[index]) }
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        guard JSONEscapes.mustEscape(byte) else { return bytes.append(byte) }
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append("u00".utf8Span.span)
            let low = byte & 0x0F
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
