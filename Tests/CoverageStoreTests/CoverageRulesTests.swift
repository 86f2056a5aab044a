// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

/// What breaks a rule of coverage is named with its reason, however it came into the file.
@Suite struct CoverageRulesTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    /// What is found, a line each, but for lists that a change behind the program's back leaves as they were.
    private func findings() throws -> [String] {
        let report = try coverage.database.read { try $0.check() }
        #expect(report.isClean == (report.findings.isEmpty && report.failures.isEmpty && report.damage.isEmpty))
        return report.findings.filter { !$0.reason.contains("lists") }.map { "\($0.type) \($0.id): \($0.reason)" }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let sql: String
        let findings: [String]

        init(_ sql: String, _ findings: String...) {
            self.sql = sql
            self.findings = findings
        }

        var testDescription: String { sql }
    }

    @Test func findsNothingWrongWithSoundCoverage() throws {
        #expect(try coverage.database.read { try $0.check() }.findings == [])
    }

    private func expect(_ fault: Fault) throws {
        try coverage.tamper(fault.sql)
        #expect(try findings() == fault.findings)
    }

    @Test(arguments: [
        Fault(
            "UPDATE events SET place_id = 'nowhere' WHERE id = 'karst-dinner'",
            "event karst-dinner: its place, 'nowhere', does not exist"),
        Fault(
            "UPDATE event_participants SET person_id = 'nobody' WHERE event_id = 'envoy-call' AND position = 1",
            "event envoy-call: its person, 'nobody', does not exist"),
        Fault(
            "UPDATE events SET part_of_id = 'nothing' WHERE id = 'karst-dinner'",
            "event karst-dinner: its part of, 'nothing', does not exist"),
        Fault(
            "UPDATE discrepancies SET subject_id = 'nothing' WHERE id = 'whether-they-met'",
            "discrepancy whether-they-met: its subject, the event 'nothing', does not exist"),
        Fault(
            "INSERT INTO aliases VALUES ('person', 'nobody', 0, 'No One')",
            "person nobody: does not exist, but has aliases"),
        Fault(
            "INSERT INTO event_issues VALUES ('nothing', 0, 'trade')",
            "event nothing: does not exist, but has rows of 'event_issues'"),
        Fault(
            "DELETE FROM documents WHERE type = 'event' AND id = 'karst-dinner'",
            "event karst-dinner: has no search document"),
    ])
    func findsWhatRefersToNothing(fault: Fault) throws { try expect(fault) }

    @Test(arguments: [
        Fault(
            "UPDATE events SET kind = 'party' WHERE id = 'karst-dinner'",
            "event karst-dinner: its kind cannot be 'party'"),
        Fault(
            "UPDATE event_participants SET role = 'king' WHERE event_id = 'envoy-call' AND position = 0",
            "event envoy-call: its role cannot be 'king'"),
        Fault(
            "UPDATE people SET category = 'public' WHERE id = 'tobias-quill'",
            "person tobias-quill: its category cannot be 'public'"),
        Fault(
            "UPDATE citations SET status = 'done' WHERE id = 'karst-dinner'",
            "event karst-dinner: a citation of it cannot have the status 'done'",
            "event karst-dinner: its status is 'occurred', but no citation has a status that tells one"),
        Fault(
            "UPDATE citations SET status = 'occurred' WHERE type = 'place' AND id = 'amber-sea'",
            "place amber-sea: a citation of it cannot have the status 'occurred'"),
    ])
    func findsValuesOutsideTheClosedSets(fault: Fault) throws { try expect(fault) }

    @Test(arguments: [
        Fault(
            "UPDATE issues SET broader_id = 'salt-tariff' WHERE id = 'trade'",
            "issue salt-tariff: what is broader than it leads back to itself",
            "issue tariffs: what is broader than it leads back to itself",
            "issue trade: what is broader than it leads back to itself"),
        Fault(
            "UPDATE places SET within_id = 'karst' WHERE id = 'karst'",
            "place karst: what it lies within leads back to itself"),
        Fault(
            "UPDATE events SET part_of_id = 'karst-dinner' WHERE id = 'envoy-visit'",
            "event envoy-visit: its date, 2031-04-12/2031-04-14, does not lie within 2031-04-13, that of 'karst-dinner', which it is a part of",
            "event envoy-visit: what it is a part of leads back to itself",
            "event karst-dinner: what it is a part of leads back to itself"),
        Fault(
            "INSERT INTO memberships VALUES ('amber-league', 0, 'belmora')",
            "organization amber-league: what it is a member of leads back to itself",
            "organization belmora: what it is a member of leads back to itself"),
        Fault(
            "UPDATE organizations SET country_id = 'quill-freight' WHERE id = 'arvenian-trade-ministry'",
            "organization arvenian-trade-ministry: its country, 'quill-freight', is none"),
        Fault(
            "UPDATE organizations SET country_id = 'arvenia' WHERE id = 'belmora'",
            "organization belmora: a country does not belong to one, such as 'arvenia'"),
    ])
    func findsCirclesAndFalseCountries(fault: Fault) throws { try expect(fault) }

    @Test(arguments: [
        Fault("DELETE FROM citations WHERE type = 'place' AND id = 'karst'", "place karst: nothing is cited for it"),
        Fault(
            "DELETE FROM citations WHERE type = 'person' AND id = 'oskar-brandt' AND part = 'offices/1'",
            "person oskar-brandt: nothing is cited for its offices/1"),
        Fault(
            "UPDATE citations SET part = 'offices/7' WHERE type = 'person' AND id = 'oskar-brandt' AND part = 'offices/1'",
            "person oskar-brandt: a citation is for 'offices/7', which it has not",
            "person oskar-brandt: nothing is cited for its offices/1"),
        Fault(
            "UPDATE citations SET part = 'summary' WHERE type = 'event' AND id = 'karst-dinner'",
            "event karst-dinner: a citation is for 'summary', which it has not",
            "event karst-dinner: its status is 'occurred', but no citation has a status that tells one"),
    ])
    func findsWhatIsNotCited(fault: Fault) throws { try expect(fault) }

    @Test(arguments: [
        Fault(
            "\(Self.dinner) 'soon'",
            "event karst-dinner: its date, 'soon', cannot be read"),
        Fault(
            "UPDATE events SET latest_max = 0 WHERE id = 'return-visit'",
            "event return-visit: it does not sort as its date, 'none', says"),
        Fault(
            "UPDATE events SET date_note = NULL WHERE id = 'envoy-call'",
            "event envoy-call: its date is known from outside the coverage, and nothing says how"),
        // A day before the visit, in a month that has it, in one that has not, and one that only may have.
        Fault(
            "\(Self.dinner) '2031-04-11', earliest_min = 22380, earliest_max = 22380, latest_min = 22380, latest_max = 22380",
            "event karst-dinner: its date, 2031-04-11, does not lie within 2031-04-12/2031-04-14, that of 'envoy-visit', which it is a part of"
        ),
        Fault(
            "\(Self.dinner) '2031-04', earliest_min = 22370, earliest_max = 22370, latest_min = 22399, latest_max = 22399"
        ),
        Fault(
            "\(Self.dinner) '2031-05', earliest_min = 22400, earliest_max = 22400, latest_min = 22430, latest_max = 22430",
            "event karst-dinner: its date, 2031-05, does not lie within 2031-04-12/2031-04-14, that of 'envoy-visit', which it is a part of"
        ),
        Fault(
            "\(Self.dinner) '2031-05~', earliest_min = 22400, earliest_max = 22400, latest_min = 22430, latest_max = 22430"
        ),
        // What is told of an event may be told the day after.
        Fault(
            "\(Self.dinner) '2031-04-20', kind = 'announcement', earliest_min = 22389, earliest_max = 22389, latest_min = 22389, latest_max = 22389"
        ),
    ])
    func findsDatesThatCannotBe(fault: Fault) throws {
        try expect(
            Fault(
                fault.sql.hasPrefix(Self.dinner) ? fault.sql + " WHERE id = 'karst-dinner'" : fault.sql, fault.findings)
        )
    }

    private static let dinner = "UPDATE events SET date_edtf ="

    @Test func findsPartsThatAreFurtherAlong() throws {
        try coverage.tamper("UPDATE events SET status = 'scheduled' WHERE id = 'envoy-visit'")
        try coverage.tamper("UPDATE citations SET status = 'scheduled' WHERE id = 'envoy-visit' AND status = 'ongoing'")
        let reason = "it cannot be occurred while 'envoy-visit', which it is a part of, is scheduled"
        #expect(try findings() == ["event karst-dinner: \(reason)", "event karst-meeting: \(reason)"])
        try coverage.tamper("UPDATE events SET kind = 'announcement' WHERE id = 'karst-dinner'")
        #expect(try findings() == ["event karst-meeting: \(reason)"])
    }

    @Test(arguments: [
        Fault(
            "UPDATE events SET status = 'scheduled' WHERE id = 'karst-meeting'",
            "event karst-meeting: its status is 'scheduled', but 'occurred' is where its latest coverage leaves it"),
        Fault(
            "UPDATE events SET status = NULL WHERE id = 'envoy-call'",
            "event envoy-call: its status is none, but 'occurred' is where its latest coverage leaves it"),
        // The later article counts, also where the earlier one is further along; in one article the further stage does.
        Fault(
            "UPDATE citations SET status = 'cancelled' WHERE id = 'karst-meeting' AND article_id = 'talks-in-karst'",
            "event karst-meeting: its status is 'occurred', but 'cancelled' is where its latest coverage leaves it"),
        Fault(
            "UPDATE citations SET status = 'ongoing' WHERE id = 'karst-meeting' AND article_id = 'talks-in-karst' AND position = 1"
        ),
        Fault("UPDATE citations SET status = 'cancelled' WHERE id = 'karst-meeting' AND article_id = 'envoy-lands'"),
    ])
    func findsStatusesThatNobodyTells(fault: Fault) throws { try expect(fault) }

    @Test(arguments: [
        Fault(
            "DELETE FROM statement_variants WHERE statement_id = 'freighter-quoted'",
            "statement freighter-told: 'freighter-quoted' is its variant, but not the other way round"),
        Fault(
            "INSERT INTO statement_variants VALUES ('not-charged', 0, 'not-charged')",
            "statement not-charged: it cannot be a variant of itself"),
    ])
    func findsVariantsOfOneSide(fault: Fault) throws { try expect(fault) }

    @Test(arguments: [
        "UPDATE events SET kind = 'call' WHERE id = 'karst-dinner'",
        "DELETE FROM listed_by_name WHERE id = 'karst-dinner' AND name LIKE 'Dinner%' AND term = (SELECT max(term) FROM postings)",
        "UPDATE events SET name = 'Supper' WHERE id = 'karst-dinner'",
        "DELETE FROM listed_by_date WHERE id = 'karst-dinner'",
    ])
    func findsWhatIsListedFalsely(sql: String) throws {
        try coverage.tamper(
            sql.replacing(
                "SELECT max(term) FROM postings", with: "SELECT max(term) FROM listed_by_name WHERE id = 'karst-dinner'"
            ))
        let report = try coverage.database.read { try $0.check() }
        #expect(
            report.findings.map { "\($0.type) \($0.id): \($0.reason)" } == [
                "event karst-dinner: its place in lists is not what its values say"
            ])
    }
}

extension CoverageRulesTests.Fault {
    fileprivate init(_ sql: String, _ findings: [String]) {
        self.sql = sql
        self.findings = findings
    }
}
