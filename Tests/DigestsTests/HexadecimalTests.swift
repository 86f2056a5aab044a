// SPDX-License-Identifier: Apache-2.0

import Digests
import Testing

@Suite struct HexadecimalTests {
    @Test func givesEveryByteBack() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.decode(text) == bytes)
    }

    @Test func takesNothingForNothing() {
        #expect(Hexadecimal.encode([]) == "")
        #expect(Hexadecimal.decode("") == [])
    }

    @Test(arguments: ["0", "0g", "0G", "FF", " 00", "0x00", "é0", "00\0"])
    func refusesWhatIsNoLowerCasePairs(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
