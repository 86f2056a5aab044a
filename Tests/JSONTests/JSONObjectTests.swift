// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test func keepsOrderAndFindsByName() {
        var object = JSONObject([("b", 1), ("a", .null)])
        object["c"] = "x"
        object["b"] = 2
        #expect(object.names == ["b", "a", "c"])
        #expect(object["b"] == .integer(2))
        #expect(object["a"] == .null)
        #expect(object["d"] == nil)
    }

    @Test func removesAndStillFinds() {
        // Across the size at which an index is kept.
        var object = JSONObject((0..<40).map { ("m\($0)", .integer(Int64($0))) })
        for removed in stride(from: 0, to: 40, by: 3) { object["m\(removed)"] = nil }
        #expect(object.count == 26)
        for number in 0..<40 {
            #expect(object["m\(number)"] == (number % 3 == 0 ? nil : .integer(Int64(number))))
        }
        object["m0"] = true
        #expect(object.names.last == "m0")
    }

    @Test func equalsInAnyOrder() {
        #expect(JSONObject([("a", 1), ("b", 2)]) == JSONObject([("b", 2), ("a", 1)]))
        #expect(JSONObject([("a", 1)]) != JSONObject([("b", 1)]))
        #expect(JSONObject([("a", 1)]) != JSONObject([("a", 1), ("b", 2)]))
    }
}
