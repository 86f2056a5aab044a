// SPDX-License-Identifier: Apache-2.0

/// A place in the log of changes, as clients hold it: `8041b0e3a56fd217-42`, or `42` where the epoch was not noted.
struct ChangePosition: Hashable, CustomStringConvertible {
    /// Nil: taken for the present one.
    let epoch: String?
    /// Of the last change before it.
    let number: Int

    init(epoch: String?, number: Int) {
        self.epoch = epoch
        self.number = number
    }

    /// Nil for what cannot be a position of any log.
    init?(_ text: String) {
        let hyphen = text.lastIndex(of: "-")
        let digits = hyphen.map { text[text.index(after: $0)...] } ?? text[...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else { return nil }
        let epoch = hyphen.map { String(text[..<$0]) }
        if let epoch, epoch.isEmpty || epoch.contains("-") { return nil }
        self.init(epoch: epoch, number: number)
    }

    var description: String { (epoch.map { $0 + "-" } ?? "") + String(number) }
}
