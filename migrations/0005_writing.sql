-- SPDX-License-Identifier: Apache-2.0
-- Writing: who may, who did, what each record was before, and what was answered to whom.

-- The line that the numbers of changes belong to: a restored database begins another, since its numbers come again.
CREATE TABLE feed (
    epoch TEXT NOT NULL
) STRICT;
INSERT INTO feed VALUES (lower(hex(randomblob(8))));

-- With the number, which every entry of an index ends in: the changes of one type in order.
CREATE INDEX changes_type ON changes (type);

-- salt and hash: SHA-256 of the salt and the secret, which itself is kept nowhere. A token is over at expires_at, or when
-- revoked_at is there; another may then have its name.
CREATE TABLE tokens (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    scope      TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
    salt       BLOB NOT NULL,
    hash       BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;

-- Who changed what, when, from where: a row for each request that changed something. token is null where the operator did it
-- on the machine itself.
CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    token   TEXT REFERENCES tokens (id),
    address TEXT,
    request TEXT,
    action  TEXT NOT NULL
) STRICT;

-- Every state that a record was in, by its revision. content is what can be written again, with the names that references
-- had then; null where the change was the end of the record.
CREATE TABLE revisions (
    type     TEXT NOT NULL,
    id       TEXT NOT NULL,
    revision INTEGER NOT NULL,
    change   TEXT NOT NULL CHECK (change IN ('created', 'updated', 'deleted')),
    origin   TEXT NOT NULL CHECK (origin IN ('seed', 'import', 'editor')),
    at       TEXT NOT NULL,
    audit    INTEGER REFERENCES audit (number),
    content  TEXT,
    UNIQUE (type, id, revision)
) STRICT;

-- Whether the states that records were in before there were revisions have been noted.
INSERT INTO counters VALUES ('history', 0);

-- What was deleted: its id is never another record's.
CREATE TABLE tombstones (
    type        TEXT NOT NULL,
    id          TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    at          TEXT NOT NULL,
    replaced_by TEXT,
    PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;

-- The first answer to a request that may be repeated, kept for a day. body is the digest of what was asked.
CREATE TABLE idempotency (
    actor   TEXT NOT NULL,
    method  TEXT NOT NULL,
    path    TEXT NOT NULL,
    key     TEXT NOT NULL,
    body    TEXT NOT NULL,
    status  INTEGER NOT NULL,
    fields  TEXT NOT NULL,
    content BLOB NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (actor, method, path, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (at);
