// SPDX-License-Identifier: Apache-2.0

/// A date and how it is known.
package struct DateStatement: Sendable, Equatable {
    package let edtf: EDTF
    package let basis: DateBasis
    /// How it was worked out; always there when the basis is `background`.
    package let note: String?

    package init(edtf: EDTF, basis: DateBasis, note: String?) {
        self.edtf = edtf
        self.basis = basis
        self.note = note
    }
}
