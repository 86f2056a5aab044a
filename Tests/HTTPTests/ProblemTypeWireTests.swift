// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import HTTP

@Suite struct ProblemTypeWireTests {
    @Test func everyTypeIsNamedOnceAndExplained() {
        let types = ProblemType.wire
        #expect(Set(types.map(\.name)).count == types.count)
        for type in types {
            #expect(type.name.allSatisfy { ("a"..."z").contains($0) || $0 == "-" })
            #expect((400...599).contains(type.status))
            #expect(!type.title.isEmpty && type.remedy.count > 40 && !type.remedy.contains("\n"))
        }
    }

    @Test(arguments: [
        (WireError.bareLineFeed, 400), (.missingHost, 400), (.connectRefused, 405), (.contentTooLarge(limit: 7), 413),
        (.requestLineTooLong(limit: 7), 414), (.unknownExpectation, 417), (.headerSectionTooLarge(limit: 7), 431),
        (.tooManyFields(limit: 7), 431), (.trailersTooLarge(limit: 7), 431), (.unsupportedTransferCoding, 501),
        (.unsupportedVersion, 505),
    ])
    func everyViolationHasItsStatus(_ error: WireError, _ status: Int) {
        let problem = error.problem
        #expect(problem.type.status == status)
        #expect(ProblemType.wire.contains(problem.type))
        #expect((problem.headerFields[.allow] != nil) == (status == 405))
        #expect(problem.detail.hasSuffix("."))
    }
}
