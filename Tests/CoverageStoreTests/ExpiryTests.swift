// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import Testing

@Suite struct ExpiryTests {
    /// 2026-11-22T12:00:00Z.
    private let now = 1_795_348_800

    @Test(arguments: [
        ("2027-01-01", 1_798_761_600), ("2027-01-01T00:00:00Z", 1_798_761_600),
        ("2027-01-01t00:00:00.250z", 1_798_761_600),
        ("2027-01-01T02:30:00+02:30", 1_798_761_600), ("2026-12-31T19:00:00-05:00", 1_798_761_600),
        ("2028-02-29T23:59:59Z", 1_835_481_599), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("1s", 1_795_348_801), ("30m", 1_795_350_600), ("12h", 1_795_392_000), ("90d", 1_803_124_800),
        ("2w", 1_796_558_400),
    ])
    func isAMoment(text: String, moment: Int) throws {
        #expect(try Expiry.parse(text, now: now) == moment)
    }

    @Test(arguments: ["2026-11-22", "2026-11-22T12:00:00Z", "0s", "0d", "1970-01-01", "2026-11-22T14:00:00+02:00"])
    func mustBeInTheFuture(text: String) {
        #expect(fault(of: text) == "'\(text)' is not in the future.")
    }

    @Test(arguments: ["3000000d", "9999999999999999999w", "9223372036854775807s", "9999-12-31T23:59:59-00:01"])
    func hasAYearOfFourDigits(text: String) {
        #expect(fault(of: text) != nil)
    }

    @Test(arguments: [
        "", "d", "90", "-1d", "+1d", "1.5d", "1y", " 1d", "2027", "2027-1-1", "2027-02-29", "2027-13-01", "2027-01-01T",
        "2027-01-01T00:00Z", "2027-01-01T00:00:00", "2027-01-01T24:00:00Z", "2027-01-01T00:60:00Z",
        "2027-01-01 00:00:00Z",
        "2027-01-01T00:00:00.Z", "2027-01-01T00:00:00+0200", "2027-01-01T00:00:00+24:00", "2027-01-01T00:00:00Z1",
        "2027-01-01T00:00:00.1.2Z", "+027-01-01", "２０２７-01-01", "2027-01-01T00:00:00ZZ",
    ])
    func isNothingElse(text: String) {
        #expect(fault(of: text)?.contains("is no expiry: write a day (2027-01-01)") == true)
    }

    private func fault(of text: String) -> String? {
        do {
            _ = try Expiry.parse(text, now: now)
            return nil
        } catch { return error.description }
    }
}
