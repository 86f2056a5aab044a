// SPDX-License-Identifier: Apache-2.0

/// What somebody said, in the articles' own quotation or in their telling.
package struct Statement: Fact {
    package static let type = FactType.statement
    package let id: String
    /// What was said, in our own words; a quotation keeps a few of its own.
    package let gist: String
    /// Nil where no name is given; then `speakerAs` says as whom the article has the speaker.
    package let speaker: Reference?
    package let speakerAs: String?
    package let form: StatementForm
    /// Where it was said.
    package let event: Reference?
    package let issues: [Reference]
    package let date: DateStatement?
    /// The same words told differently elsewhere.
    package let variants: [Reference]
    package let evidence: [Citation]

    package typealias Derived = NothingDerived
    package var name: String { gist }
    package var searchText: [(member: String, text: String)] { speakerAs.map { [("speakerAs", $0)] } ?? [] }
    package var references: [(pointer: String, reference: Reference)] {
        var all: [(pointer: String, reference: Reference)] = []
        if let speaker { all.append(("/speaker", speaker)) }
        if let event { all.append(("/event", event)) }
        all += issues.enumerated().map { ("/issues/\($0)", $1) }
        all += variants.enumerated().map { ("/variants/\($0)", $1) }
        return all
    }

    /// The same statement with other variants.
    package func with(variants: [Reference]) -> Statement {
        Statement(
            id: id, gist: gist, speaker: speaker, speakerAs: speakerAs, form: form, event: event, issues: issues,
            date: date, variants: variants, evidence: evidence)
    }

    package init(
        id: String, gist: String, speaker: Reference?, speakerAs: String?, form: StatementForm, event: Reference?,
        issues: [Reference], date: DateStatement?, variants: [Reference], evidence: [Citation]
    ) {
        self.id = id
        self.gist = gist
        self.speaker = speaker
        self.speakerAs = speakerAs
        self.form = form
        self.event = event
        self.issues = issues
        self.date = date
        self.variants = variants
        self.evidence = evidence
    }
}
