// SPDX-License-Identifier: Apache-2.0

/// The origin of a web page as browsers write it (RFC 6454, section 6.2): `https://desk.example`, `http://localhost:3000`.
struct WebOrigin {
    let text: String

    /// Nil for what no browser sends: a path behind it, a default port, capitals, `null`, `*`.
    init?(_ text: String) {
        for (scheme, port) in [("http://", ":80"), ("https://", ":443")] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count)
            let isPlain = host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: ".-_:[]".utf8.contains(byte)
                }
            }
            guard !host.isEmpty, isPlain, !host.hasSuffix(port), !host.hasSuffix(":") else { return nil }
            self.text = text
            return
        }
        return nil
    }
}
