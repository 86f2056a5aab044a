// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Server

@Suite struct SlabTests {
    @Test func aPlaceUsedAgainHasAnotherToken() throws {
        var slab = Slab<String>()
        let old = try #require(slab.nextToken)
        let first = slab.insert("first")
        #expect(slab[old] === first)
        let isRemoved = slab.remove(old)
        #expect(isRemoved)
        let new = try #require(slab.nextToken)
        let second = slab.insert("second")
        #expect(new != old)
        #expect(slab[old] == nil)
        #expect(slab[new] === second)
        let isRemovedAgain = slab.remove(old)
        #expect(!isRemovedAgain)
        #expect(slab[new]?.value == "second")
        #expect(slab.count == 1)
        #expect(first.value == "first")
    }

    @Test func tokensAreUniqueWhileInUse() throws {
        var slab = Slab<Int>()
        var tokens: [UInt64] = []
        for number in 0..<1000 {
            tokens.append(try #require(slab.nextToken))
            _ = slab.insert(number)
            guard number % 3 == 0 else { continue }
            let isRemoved = slab.remove(tokens.remove(at: tokens.count / 2))
            #expect(isRemoved)
        }
        #expect(Set(tokens).count == slab.count)
        #expect(tokens.allSatisfy { slab[$0] != nil })
        #expect(Array(slab.elements).count == slab.count)
    }

    @Test func unknownTokensFindNothing() {
        let slab = Slab<Int>()
        #expect(slab[0] == nil)
        #expect(slab[.max] == nil)
    }
}
