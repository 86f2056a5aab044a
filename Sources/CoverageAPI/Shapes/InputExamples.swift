// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

/// What an editor might send of one type, right for the coverage that ships: tests send it.
struct InputExamples {
    /// A new record.
    let new: JSONValue
    /// A change of the record that `Example.id` names.
    let patch: JSONValue

    static func of(_ type: FactType) -> InputExamples {
        switch type {
        case .event:
            InputExamples(
                new: [
                    "title": "Briefing at the airport", "summary": "A few words to reporters before the flight home.",
                    "kind": "announcement", "status": "expected",
                    "date": ["edtf": "2023-06-19", "basis": "background", "note": "The day of departure."],
                    "place": ["id": "beijing"], "partOf": ["id": "blinken-visit-to-china"],
                    "participants": [["person": ["id": "antony-blinken"], "role": "speaker"]],
                    "issues": [["id": "taiwan"]], "evidence": [cited("blinken-in-beijing", 2, status: "expected")],
                ], patch: ["issues": [["id": "taiwan"]]])
        case .person:
            InputExamples(
                new: [
                    "name": "An interpreter", "category": "private", "aliases": ["The interpreter"],
                    "country": ["id": "united-states"], "evidence": evidence,
                ], patch: ["aliases": ["Minister Qin"]])
        case .issue:
            InputExamples(
                new: [
                    "name": "Direct flights", "summary": "How many flights there are between the two countries.",
                    "positions": [
                        ["party": ["id": "china"], "gist": "There should be more of them.", "evidence": evidence]
                    ], "evidence": evidence,
                ], patch: ["aliases": ["The Taiwan question"]])
        case .statement:
            InputExamples(
                new: [
                    "gist": "The talks went on for longer than planned", "speakerAs": "an official of the delegation",
                    "form": "indirect", "event": ["id": "blinken-visit-to-china"], "evidence": evidence,
                ], patch: ["issues": [["id": "us-china-relations"]]])
        case .organization:
            InputExamples(
                new: [
                    "name": "Protocol Department", "kind": "agency", "country": ["id": "china"], "evidence": evidence,
                ], patch: ["aliases": ["State Department"]])
        case .place:
            InputExamples(
                new: [
                    "name": "Diplomatic Quarter", "kind": "region", "within": ["id": "beijing"], "latitude": 39.94,
                    "longitude": 116.44, "evidence": evidence,
                ], patch: ["aliases": ["Peking"]])
        case .discrepancy:
            InputExamples(
                new: [
                    "aspect": "How long the visit lasts", "kind": "number",
                    "subject": ["id": "blinken-visit-to-china", "type": "event"],
                    "accounts": [
                        ["claim": "Two days.", "evidence": evidence],
                        [
                            "claim": "Three days, the journey included.",
                            "evidence": [cited("a-bid-to-ease-tensions", 1)],
                        ],
                    ],
                ], patch: ["kind": "wording"])
        case .article:
            InputExamples(
                new: [
                    "headline": "Desk notes", "publisher": "The desk",
                    "text": "Desk notes\n\nThe delegation arrived in the morning.\n",
                ], patch: ["publisher": .null])
        }
    }

    private static let evidence: JSONValue = [cited("blinken-in-beijing", 2)]

    private static func cited(_ article: String, _ paragraph: Int64, status: String? = nil) -> JSONValue {
        var citation: JSONObject = [
            "article": ["id": .string(article)], "paragraph": .integer(paragraph), "anchors": ["Beijing"],
        ]
        if let status { citation["status"] = .string(status) }
        return .object(citation)
    }
}
