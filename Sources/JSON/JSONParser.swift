// SPDX-License-Identifier: Apache-2.0

/// One pass over a document. The open containers are kept in an array instead of on the call stack, so depth costs
/// memory only, and the pointer to a fault can be read off them.
struct JSONParser {
    /// An array or object that is still open.
    private struct Container {
        let isObject: Bool
        var elements: [JSONValue] = []
        var object = JSONObject()
        /// The name of the member under way.
        var name = ""
        /// Whether an element or member has begun that is not complete.
        var isValueUnderWay = false

        var value: JSONValue { isObject ? .object(object) : .array(elements) }
        var closingBracket: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    let bytes: [UInt8]
    var position = 0
    private let maximumDepth: Int
    private var open: [Container] = []

    init(_ bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw fault("the text begins with a byte order mark, which JSON does not allow")
        }
        while true {
            var complete = try beginValue()
            while let value = complete {
                if open.isEmpty {
                    skipWhitespace()
                    if position < bytes.count { throw fault("expected the end of the text, found \(found)") }
                    return value
                }
                complete = try add(value)
            }
        }
    }

    /// Reads a scalar or an empty container, or opens a container and gives nil.
    private mutating func beginValue() throws(JSONError) -> JSONValue? {
        skipWhitespace()
        guard let byte = peek else { throw fault("expected a value, found \(found)") }
        switch byte {
        case UInt8(ascii: "{"): return try beginContainer(Container(isObject: true))
        case UInt8(ascii: "["): return try beginContainer(Container(isObject: false))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return try literal()
        default: throw fault("expected a value, found \(found)")
        }
    }

    private mutating func beginContainer(_ container: Container) throws(JSONError) -> JSONValue? {
        guard open.count < maximumDepth else {
            throw fault("arrays and objects are nested more than \(maximumDepth) deep")
        }
        position += 1
        skipWhitespace()
        if peek == container.closingBracket {
            position += 1
            return container.value
        }
        open.append(container)
        try beginMember()
        return nil
    }

    /// Takes an element or member that is complete, and what follows it; gives the container when that is complete too.
    private mutating func add(_ value: JSONValue) throws(JSONError) -> JSONValue? {
        let last = open.count - 1
        if open[last].isObject {
            open[last].object[open[last].name] = value
        } else {
            open[last].elements.append(value)
        }
        open[last].isValueUnderWay = false
        skipWhitespace()
        switch peek {
        case UInt8(ascii: ","):
            position += 1
            try beginMember()
            return nil
        case open[last].closingBracket:
            position += 1
            return open.removeLast().value
        default:
            let bracket = open[last].isObject ? "'}'" : "']'"
            throw fault("expected ',' or \(bracket), found \(found)")
        }
    }

    /// Reads a member's name and colon; an array's element begins with nothing.
    private mutating func beginMember() throws(JSONError) {
        let last = open.count - 1
        guard open[last].isObject else {
            open[last].isValueUnderWay = true
            return
        }
        skipWhitespace()
        guard peek == UInt8(ascii: "\"") else {
            throw fault("expected a member name in quotation marks, found \(found)")
        }
        let start = position
        let name = try string()
        open[last].name = name
        open[last].isValueUnderWay = true
        if open[last].object.contains(name) { throw fault("the member is given twice", at: start) }
        skipWhitespace()
        guard peek == UInt8(ascii: ":") else { throw fault("expected ':', found \(found)") }
        position += 1
    }

    private mutating func literal() throws(JSONError) -> JSONValue {
        let word = bytes[position...].prefix { (0x41...0x5A).contains($0 & ~0x20) }
        let value: JSONValue
        if word.elementsEqual("true".utf8) {
            value = .bool(true)
        } else if word.elementsEqual("false".utf8) {
            value = .bool(false)
        } else if word.elementsEqual("null".utf8) {
            value = .null
        } else {
            let start = String(decoding: word.prefix(20), as: UTF8.self)
            throw fault("expected a value, found '\(start)\(word.count > 20 ? "…" : "")'")
        }
        position += word.count
        return value
    }
}

// MARK: - Bytes and faults

extension JSONParser {
    /// The next byte, nil at the end.
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The next byte in words.
    var found: String {
        guard let byte = peek else { return "the end of the text" }
        switch byte {
        case 0x21...0x7E: return "'\(Unicode.Scalar(byte))'"
        case 0x80...: return "a character beyond ASCII"
        default: return "the control character \(byte)"
        }
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The error for a fault here, or at an earlier byte.
    func fault(_ message: String, at offset: Int? = nil) -> JSONError {
        var pointer = JSONPointer()
        for container in open where container.isValueUnderWay {
            if container.isObject {
                pointer.append(member: container.name)
            } else {
                pointer.append(index: container.elements.count)
            }
        }
        return JSONError(message, at: offset ?? position, of: bytes, pointer: pointer)
    }
}
