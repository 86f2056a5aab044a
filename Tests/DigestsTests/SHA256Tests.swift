// SPDX-License-Identifier: Apache-2.0

import Digests
import Testing

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-4's companion document, and the empty text.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func hasThePublishedDigests(text: String, digest: String) {
        #expect(SHA256.hex(of: text) == digest)
        #expect(SHA256.hex(of: Array(text.utf8)) == digest)
    }

    @Test func digestsAMillionLetters() {
        #expect(
            SHA256.hex(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func digestsUTF8AndNUL() {
        #expect(SHA256.hex(of: "é\0") == SHA256.hex(of: [0xC3, 0xA9, 0]))
        #expect(SHA256.hex(of: [0]).count == 64)
        #expect(SHA256.hex(of: [0]) != SHA256.hex(of: []))
    }
}
