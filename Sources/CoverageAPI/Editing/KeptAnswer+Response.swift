// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

extension KeptAnswer {
    /// What a change answers that leaves a record: the record as reading gives it, or 204 if the client wants little. A PUT that
    /// makes a record has to say so by 201 (RFC 9110, section 9.3.4), which comes with content like any other.
    init<Record: ServedFact>(
        _ record: Stored<Record>, _ outcome: EditOutcome, isMinimal: Bool, method: HTTPRequest.Method, links: Links
    ) {
        var writer = JSONWriter(capacity: 4096)
        let view = RecordView(rendering: Rendering(links: links, texts: nil), fields: nil, included: [])
        Record.shape.write(record, view, position: 0, to: &writer)
        let content = writer.finish()
        let href = links.href(Record.type, record.value.id)
        let isNew = outcome.change == .created
        let isMinimal = isMinimal && !(isNew && method == .put)
        var fields: [(name: String, value: String)] = isNew ? [("Location", href)] : []
        // A tag by itself would say that what was sent with PUT is stored as it came (RFC 9110, section 9.3.4); with content it
        // belongs to that.
        if !isMinimal || method != .put {
            fields.append(("ETag", Response.entityTag(of: content, revision: record.revision)))
        }
        if isMinimal {
            fields.append(("Preference-Applied", Preferences.minimal))
        } else {
            fields += [("Content-Type", "application/json"), ("Content-Location", href)]
        }
        self.init(
            status: isMinimal ? 204 : isNew ? 201 : 200, fields: fields, content: isMinimal ? [] : content)
    }

    /// - Parameter isReplay: whether it was given before.
    func response(isReplay: Bool) -> Response {
        var headerFields: HTTPFields = [.cacheControl: "no-store"]
        for field in fields {
            if let name = HTTPField.Name(field.name) { headerFields[name] = field.value }
        }
        if isReplay { headerFields[.idempotencyReplayed] = "true" }
        return Response(status: .of(code: status), headerFields: headerFields, body: content)
    }
}

/// What a client would like, if it is all the same to us (RFC 7240).
enum Preferences {
    static let minimal = "return=minimal"

    /// Whether an answer shall have no content. Of contradicting preferences the first one counts.
    static func isMinimal(_ fields: HTTPFields) -> Bool {
        let preferences = (fields[.prefer] ?? "").split(separator: ",").map { preference in
            preference.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" && $0 != "\"" }.lowercased()
        }
        return preferences.first { $0.hasPrefix("return=") } == minimal
    }
}

extension HTTPField.Name {
    static let prefer = HTTPField.Name.named("Prefer")
    static let idempotencyKey = HTTPField.Name.named("Idempotency-Key")
    static let idempotencyReplayed = HTTPField.Name.named("Idempotency-Replayed")
}
