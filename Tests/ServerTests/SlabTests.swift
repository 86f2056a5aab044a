// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Server

@Suite struct SlabTests {
    private final class Thing {}

    @Test func aPlaceUsedAgainHasAnotherToken() throws {
        var slab = Slab<Thing>()
        let (first, second) = (Thing(), Thing())
        let old = try #require(slab.nextToken)
        slab.insert(first)
        #expect(slab[old] === first)
        slab.remove(old)
        let new = try #require(slab.nextToken)
        slab.insert(second)
        #expect(new != old)
        #expect(slab[old] == nil)
        #expect(slab[new] === second)
        slab.remove(old)
        #expect(slab[new] === second)
        #expect(slab.count == 1)
    }

    @Test func tokensAreUniqueWhileInUse() throws {
        var slab = Slab<Thing>()
        var tokens: [UInt64] = []
        for number in 0..<1000 {
            tokens.append(try #require(slab.nextToken))
            slab.insert(Thing())
            if number % 3 == 0 { slab.remove(tokens.remove(at: tokens.count / 2)) }
        }
        #expect(Set(tokens).count == slab.count)
        #expect(tokens.allSatisfy { slab[$0] != nil })
        #expect(Array(slab.elements).count == slab.count)
    }

    @Test func unknownTokensFindNothing() {
        let slab = Slab<Thing>()
        #expect(slab[0] == nil)
        #expect(slab[.max] == nil)
    }
}
