// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import JSON
import TestSupport
import Testing

@Suite struct EditTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    /// A new event that breaks no rule, other members as given.
    private func event(_ changes: JSONValue = [:]) -> JSONValue {
        var members = JSONObject()
        let draft: JSONValue = [
            "title": "Second ferry", "summary": "It leaves at noon.", "kind": "activity", "status": "occurred",
            "evidence": [
                ["article": ["id": "envoy-lands"], "paragraph": 2, "anchors": ["ferry"], "status": "occurred"]
            ],
        ]
        for case .object(let object) in [draft, changes] {
            for member in object.members { members[member.name] = member.value }
        }
        return .object(members)
    }

    // MARK: What stands in several records

    @Test func variantsStandInBoth() throws {
        let statements = try coverage.database.read { reader in
            try reader.items(ListQuery<Coverage.Statement>(limit: 100)).items.map(\.value)
        }
        let pair = try #require(statements.first { !$0.variants.isEmpty })
        let other = pair.variants[0].id
        // Taken from one, it is gone from the other, in a revision of its own.
        let before = try #require(try coverage.record(other, Coverage.Statement.self)).revision
        try coverage.edit([coverage.patch(.statement, pair.id, ["variants": []])])
        let after = try #require(try coverage.record(other, Coverage.Statement.self))
        #expect(!after.value.variants.contains(pair.reference) && after.revision == before + 1)
        // Said of one, it stands in both; and again changes nothing.
        let variants: JSONValue = ["variants": [["id": .string(other)]]]
        try coverage.edit([coverage.patch(.statement, pair.id, variants)])
        #expect(try coverage.record(other, Coverage.Statement.self)?.value.variants.contains(pair.reference) == true)
        let outcome = try coverage.edit([coverage.patch(.statement, pair.id, variants)]).outcomes[0]
        #expect(outcome.change == .unchanged)
        #expect(try coverage.findings() == [])
    }

    @Test func aVariantMayBeDeletedWithTheLastWordOfIt() throws {
        let statements = try coverage.database.read { reader in
            try reader.items(ListQuery<Coverage.Statement>(limit: 100)).items.map(\.value)
        }
        let pair = try #require(statements.first { $0.variants.count == 1 })
        let other = pair.variants[0].id
        let outcomes = try coverage.edit([
            coverage.patch(.statement, pair.id, ["variants": []]), coverage.delete(.statement, other),
        ]).outcomes
        #expect(outcomes.map(\.change) == [.updated, .deleted])
        #expect(try coverage.record(pair.id, Coverage.Statement.self)?.value.variants == [])
        #expect(try coverage.findings() == [])
    }

    /// What one edit leaves as it was does not undo what the other says.
    @Test func aVariantMayBeTakenAwayBesideAChangeOfTheOther() throws {
        let statements = try coverage.database.read { reader in
            try reader.items(ListQuery<Coverage.Statement>(limit: 100)).items.map(\.value)
        }
        let pair = try #require(statements.first { $0.variants.count == 1 })
        try coverage.edit([
            coverage.patch(.statement, pair.id, ["gist": "Said anew."]),
            coverage.patch(.statement, pair.variants[0].id, ["variants": []]),
        ])
        let after = try #require(try coverage.record(pair.id, Coverage.Statement.self)).value
        #expect(after.gist == "Said anew." && after.variants == [])
        #expect(try coverage.findings() == [])
    }

    @Test func numbersNamesakes() throws {
        let edits = (1...40).map { _ in Edit(.event, .create(event())) }
        let first = try coverage.edit(edits).outcomes.map(\.reference.id)
        #expect(first == ["second-ferry"] + (2...40).map { "second-ferry-\($0)" })
        try coverage.edit([coverage.delete(.event, "second-ferry-7"), Edit(.event, .create(event()))])
        #expect(try coverage.record("second-ferry-7", Event.self) == nil)
        #expect(try coverage.record("second-ferry-41", Event.self) != nil)
    }

    // MARK: Limits

    @Test func whatTakesTooLongIsNotDone() throws {
        let failure = #expect(throws: StoreFailure.self) {
            try coverage.edit([coverage.patch(.person, "ilse-marn", ["aliases": ["I. M."]])], deadline: .zero)
        }
        #expect(failure?.description == StoreFailure.deadline.description)
        #expect(try coverage.record("ilse-marn", Person.self)?.revision == 1)
        try coverage.edit([coverage.patch(.person, "ilse-marn", ["aliases": ["I. M."]])])
        #expect(try coverage.findings() == [])
    }

    /// A token that was good when the request came may be revoked by the time of writing.
    @Test func aTokenIsLookedAtAgain() throws {
        let new = try NewToken(name: "desk", scope: .write, expires: nil)
        let token = try coverage.database.createToken(new, request: nil).token
        let author = Author(name: "desk", token: token.id, address: nil, request: nil, action: "test")
        let edit = coverage.patch(.person, "ilse-marn", ["aliases": ["I. M."]])
        try coverage.edit([edit], by: author)
        _ = try coverage.database.revokeToken("desk", request: nil)
        let intake = Intake(["text": "A late notice\n"], replace: false, isRehearsal: false, origin: .editor)
        let attempts: [() throws -> Void] = [
            { _ = try coverage.edit([coverage.delete(.person, "ilse-marn")], by: author) },
            {
                _ = try coverage.database.take(intake, by: author) { _, _ in
                    KeptAnswer(status: 200, fields: [], content: [])
                }
            },
            {
                _ = try coverage.database.readAgain("envoy-lands", by: author) { _ in
                    KeptAnswer(status: 200, fields: [], content: [])
                }
            },
        ]
        for attempt in attempts {
            let refusal = #expect(throws: EditRefusal.self) { try attempt() }
            let isOver = if case .tokenOver? = refusal { true } else { false }
            #expect(isOver)
        }
        #expect(try coverage.record("ilse-marn", Person.self)?.revision == 2)
    }

    @Test func aRequestMayNameWhatItMakesItself() throws {
        let call = event(["id": "noon-call", "partOf": ["id": "noon-visit"], "title": "Noon call"])
        let visit = event(["id": "noon-visit", "title": "Noon visit"])
        let outcomes = try coverage.edit([Edit(.event, .create(call)), Edit(.event, .create(visit))]).outcomes
        #expect(outcomes.map(\.reference.id) == ["noon-call", "noon-visit"])
        #expect(try coverage.record("noon-call", Event.self)?.value.partOf?.name == "Noon visit")
        #expect(try coverage.findings() == [])
    }

    @Test func takesTwoChangesOfOneRecordForAMistake() {
        #expect(
            faults {
                try coverage.edit([
                    coverage.patch(.person, "ilse-marn", ["name": "I. Marn"]),
                    coverage.patch(.person, "ilse-marn", ["aliases": []], at: JSONPointer().appending(member: "b")),
                ])
            } == ["/b: the person 'ilse-marn' is changed here for the second time"])
    }

    // MARK: Rules

    @Test func keepsTheRulesOfCoverage() throws {
        #expect(
            faults { try coverage.edit([coverage.patch(.event, "karst-meeting", ["status": "scheduled"])]) } == [
                "/: breaks a rule of the coverage: its status is 'scheduled', but 'occurred' is where its latest coverage leaves it"
            ])
        #expect(
            faults { try coverage.edit([coverage.patch(.event, "karst-dinner", ["date": ["edtf": "2031-04-20"]])]) }
                == [
                    """
                    /: breaks a rule of the coverage: its date, 2031-04-20, does not lie within 2031-04-12/2031-04-14, that of \
                    'envoy-visit', which it is a part of
                    """
                ])
        // Of others that follow from it.
        let moved: JSONValue = ["date": ["edtf": "2031-05-01/2031-05-02", "basis": "stated", "note": .null]]
        let following = faults { try coverage.edit([coverage.patch(.event, "envoy-visit", moved)]) }
        #expect(following.count == 1 && following[0].contains("'karst-"), "\(following)")
        #expect(
            faults { try coverage.edit([coverage.patch(.organization, "arvenia", ["kind": "alliance"])]) }.first?
                .contains("is none") == true)
        #expect(
            faults {
                try coverage.edit([coverage.patch(.organization, "amber-league", ["memberOf": [["id": "arvenia"]]])])
            }
            .first?.contains("leads back to itself") == true)
        #expect(
            faults { try coverage.edit([coverage.patch(.issue, "trade", ["broader": ["id": "salt-tariff"]])]) } == [
                "/broader: leads back to 'trade' itself"
            ])
        #expect(try coverage.findings() == [])
        #expect(try coverage.record("envoy-visit", Event.self)?.revision == 1)
    }

    @Test func tellsAllFaultsAtOnce() {
        let bad = event([
            "title": 7, "kind": "visitt", "place": ["id": "karts"], "participants": [["person": ["id": "x"]]],
            "evidence": [["article": ["id": "envoy-lands"], "paragraph": 99, "anchors": ["ferry"]]], "colour": "red",
        ])
        let form = faults { try coverage.edit([Edit(.event, .create(bad), at: JSONPointer().appending(index: 3))]) }
        #expect(
            Set(form.map { String($0.prefix { $0 != ":" }) }) == [
                "/3/title", "/3/kind", "/3/colour", "/3/participants/0/role", "/3/participants/0/person", "/3/place",
                "/3/evidence/0/paragraph",
            ])
        let loose = event([
            "place": ["id": "karts"], "issues": [["id": "tarifs"]],
            "evidence": [["article": ["id": "envoy-lands"], "paragraph": 99, "anchors": ["ferry"]]],
        ])
        #expect(
            faults { try coverage.edit([Edit(.event, .create(loose))]) } == [
                "/place: there is no place 'karts'; did you mean 'karst'?",
                "/issues/0: there is no issue 'tarifs'; did you mean 'tariffs'?",
                "/evidence/0/paragraph: 'envoy-lands' has 7 paragraphs, not 99",
            ])
    }

    /// What was written before texts had to be stricter does not stand in the way of changes of other members.
    @Test func holdsAnEditToWhatItChanges() throws {
        let old = "The owner\u{7}"
        try coverage.tamper("INSERT INTO aliases VALUES ('person', 'tobias-quill', 0, 'The owner' || char(7))")
        func aliases() throws -> [String] {
            try #require(try coverage.record("tobias-quill", Person.self)).value.aliases
        }
        #expect(try aliases() == [old])
        try coverage.edit([coverage.patch(.person, "tobias-quill", ["name": "Tobias F. Quill"])])
        #expect(try aliases() == [old])
        // Also of the whole record, as it was read.
        let present = try #require(try coverage.record("tobias-quill", Person.self)).value.content
        try coverage.edit([Edit(.person, .replace(id: "tobias-quill", with: present, if: .present))])
        for (content, fault) in [
            (
                ["aliases": .array([.string(old), "Quill"])],
                "/aliases/0: must not hold control characters, such as U+0007"
            ),
            (["aliases": 5], "/aliases: must be an array, not an integer"),
            (["name": "Quill\u{7}"], "/name: must not hold control characters, such as U+0007"),
        ] as [(JSONValue, String)] {
            #expect(faults { try coverage.edit([coverage.patch(.person, "tobias-quill", content)]) } == [fault])
        }
        try coverage.edit([coverage.patch(.person, "tobias-quill", ["aliases": ["The owner"]])])
        #expect(try aliases() == ["The owner"])
    }

    @Test func aPatchCannotTakeAwayWhatIsNoMember() {
        #expect(
            faults { try coverage.edit([coverage.patch(.event, "karst-dinner", ["titel": .null])]) } == [
                "/titel: unknown member; did you mean 'title'?"
            ])
        #expect(
            faults { try coverage.edit([coverage.patch(.event, "karst-dinner", ["id": "x", "type": "person"])]) } == [
                "/type: must be 'event': a record keeps its type",
                "/id: cannot be changed: the record is 'karst-dinner'",
            ])
    }

    // MARK: The end of records

    @Test func leavesNothingOfWhatIsDeleted() throws {
        try coverage.importTexts()
        let outcomes = try coverage.edit([Edit(.event, .create(event()))]).outcomes
        #expect(outcomes.map(\.reference.id) == ["second-ferry"] && outcomes[0].change == .created)
        #expect(try coverage.findings() == [])
        let end = try coverage.edit([coverage.delete(.event, "second-ferry", replacedBy: "envoy-visit")]).outcomes
        #expect(end.map(\.change) == [.deleted] && end.map(\.revision) == [2])
        #expect(try coverage.findings() == [])
        let tombstone = try #require(try coverage.database.read { try $0.tombstone("second-ferry", of: .event) })
        #expect(tombstone.revision == 2 && tombstone.replacedBy == "envoy-visit" && tombstone.by == "desk")
        // The name makes another id from now on, and the record itself can come back.
        #expect(try coverage.edit([Edit(.event, .create(event()))]).outcomes[0].reference.id == "second-ferry-2")
        let back = Edit(.event, .replace(id: "second-ferry", with: event(), if: .absent))
        #expect(try coverage.edit([back]).outcomes[0].revision == 3)
        let history = try coverage.database.read { try $0.revisions(of: "second-ferry", .event) }
        #expect(history.map(\.change) == [.created, .deleted, .created] && history.map(\.revision) == [3, 2, 1])
        #expect(try coverage.findings() == [])
    }

    /// One that comes back has nothing of what it had before.
    @Test func whatComesBackHasOnlyWhatItIsGiven() throws {
        func person(_ more: String) throws -> JSONValue {
            try JSONReader.read(
                Array(
                    #"""
                    {"name": "Lena Orth", "category": "private", \#(more) "evidence": [
                        {"article": {"id": "talks-in-karst"}, "paragraph": 4, "anchors": ["dinner"]}]}
                    """#.utf8))
        }
        let full = try person(#""aliases": ["L. Orth", "Orth"],"#)
        try coverage.edit([Edit(.person, .replace(id: "lena-orth", with: full, if: .absent))])
        try coverage.edit([coverage.delete(.person, "lena-orth")])
        try coverage.edit([Edit(.person, .replace(id: "lena-orth", with: person(""), if: .absent))])
        let back = try #require(try coverage.database.read { try $0.record("lena-orth", of: Person.self) })
        #expect(back.value.aliases.isEmpty && back.value.evidence.count == 1 && back.revision == 3)
        #expect(try coverage.findings() == [])
    }

    @Test func whatOthersReferToStays() throws {
        for (type, id, referrer) in [
            (FactType.person, "oskar-brandt", "karst-meeting"), (.place, "karst", "karst-dinner"),
            (.issue, "tariffs", "salt-tariff"), (.organization, "belmora", "oskar-brandt"),
            (.article, "talks-in-karst", "karst-meeting"), (.event, "envoy-visit", "karst-meeting"),
        ] {
            do {
                try coverage.edit([coverage.delete(type, id)])
                Testing.Issue.record("\(type) \(id) was deleted")
            } catch EditRefusal.referredTo(let reference, let referrers, 0) {
                #expect(reference.id == id && referrers.contains { $0.id == referrer }, "\(referrers)")
            }
        }
        #expect(throws: EditRefusal.self) { try coverage.edit([coverage.delete(.person, "nobody")]) }
    }

    // MARK: History

    @Test func remembersEveryState() throws {
        try coverage.edit([coverage.patch(.person, "oskar-brandt", ["name": "Oskar Brand"])])
        try coverage.edit([coverage.patch(.event, "karst-dinner", ["summary": "Fish."])])
        let (old, new) = try coverage.database.read { reader in
            (
                try reader.revision(1, of: "karst-dinner", Event.self),
                try reader.revision(2, of: "karst-dinner", Event.self)
            )
        }
        #expect(old?.value.summary == "Fish for three." && old?.value.participants[1].person.name == "Oskar Brandt")
        #expect(new?.value == (try coverage.record("karst-dinner", Event.self)?.value))
        #expect(new?.value.participants[1].person.name == "Oskar Brand")
        #expect(old?.coverage == (try coverage.record("karst-dinner", Event.self)?.coverage))
        #expect(try coverage.database.read { try $0.revision(3, of: "karst-dinner", Event.self) } == nil)
    }

    // MARK: Repeating

    @Test func answersARepeatedRequestAsBefore() throws {
        let key = IdempotencyKey(actor: "t", method: "POST", path: "/v1/events", key: "k", body: "b")
        let first = try coverage.edit([Edit(.event, .create(event()))], key: key, answer: "one")
        let second = try coverage.edit([Edit(.event, .create(event()))], key: key, answer: "two")
        guard case .made(let made) = first.result, case .replayed(let again) = second.result else {
            Testing.Issue.record("\(first.result), \(second.result)")
            return
        }
        #expect(made == again && again.content == Array("one".utf8) && second.outcomes.isEmpty)
        let other = IdempotencyKey(actor: "t", method: "POST", path: "/v1/events", key: "k", body: "c")
        guard case .keyReused = try coverage.edit([Edit(.event, .create(event()))], key: other).result else {
            Testing.Issue.record("another request got the answer")
            return
        }
        #expect(try coverage.record("second-ferry-2", Event.self) == nil)
    }
}
