// SPDX-License-Identifier: Apache-2.0

@testable import HTTP

/// What came of feeding bytes to a parser: enough to tell two readings apart.
enum Reading: Equatable {
    case needsMore
    case refused(WireError)
    case accepted(Summary)

    struct Summary: Equatable {
        var method = ""
        var target = ""
        var minorVersion: UInt8 = 1
        var fields: [String] = []
        var byteCount = 0
        var framing = RequestHead.BodyFraming.none
        var isPersistent = true
        var expectsContinue = false
        var host: String?
    }
}

/// Feeds requests in one piece or in several, always giving the parser all bytes received so far.
struct RequestFeed {
    var limits = Limits()

    func whole(_ bytes: [UInt8]) -> Reading {
        feed(bytes, upTo: [bytes.count])
    }

    func byteByByte(_ bytes: [UInt8]) -> Reading {
        feed(bytes, upTo: Array(1...max(1, bytes.count)))
    }

    /// - Parameter ends: How many bytes have been received at each call.
    func feed(_ bytes: [UInt8], upTo ends: [Int]) -> Reading {
        var parser = RequestParser(limits: limits)
        var head = RequestHead()
        for end in ends {
            let received = Array(bytes.prefix(end))
            do {
                if try parser.parse(received.span, into: &head) { return .accepted(summary(of: head, received)) }
            } catch {
                return .refused(error)
            }
        }
        return .needsMore
    }

    private func summary(of head: borrowing RequestHead, _ bytes: [UInt8]) -> Reading.Summary {
        func text(_ range: ByteRange) -> String { String(decoding: bytes[range.range], as: UTF8.self) }
        return Reading.Summary(
            method: text(head.methodRange), target: text(head.target), minorVersion: head.minorVersion,
            fields: head.fields.map { text($0.name) + "=" + text($0.value) },
            byteCount: head.byteCount, framing: head.framing, isPersistent: head.isPersistent,
            expectsContinue: head.expectsContinue, host: head.host.map(text))
    }
}
