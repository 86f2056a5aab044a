// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// An answer before it is framed. `Date`, `Content-Length`, `Connection` and `X-Request-Id` are the server's to add.
package struct Response: Sendable {
    package var status: HTTPResponse.Status
    /// What all answers of its kind say, in front of what it says itself; nil when it was changed for this one.
    package private(set) var standing: StandingFields?
    /// The value of `ETag`, in front of what it says itself; nil when that has it, or there is none.
    private(set) var entityTag: String?
    /// What it says itself, behind these.
    private(set) var own: HTTPFields
    package var body: [UInt8]
    /// True when the same target and `Accept` get the same bytes from anybody until the handler's `version` moves on: the
    /// server may then answer without asking again. An absent `Accept` and `*/*` count as the same.
    package var isShareable: Bool

    /// - Parameters:
    ///   - standing: fields that are not among the others as well.
    ///   - entityTag: ASCII between quotes, as it is sent; not among the fields either.
    package init(
        status: HTTPResponse.Status, standing: StandingFields? = nil, headerFields: HTTPFields = [:],
        entityTag: String? = nil, body: [UInt8] = [], isShareable: Bool = false
    ) {
        assert(
            entityTag.map { $0.count > 1 && $0.hasPrefix("\"") && $0.hasSuffix("\"") } != false
                && entityTag?.utf8.allSatisfy { 0x21...0x7E ~= $0 } != false,
            "an entity tag that cannot be sent as it is")
        assert(
            entityTag == nil || !headerFields.contains(.eTag) && standing?.fields.contains(.eTag) != true,
            "two entity tags")
        self.status = status
        self.standing = standing
        self.entityTag = entityTag
        own = headerFields
        self.body = body
        self.isShareable = isShareable
    }

    /// All of them.
    package var headerFields: HTTPFields {
        get {
            guard standing != nil || entityTag != nil else { return own }
            let tag = entityTag.map { [HTTPField(name: .eTag, value: $0)] } ?? []
            return (standing?.fields ?? [:]) + tag + own
        }
        _modify {
            own = headerFields
            (standing, entityTag) = (nil, nil)
            yield &own
        }
    }

    /// Adds a field that is not there yet, which takes less than to set one.
    package mutating func add(_ field: HTTPField) {
        assert(value(of: field.name) == nil, "\(field.name) is there already")
        own.append(field)
    }

    /// The value of a field, as `headerFields` has it.
    package func value(of name: HTTPField.Name) -> String? {
        if name == .eTag, let entityTag { return entityTag }
        return own.value(of: name) ?? standing?.fields.value(of: name)
    }

    /// Whether a cache is told that the answer depends on `Accept-Encoding`.
    package var variesByCoding: Bool { standing?.varyByCoding == true || own.varyByCoding }

    /// The answer to a client that has this one (RFC 9110, section 15.4.5): what describes the content stays out, what
    /// guides caches and browsers stays in.
    package var notModified: Response {
        var fields = headerFields
        for name in [.contentType, .contentEncoding, .contentLanguage, .lastModified] as [HTTPField.Name] {
            fields[name] = nil
        }
        return Response(status: .notModified, headerFields: fields)
    }
}
