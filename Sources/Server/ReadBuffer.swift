// SPDX-License-Identifier: Apache-2.0

import HTTP

/// What a loop reads into and what it parses into, request after request: one connection at a time uses it.
///
/// An object beside the loop, so that a connection may have the loop changed while it reads what lies here.
final class ReadBuffer {
    private(set) var input = [UInt8](repeating: 0, count: 65536)
    var head = RequestHead()

    func receive(from transport: borrowing Transport) -> Transport.Step {
        Self.receive(from: transport, into: &input)
    }

    private static func receive(from transport: borrowing Transport, into buffer: inout [UInt8]) -> Transport.Step {
        var span = buffer.mutableSpan
        return transport.receive(into: &span)
    }
}
