// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// One kind of problem (RFC 9457): what it is called, which status it has, and the page a client reads about it.
package struct ProblemType: Sendable, Hashable {
    /// The last path segment of the page under `/problems/`; never reused with another meaning.
    package let name: String
    package let status: Int
    /// Short, the same for every occurrence.
    package let title: String
    /// What the client can do about it: the text of the page.
    package let remedy: String

    package init(_ name: String, status: Int, title: String, remedy: String) {
        self.name = name
        self.status = status
        self.title = title
        self.remedy = remedy
    }
}

/// One occurrence of a problem: an error that knows how to answer.
package struct Problem: Error, Sendable {
    /// One fault within the request, with the place where it stands.
    package struct Fault: Sendable, Equatable {
        package enum Place: Sendable, Equatable {
            /// A query parameter or path segment, by name.
            case parameter(String)
            /// A header field, by name.
            case header(String)
            /// A member of the body, as a JSON pointer (RFC 6901).
            case pointer(String)
        }
        package let place: Place
        package let detail: String

        package init(_ place: Place, _ detail: String) {
            self.place = place
            self.detail = detail
        }
    }

    package var type: ProblemType
    /// This occurrence, in a sentence that names the culprit and the nearest right thing.
    package var detail: String
    package var faults: [Fault]
    /// Fields the status calls for, such as `Allow` with 405.
    package var headerFields: HTTPFields

    package init(_ type: ProblemType, _ detail: String, faults: [Fault] = [], headerFields: HTTPFields = [:]) {
        self.type = type
        self.detail = detail
        self.faults = faults
        self.headerFields = headerFields
    }
}
