// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/vocabularies`: the closed sets, each value explained.
enum VocabularyRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/v1/vocabularies") { request, _, _ in
                var query = try QueryReader(request, known: ["format"])
                try query.format()
                try query.finish()
                var writer = JSONWriter()
                writer.object { json in
                    for vocabulary in Vocabulary.all {
                        json.member(named: vocabulary.name)
                        json.array { json in
                            for term in vocabulary.terms {
                                json.object {
                                    $0.member("value", term.value)
                                    $0.member("meaning", term.meaning)
                                }
                            }
                        }
                    }
                }
                return .now(.json(writer))
            }
        ]
    }
}
