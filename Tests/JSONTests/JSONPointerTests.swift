// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

@Suite struct JSONPointerTests {
    @Test func escapesTildeAndSlash() {
        let root = JSONPointer()
        #expect(root.description == "")
        #expect(root.appending(member: "").description == "/")
        #expect(root.appending(member: "data").appending(index: 3).description == "/data/3")
        #expect(root.appending(member: "a/b~c~1").description == "/a~1b~0c~01")
        // A combining mark after the slash must not hide it.
        let marked = root.appending(member: "/\u{301}").description
        #expect(marked.unicodeScalars.elementsEqual("/~1\u{301}".unicodeScalars))
    }
}
