// SPDX-License-Identifier: Apache-2.0

import HTTP

/// What comes over the wire in pieces.
extension Fuzz {
    private static let limits = Limits(requestLine: 64, headerSection: 256, fieldCount: 8, body: 256)
    static let hosts = HostNames(["a", "[::1]"])

    /// Whole and in pieces must come to the same.
    @Sendable static func head(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        var whole = RequestHead()
        var cut = RequestHead()
        let outcome = parse(bytes, in: CollectionOfOne(bytes.indices), limits: limits, into: &whole)
        let again = parse(bytes, in: Cuts(of: bytes), limits: limits, into: &cut)
        precondition(again == outcome, "cut it reads differently")
        guard outcome == .success(true) else { return }
        precondition(agree(whole, cut), "cut it understands differently")
        use(whole, bytes.span)
    }

    /// - Parameter pieces: one after another, what has come so far is given to the parser again.
    static func parse(
        _ bytes: [UInt8], in pieces: some Sequence<Range<Int>>, limits: Limits, into head: inout RequestHead
    ) -> Result<Bool, WireError> {
        var parser = RequestParser(limits: limits)
        do throws(WireError) {
            for piece in pieces {
                let received = bytes.span.extracting(first: piece.upperBound)
                if try parser.parse(received, into: &head) { return .success(true) }
            }
            return .success(false)
        } catch {
            precondition(!error.problem.detail.isEmpty)
            return .failure(error)
        }
    }

    private static func agree(_ one: borrowing RequestHead, _ other: borrowing RequestHead) -> Bool {
        one.byteCount == other.byteCount && one.methodRange == other.methodRange && one.target == other.target
            && one.fields.count == other.fields.count && one.host == other.host && one.framing == other.framing
            && one.isPersistent == other.isPersistent && one.expectsContinue == other.expectsContinue
            && one.mayBeAnsweredFromCache == other.mayBeAnsweredFromCache
    }

    /// All that is read from a head once it is whole.
    private static func use(_ head: borrowing RequestHead, _ bytes: Span<UInt8>) {
        precondition(head.byteCount <= bytes.count)
        let id = RequestID(randomHigh: 0, randomLow: 0)
        let request = head.request(bytes: bytes, body: [], id: id, origin: .network)
        precondition(request.path.hasPrefix("/") || request.path == "*")
        precondition(request.headerFields.count == head.fields.count)
        _ = ListFields(head, of: bytes)
        _ = hosts.include(head, of: bytes)
    }

    /// Whole and in pieces must come to the same.
    @Sendable static func chunks(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let whole = decode(bytes, in: CollectionOfOne(bytes.indices))
        precondition(decode(bytes, in: Cuts(of: bytes)) == whole, "cut it decodes differently")
    }

    private struct Decoded: Equatable {
        var body: [UInt8] = []
        var consumed = 0
        var isComplete = false
    }

    private static func decode(_ bytes: [UInt8], in pieces: some Sequence<Range<Int>>) -> Result<Decoded, WireError> {
        var decoder = ChunkedDecoder()
        var decoded = Decoded()
        do throws(WireError) {
            for piece in pieces where !decoded.isComplete {
                let (consumed, isComplete) = try decoder.decode(
                    bytes.span.extracting(piece), into: &decoded.body, limit: limits.body)
                precondition(decoded.body.count <= limits.body && (isComplete || consumed == piece.count))
                decoded.consumed += consumed
                decoded.isComplete = isComplete
            }
            return .success(decoded)
        } catch {
            return .failure(error)
        }
    }
}
