// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON

/// One change that an editor asks for.
package struct Edit: Sendable {
    package enum Action: Sendable {
        /// A new record, its id made of its name where the content has none.
        case create(JSONValue)
        /// The whole record, in the shape in which it is read; new where the condition is `.absent`.
        case replace(id: String, with: JSONValue, if: Condition)
        /// A JSON merge patch (RFC 7396) of the record as it is read.
        case patch(id: String, with: JSONValue, if: Condition)
        /// - Parameter replacedBy: the id of the record that stands for it from now on.
        case delete(id: String, replacedBy: String?, if: Condition)
    }

    /// What must be so for the change to be made (RFC 9110, sections 13.1.1 and 13.1.2).
    package enum Condition: Sendable, Equatable {
        /// `If-Match` with entity tags: the record is at one of these revisions.
        case revision([Int])
        /// `If-Match: *`: there is a record.
        case present
        /// `If-None-Match: *`: there is none.
        case absent
    }

    package let type: FactType
    package let action: Action
    /// Where the content stands in what was sent: faults are told from there.
    package let pointer: JSONPointer
    /// The text that an article is made of, where it was taken apart before.
    var text: IncomingText?

    package init(_ type: FactType, _ action: Action, at pointer: JSONPointer = JSONPointer()) {
        self.type = type
        self.action = action
        self.pointer = pointer
    }
}

/// What became of one edit.
package struct EditOutcome: Sendable {
    package enum Change: String, Sendable {
        case created, updated, deleted
        /// The record was so already: no new revision.
        case unchanged
    }

    package let reference: Reference
    package let change: Change
    /// After the edit; of a deleted record, that of its tombstone.
    package let revision: Int
    /// A `Stored` of the record's type.
    var stored: (any Sendable)?

    /// The record as the edits have left it; nil where nothing was written of it.
    package func record<Record: Fact>(_ type: Record.Type = Record.self) -> Stored<Record>? {
        stored as? Stored<Record>
    }
}

/// Why none of the edits was made: the fault of the one at `index`, of the contents together, or all of these at once.
package enum EditRefusal: Error, Sendable {
    /// There never was such a record.
    case unknown(FactType, id: String, index: Int)
    /// It was deleted.
    case gone(Tombstone, index: Int)
    /// A new record's id is another's, or was.
    case taken(FactType, id: String, index: Int)
    /// There is such a record, at this revision, but not as the condition has it.
    case conditionFailed(Edit.Condition, FactType, id: String, revision: Int, index: Int)
    /// The token was revoked, or has expired, since the request was let in.
    case tokenOver
    /// Others refer to what was to be deleted; some of them.
    case referredTo(Reference, by: [Reference], index: Int)
    /// What is wrong with the contents, each with its place in what was sent.
    case faulty([FaultList.Fault])
    /// Several of these: what is refused, in the order of the edits, and beside it what is wrong with contents.
    indirect case several([EditRefusal], [FaultList.Fault])
}

/// What is left of a deleted record.
package struct Tombstone: Sendable, Equatable {
    package let type: FactType
    package let id: String
    package let revision: Int
    /// RFC 3339.
    package let at: String
    package let replacedBy: String?
    /// Who deleted it: the name of a token, or nil where that is not on record.
    package let by: String?
}

/// Who asks for a change, for the audit trail.
package struct Author: Sendable {
    /// The token's name, or `operator` for the one at the machine itself.
    package let name: String
    /// The token's id; nil for the operator.
    package let token: String?
    package let address: String?
    /// The number of the request, as in the log.
    package let request: String?
    /// Method and path.
    package let action: String

    package init(name: String, token: String?, address: String?, request: String?, action: String) {
        self.name = name
        self.token = token
        self.address = address
        self.request = request
        self.action = action
    }
}

/// What makes a request safe to repeat: a second one of the same key gets the first one's answer.
package struct IdempotencyKey: Sendable, Hashable {
    /// The token's id; empty for the operator.
    package let actor: String
    package let method: String
    package let path: String
    package let key: String
    /// The digest of what was asked.
    package let body: String

    package init(actor: String, method: String, path: String, key: String, body: String) {
        self.actor = actor
        self.method = method
        self.path = path
        self.key = key
        self.body = body
    }
}

/// The answer to a change, made and kept in the transaction that makes the change.
package struct KeptAnswer: Sendable, Equatable {
    package let status: Int
    package let fields: [(name: String, value: String)]
    package let content: [UInt8]

    package init(status: Int, fields: [(name: String, value: String)], content: [UInt8]) {
        self.status = status
        self.fields = fields
        self.content = content
    }

    package static func == (a: KeptAnswer, b: KeptAnswer) -> Bool {
        a.status == b.status && a.content == b.content
            && a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// How a request to change ended.
package enum EditResult: Sendable {
    /// It is on disk, and this is the answer to it.
    case made(KeptAnswer)
    /// It was made before, and this was the answer.
    case replayed(KeptAnswer)
    /// The key was used for another request.
    case keyReused
}
