// SPDX-License-Identifier: Apache-2.0

import Digests
import Testing

@Suite struct Base64URLTests {
    /// The vectors of RFC 4648, section 10, without padding, and the two characters in which the alphabet differs.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("~~~", "fn5-"), ("???", "Pz8_"),
    ])
    func hasThePublishedTexts(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
        #expect(Base64URL.decode(text) == Array(plain.utf8))
    }

    @Test func givesEveryByteBack() {
        let bytes = Array(UInt8.min...UInt8.max)
        for count in 0...bytes.count {
            let part = Array(bytes.suffix(count))
            #expect(Base64URL.decode(Base64URL.encode(part)) == part)
        }
        #expect(Base64URL.encode([UInt8](repeating: 0xFF, count: 32)).utf8.count == 43)
    }

    /// Padding, the other alphabet, characters without a whole byte, and bits left over: each would be a second text of the same
    /// bytes.
    @Test(arguments: ["Zg==", "Zg=", "Z", "Zm9vY", "Zh", "Zm9", "fn5+", "Pz8/", "Zg ", " Zg", "Z\u{67}\0", "é"])
    func refusesWhatItWouldNotWrite(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
