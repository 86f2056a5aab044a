// SPDX-License-Identifier: Apache-2.0

import TestSupport

extension [UInt8] {
    /// One to four changes: a byte replaced, removed, put in, or a piece repeated.
    mutating func mutate(using random: inout SeededGenerator) {
        let telling = Array("\r\n\t :;,/0159aAfF+-\"\\%?*[]".utf8) + [0, 0x7F, 0x80, 0xFF]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...count, using: &random)
            let byte = telling.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where place < count: self[place] = byte
            case 1 where place < count: remove(at: place)
            case 2: insert(byte, at: place)
            default: insert(contentsOf: self[place..<Swift.min(count, place + 9)], at: place)
            }
        }
    }
}
