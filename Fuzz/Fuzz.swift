// SPDX-License-Identifier: Apache-2.0

import Coverage
import Glibc
import HTTP
import JSON

/// What libFuzzer calls, again and again, with bytes of its own devising. `FUZZ_TARGET` says which reader gets them. A trap, an
/// endless loop or a broken promise (`precondition`) is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Unsafe: libFuzzer lends so many bytes for the call.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    Fuzz.target(bytes)
    return 0
}

enum Fuzz {
    static let target: @Sendable ([UInt8]) -> Void = {
        // Unsafe: the environment is not changed while this program runs.
        let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = targets[name] else {
            preconditionFailure("FUZZ_TARGET must be one of \(targets.keys.sorted())")
        }
        return target
    }()

    private static let targets: [String: @Sendable ([UInt8]) -> Void] = [
        "head": head, "chunks": chunks, "query": query, "edtf": edtf, "json": json, "fields": fields,
    ]

    // MARK: The wire

    private static let limits = Limits(requestLine: 256, headerSection: 512, fieldCount: 16, body: 1000)

    /// Whole and byte by byte must come to the same.
    @Sendable private static func head(_ bytes: [UInt8]) {
        var parser = RequestParser(limits: limits)
        var head = RequestHead()
        let whole = parse(bytes[...], &parser, &head)
        if case .success(true) = whole { use(head, bytes.span) }
        var slow = RequestParser(limits: limits)
        var last = Result<Bool, WireError>.success(false)
        for end in 1..<max(2, bytes.count + 1) where end <= bytes.count {
            last = parse(bytes[..<end], &slow, &head)
            if case .success(false) = last { continue }
            break
        }
        precondition(last == whole || bytes.isEmpty, "cut into bytes it reads differently")
    }

    private static func parse(
        _ bytes: ArraySlice<UInt8>, _ parser: inout RequestParser, _ head: inout RequestHead
    ) -> Result<Bool, WireError> {
        do throws(WireError) {
            return .success(try parser.parse(Array(bytes).span, into: &head))
        } catch {
            precondition(!error.problem.detail.isEmpty)
            return .failure(error)
        }
    }

    /// All that is read from a head once it is whole.
    private static func use(_ head: RequestHead, _ bytes: Span<UInt8>) {
        precondition(head.byteCount <= bytes.count)
        let request = head.request(bytes: bytes, body: [], id: .random(), origin: .network)
        precondition(request.path.hasPrefix("/") || request.path == "*")
        _ = AcceptedCoding(head, of: bytes)
        _ = Precondition(head, of: bytes)
        _ = ForwardedNodes.read(head, of: bytes)
        _ = HostNames(["a", "[::1]"]).include(head, of: bytes)
    }

    /// The fields that have grammars of their own, with the input for a value.
    @Sendable private static func fields(_ bytes: [UInt8]) {
        let value = bytes.filter { $0 >= 0x20 && $0 != 0x7F }
        var head = RequestHead()
        for name in [
            "Accept-Encoding", "If-None-Match", "If-Match", "Forwarded", "X-Forwarded-For", "Host", "Connection",
        ] {
            let request = Array("GET / HTTP/1.0\r\n\(name): ".utf8) + value + Array("\r\n\r\n".utf8)
            var parser = RequestParser(limits: Limits())
            if case .success(true) = parse(request[...], &parser, &head) { use(head, request.span) }
        }
        let text = String(decoding: value, as: UTF8.self)
        _ = MediaType.bestMatch(accept: text, among: [MediaType("application", "json"), MediaType("text", "csv")])
        _ = EntityTag.matches(ifNoneMatch: value.span, Array("\"a\"".utf8).span)
        if let type = MediaType(parsing: text) {
            precondition(MediaType(parsing: type.essence)?.essence == type.essence)
        }
    }

    @Sendable private static func chunks(_ bytes: [UInt8]) {
        let whole = decode(bytes, piece: max(1, bytes.count))
        for piece in [1, 3] { precondition(decode(bytes, piece: piece) == whole, "cut it decodes differently") }
    }

    private static func decode(_ bytes: [UInt8], piece: Int) -> [UInt8]? {
        var decoder = ChunkedDecoder()
        var body: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + piece, bytes.count)
            guard
                let (consumed, isComplete) = try? decoder.decode(
                    bytes.span.extracting(start..<end), into: &body, limit: limits.body)
            else { return nil }
            precondition(body.count <= limits.body && consumed <= end - start)
            if isComplete { return body + [1] }
            start = end
        }
        return body + [0]
    }

    // MARK: Texts

    @Sendable private static func query(_ bytes: [UInt8]) {
        guard let items = try? Query.parse(String(decoding: bytes, as: UTF8.self)) else { return }
        let again = try? Query.parse(Query.format(items))
        precondition(again.map { $0.elementsEqual(items, by: ==) } ?? false, "what it writes it reads otherwise")
    }

    @Sendable private static func edtf(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let date = try? EDTF(text) else { return }
        precondition(date.description == text)
        if let earliest = date.earliest, let latest = date.latest {
            precondition(earliest <= latest, "it ends before it begins")
        }
    }

    @Sendable private static func json(_ bytes: [UInt8]) {
        guard let value = try? JSONReader.read(bytes) else { return }
        var writer = JSONWriter()
        writer.write(value)
        precondition((try? JSONReader.read(writer.finish())) == value, "what it writes it reads otherwise")
    }
}
