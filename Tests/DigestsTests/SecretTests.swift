// SPDX-License-Identifier: Apache-2.0

import Digests
import Testing

@Suite struct SecretTests {
    @Test func randomBytesAreAsManyAsAskedForAndNeverTheSame() throws {
        for count in [0, 1, 6, 32, 1000] { #expect(try RandomBytes.make(count).count == count) }
        let made = try (0..<200).map { _ in try RandomBytes.make(16) }
        #expect(Set(made).count == 200)
        // Among 3200 bytes hardly one of the 256 values is missing.
        #expect(Set(made.joined()).count > 192)
    }

    @Test func equalBytesAreEqual() {
        #expect(ConstantTime.equal([], []))
        let bytes = Array(UInt8.min...UInt8.max)
        for count in 1...bytes.count {
            #expect(ConstantTime.equal(Array(bytes.prefix(count)), Array(bytes.prefix(count))))
        }
    }

    /// A difference is seen wherever it stands, in whatever bit.
    @Test func differentBytesAreDifferent() {
        let bytes = [UInt8](repeating: 0x5A, count: 33)
        for position in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[position] ^= 1 << UInt8(bit)
                #expect(!ConstantTime.equal(bytes, other))
            }
        }
        #expect(!ConstantTime.equal(bytes, Array(bytes.dropLast())))
        #expect(!ConstantTime.equal(bytes, bytes + [0x5A]))
        #expect(!ConstantTime.equal([], [0]))
        #expect(!ConstantTime.equal([0], []))
    }
}
