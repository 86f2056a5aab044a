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

    private struct Owned: ~Copyable {
        let end: () -> Void
        deinit { end() }
    }

    /// Who works with a value may have it forgotten meanwhile.
    @Test func aValueEndsWhenNobodyHoldsIt() throws {
        var ended: [String] = []
        var slab = Slab<Owned>()
        let first = try #require(slab.nextToken)
        _ = slab.insert(Owned { ended.append("first") })
        let second = try #require(slab.nextToken)
        var holder: Slab<Owned>.Holder? = slab.insert(Owned { ended.append("second") })
        _ = slab.remove(first)
        #expect(ended == ["first"])
        _ = slab.remove(second)
        #expect(ended == ["first"])
        #expect(holder != nil)
        holder = nil
        #expect(ended == ["first", "second"])
    }

    @Test func unknownTokensFindNothing() {
        let slab = Slab<Int>()
        #expect(slab[0] == nil)
        #expect(slab[.max] == nil)
    }
}
