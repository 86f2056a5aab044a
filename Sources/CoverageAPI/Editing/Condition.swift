// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore

/// Why it cannot be told under which condition a change is to be made.
enum ConditionFault: Error {
    /// There is none, and there has to be.
    case missing(String)
    case malformed(String)
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
        case (let ifMatch?, nil):
            guard let condition = Self(ifMatch: ifMatch) else {
                throw .malformed("'If-Match' must be '*' or entity tags in quotation marks, such as '\"3-5f0c\"'.")
            }
            self = condition
        case (nil, "*"?) where mayCreate: self = .absent
        case (nil, _?):
            let allowed = mayCreate ? "'If-None-Match' can only be '*' here" : "'If-None-Match' has no meaning here"
            throw .malformed("\(allowed); what has been read is changed under 'If-Match'.")
        case (_?, _?): throw .malformed("'If-Match' and 'If-None-Match' together ask for what cannot be; send one.")
        }
    }

    /// `*`, or a list of entity tags (RFC 9110, section 13.1.1). A tag stands for the revision that it begins with, as all of
    /// ours do, `"<revision>-<digest>[-gzip]"`, and the revision alone is enough. Weak tags never match, nor do others'.
    private init?(ifMatch: String) {
        if ifMatch == "*" {
            self = .present
            return
        }
        var revisions: [Int] = []
        var count = 0
        // Empty elements are passed over (RFC 9110, section 5.6.1).
        var rest = ifMatch.utf8.drop(while: Self.separates)
        while !rest.isEmpty {
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""),
                let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\""))
            else { return nil }
            let tag = rest[..<end].dropFirst()
            guard tag.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
            if !isWeak, let revision = Self.revision(of: tag) { revisions.append(revision) }
            count += 1
            let after = rest[end...].dropFirst()
            rest = after.drop(while: Self.separates)
            guard rest.isEmpty || after.prefix(upTo: rest.startIndex).contains(UInt8(ascii: ",")) else { return nil }
        }
        guard count > 0 else { return nil }
        self = .revision(revisions)
    }

    private static func separates(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func revision(of tag: Substring.UTF8View) -> Int? {
        let digits = tag.prefix { $0 != UInt8(ascii: "-") }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(Substring(digits))
    }
}
