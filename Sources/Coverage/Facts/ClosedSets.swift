// SPDX-License-Identifier: Apache-2.0

/// A set of values that clients may rely on, each explained at `/v1/vocabularies`.
package protocol ClosedSet: RawRepresentable, CaseIterable, Sendable, Hashable where RawValue == String {
    /// The member or parameter it belongs to, as `/v1/vocabularies` names it.
    static var vocabulary: String { get }
    /// What the value means, in a sentence.
    var meaning: String { get }
}

package enum EventKind: String, ClosedSet {
    case visit, meeting, call, summit, announcement, agreement, policy, incident, postponement, engagement, activity

    package static let vocabulary = "eventKind"
    package var meaning: String {
        switch self {
        case .visit: "A journey to another country or city, as a whole."
        case .meeting: "People of at least two sides in one room."
        case .call: "A conversation at a distance."
        case .summit: "A gathering of leaders of several countries."
        case .announcement: "A public word: a briefing, a readout, a remark."
        case .agreement: "What sides have settled or signed."
        case .policy: "A standing course of action of one side."
        case .incident: "Something unplanned that strained relations."
        case .postponement: "The decision to put something off; what was put off is an event of its own."
        case .engagement: "Contacts or exchanges told as a whole."
        case .activity: "Anything else that somebody does, such as a dinner or a stop on the way."
        }
    }
}

package enum EventStatus: String, ClosedSet {
    case occurred, ongoing, scheduled, expected, possible, postponed, cancelled

    package static let vocabulary = "eventStatus"
    package var meaning: String {
        switch self {
        case .occurred: "It has happened."
        case .ongoing: "It has begun and is not over."
        case .scheduled: "It is fixed, and still to come."
        case .expected: "It is likely, and still to come."
        case .possible: "It may come, and nobody says that it is likely."
        case .postponed: "It was fixed and put off."
        case .cancelled: "It was fixed and called off."
        }
    }
}

extension EventStatus {
    /// How far along it is: the further of two stages is the one a story has come to.
    package var stage: Int {
        switch self {
        case .possible: 0
        case .expected: 1
        case .scheduled: 2
        case .postponed: 3
        case .cancelled: 4
        case .ongoing: 5
        case .occurred: 6
        }
    }
}

package enum ParticipantRole: String, ClosedSet {
    case visitor, host, caller, callee, participant, speaker, decider, signatory, subject, invitee

    package static let vocabulary = "participantRole"
    package var meaning: String {
        switch self {
        case .visitor: "Who came from elsewhere."
        case .host: "Who received."
        case .caller: "Who placed the call."
        case .callee: "Who was called."
        case .participant: "Who took part, with no part of their own told."
        case .speaker: "Who spoke."
        case .decider: "Who decided."
        case .signatory: "Who signed."
        case .subject: "Whom it is about."
        case .invitee: "Who was invited."
        }
    }
}

package enum PersonCategory: String, ClosedSet {
    case official, `private`, detained

    package static let vocabulary = "personCategory"
    package var meaning: String {
        switch self {
        case .official: "Holds a public office."
        case .private: "Acts for themselves or a company."
        case .detained: "Is named because a state holds them."
        }
    }
}

package enum OrganizationKind: String, ClosedSet {
    case country, government, ministry, agency, military, mission, alliance, forum, company

    package static let vocabulary = "organizationKind"
    package var meaning: String {
        switch self {
        case .country: "A country as an actor."
        case .government: "A country's government or its head's office."
        case .ministry: "A department of a government."
        case .agency: "A body under a government."
        case .military: "A country's armed forces."
        case .mission: "An embassy or other mission abroad."
        case .alliance: "Countries bound to each other by a pact or a standing grouping."
        case .forum: "A series of gatherings of countries."
        case .company: "A business."
        }
    }
}

package enum PlaceKind: String, ClosedSet {
    case country, city, region, sea, strait, island, building

    package static let vocabulary = "placeKind"
    package var meaning: String {
        switch self {
        case .country: "A country as territory."
        case .city: "A city or town."
        case .region: "A part of the world or of a country."
        case .sea: "A sea or an ocean."
        case .strait: "A passage between two seas."
        case .island: "An island, whoever governs it."
        case .building: "A building or its grounds."
        }
    }
}

package enum StatementForm: String, ClosedSet {
    case direct, indirect

    package static let vocabulary = "statementForm"
    package var meaning: String {
        switch self {
        case .direct: "The article quotes the words."
        case .indirect: "The article tells what was said in its own words."
        }
    }
}

package enum DiscrepancyKind: String, ClosedSet {
    case scope, number, wording, attribution, hedging

    package static let vocabulary = "discrepancyKind"
    package var meaning: String {
        switch self {
        case .scope: "The accounts cover more or less, such as another rank or another span of time."
        case .number: "The accounts give other numbers."
        case .wording: "The accounts give the same words or the same thing in other words."
        case .attribution: "The accounts ascribe it to others."
        case .hedging: "The accounts are not equally sure of it."
        }
    }
}

package enum DateBasis: String, ClosedSet {
    case stated, inferred, background

    package static let vocabulary = "dateBasis"
    package var meaning: String {
        switch self {
        case .stated: "An article gives the date."
        case .inferred: "It follows from an article's relative words and the day of its publication."
        case .background: "It is known from outside the coverage; the note says how."
        }
    }
}
