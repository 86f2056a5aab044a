// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct ByteSetTests {
    private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    /// The characters as the RFCs list them.
    @Test func holdsTheCharactersOfTheGrammar() {
        check(.token, Self.letters + "!#$%&'*+-.^_`|~")
        check(.formValue, Self.letters + "-._~!$()*,:@/?")
        check(.registeredName, Self.letters + "-._~!$&'()*+,;=%")
        check(.target, Self.letters + "-._~!$&'()*+,;=%:@/?[]" + "{}|\\^`")
    }

    private func check(_ set: ByteSet, _ characters: String) {
        let wanted = Set(characters.utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(set.contains(byte) == wanted.contains(byte), "byte \(byte)")
        }
    }
}
