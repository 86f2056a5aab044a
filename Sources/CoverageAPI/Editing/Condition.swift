// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP

/// Why it cannot be told under which condition a change is to be made.
enum ConditionFault: Error {
    /// There is none, and there has to be.
    case missing(String)
    case malformed(String)
    /// It can never hold, whatever the record is.
    case weak(String)
}

extension Edit.Condition {
    /// - Parameters:
    ///   - ifMatch: the value of `If-Match`.
    ///   - ifNoneMatch: the value of `If-None-Match`.
    ///   - mayCreate: whether the change can make a record.
    init(ifMatch: String?, ifNoneMatch: String?, mayCreate: Bool) throws(ConditionFault) {
        switch (ifMatch, ifNoneMatch) {
        case (nil, nil):
            let other = mayCreate ? ", or 'If-None-Match: *' to create the record" : ""
            throw .missing("'If-Match' is missing: send the entity tag of the record as you have read it\(other).")
        case ("*"?, nil): self = .present
        case (let ifMatch?, nil):
            guard let tags = EntityTags(ifMatch) else {
                throw .malformed("'If-Match' must be '*' or entity tags in quotation marks, such as '\"3-5f0c\"'.")
            }
            if tags.areWeak {
                throw .weak(
                    """
                    'If-Match' has a weak tag, which matches nothing (RFC 9110, section 13.1.1); send the strong one that was \
                    read, without 'W/', or the revision alone, such as '\"3\"'.
                    """)
            }
            self = .revision(tags.revisions)
        case (nil, "*"?) where mayCreate: self = .absent
        case (nil, _?):
            let allowed = mayCreate ? "'If-None-Match' can only be '*' here" : "'If-None-Match' has no meaning here"
            throw .malformed("\(allowed); what has been read is changed under 'If-Match'.")
        case (_?, _?): throw .malformed("'If-Match' and 'If-None-Match' together ask for what cannot be; send one.")
        }
    }
}

/// The list of an `If-Match` field (RFC 9110, section 13.1.1). A tag stands for the revision that it begins with, as all of ours do,
/// `"<revision>-<digest>[-gzip]"`, and the revision alone is enough. Weak tags never match, nor do others'.
private struct EntityTags {
    let revisions: [Int]
    /// Whether none of them can match.
    let areWeak: Bool

    /// Nil for what is no such list, or has none.
    init?(_ list: String) {
        guard let tags = EntityTag.all(in: list.utf8Span.span), !tags.isEmpty else { return nil }
        areWeak = tags.allSatisfy(\.isWeak)
        revisions = tags.compactMap { $0.isWeak ? nil : Self.revision(of: $0.content) }
    }

    private static func revision(of tag: [UInt8]) -> Int? {
        let digits = tag.prefix { $0 != UInt8(ascii: "-") }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
