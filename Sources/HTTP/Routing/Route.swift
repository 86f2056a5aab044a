// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// A method on a pattern of paths, and what answers it.
package struct Route<Context>: Sendable {
    /// Throws a `Problem` to answer with it.
    package typealias Handler = @Sendable (Request, PathParameters, Context) throws -> Answer

    package let method: HTTPRequest.Method
    package let pattern: PathPattern
    package let handler: Handler

    /// - Throws: `RouterError.malformedPattern`.
    package init(
        _ method: HTTPRequest.Method, _ pattern: String, handler: @escaping Handler
    ) throws(RouterError) {
        self.method = method
        self.pattern = try PathPattern(pattern)
        self.handler = handler
    }
}
