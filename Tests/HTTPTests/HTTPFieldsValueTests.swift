// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@Suite struct HTTPFieldsValueTests {
    /// What the subscript gives is what it is to give.
    @Test func isWhatTheSubscriptGives() throws {
        var fields = HTTPFields()
        let lines = [
            ("Accept", "text/html"), ("Vary", ""), ("Cookie", "a=1"), ("ETag", "\"1\""), ("accept", "application/json"),
            ("COOKIE", "b=2"), ("X-Own", "one"), ("x-own", ""),
        ]
        for (name, value) in lines { fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        for name in ["Accept", "VARY", "cookie", "etag", "X-Own", "Range"] {
            let name = try #require(HTTPField.Name(name))
            #expect(fields.value(of: name) == fields[name], "\(name)")
        }
        #expect(fields.value(of: .accept) == "text/html, application/json")
        #expect(fields.value(of: .vary) == "")
        #expect(fields.value(of: .range) == nil)
    }
}
