// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Coverage

@Test func typesHaveTheirPlacesInOrder() {
    #expect(FactType.allCases.map(\.ordinal) == Array(FactType.allCases.indices))
}
