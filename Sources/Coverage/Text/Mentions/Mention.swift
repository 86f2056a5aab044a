// SPDX-License-Identifier: Apache-2.0

/// A place in an article where a known person, organization, place, issue or event is named.
package struct Mention: Sendable, Hashable {
    /// By what it is named.
    package enum Form: String, Sendable {
        /// Its name or an alias, whole.
        case name
        /// A part of a person's name, such as the surname.
        case partOfName
        /// A person's office: `the Secretary`.
        case office
        /// An abbreviation that the article itself explains: `Arvenian Trade Council (ATC)`.
        case abbreviation
    }

    /// The paragraph, and Unicode scalar offsets in it, end exclusive.
    package let span: TextSpan
    /// The article's own words there.
    package let surface: String
    package let entity: Reference
    package let form: Form
    /// Whether a letter is wrong, missing, too many or has changed places with its neighbour.
    package let isMisspelt: Bool
    /// 0 to 1. From 0.5 on it is more likely right than not.
    package let confidence: Double

    package init(
        span: TextSpan, surface: String, entity: Reference, form: Form, isMisspelt: Bool = false, confidence: Double
    ) {
        self.span = span
        self.surface = surface
        self.entity = entity
        self.form = form
        self.isMisspelt = isMisspelt
        self.confidence = confidence
    }
}
