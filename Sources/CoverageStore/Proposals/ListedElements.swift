// SPDX-License-Identifier: Apache-2.0

internal import JSON

extension [JSONValue] {
    /// These elements of a record's list, and those of another that are not among them.
    func adding(_ others: [JSONValue]) -> [JSONValue] {
        let known = map(\.sameness)
        return self + others.filter { !known.contains($0.sameness) }
    }
}

extension JSONValue {
    /// Of a record as it would be written, the citations of other articles than this one.
    func evidence(except article: String) -> [JSONValue] { evidence { $0 != article } }

    /// Of a record as it would be written, the citations of some articles.
    func evidence(where isWanted: (_ article: String) -> Bool) -> [JSONValue] {
        guard case .object(let record) = self, case .array(let citations)? = record["evidence"] else { return [] }
        return citations.filter { value in
            guard case .object(let citation) = value, case .object(let source)? = citation["article"],
                case .string(let article)? = source["id"]
            else { return false }
            return isWanted(article)
        }
    }

    /// What makes two elements of a list the same, however else they are told: of citations article and paragraph, of references
    /// the id.
    fileprivate var sameness: JSONValue {
        guard case .object(let object) = self else { return self }
        if let article = object["article"], let paragraph = object["paragraph"] {
            return .array([article.sameness, paragraph])
        }
        return object["id"] ?? self
    }
}
