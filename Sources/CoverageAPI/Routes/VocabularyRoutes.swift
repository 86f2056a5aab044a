// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/vocabularies`: the closed sets, each value explained.
enum VocabularyRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/vocabularies", "getVocabularies", .about, "Read the closed sets",
                "Every value that a member or a filter can have where those are few, each explained.",
                parameters: [Parameter.format([.json])],
                answers: [.json(.map(.array(.term)), "The sets by name: `eventKind`, `eventStatus` …")])
        ) { call in
            try call.takeFormatOnly()
            return .now(.json(answer()))
        }
    ]

    private static func answer() -> JSONWriter {
        var writer = JSONWriter()
        writer.object { json in
            for vocabulary in Vocabulary.all {
                json.member(named: vocabulary.name)
                json.array { json in
                    for term in vocabulary.terms {
                        json.object {
                            $0.member("value", term.value)
                            $0.member("name", Vocabulary.label(of: term.value))
                            $0.member("meaning", term.meaning)
                        }
                    }
                }
            }
        }
        return writer
    }
}

extension Schema {
    fileprivate static let term = Schema.named(
        "Term",
        .object([
            Property("value", .text, "As it stands in members and filters."),
            Property("name", .text, "What to call it before people."),
            Property("meaning", .text, "What it says."),
        ]))
}
