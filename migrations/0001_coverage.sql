-- SPDX-License-Identifier: Apache-2.0
-- The coverage: articles, the facts they report, and the paragraphs that report them.
--
-- Dates are kept as written (EDTF) with four sort keys, day numbers counted from 1970-01-01: a bound that is open or
-- unknown stands at the smallest number in *_min and at the largest in *_max, so that it sorts last either way and
-- never excludes. What has no date at all has all four keys so, and no EDTF.

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('change', 0);

CREATE TABLE changes (
    number   INTEGER PRIMARY KEY,
    type     TEXT NOT NULL,
    id       TEXT NOT NULL,
    change   TEXT NOT NULL CHECK (change IN ('created', 'updated', 'deleted')),
    revision INTEGER NOT NULL,
    at       TEXT NOT NULL
) STRICT;

CREATE TABLE articles (
    id                 TEXT PRIMARY KEY,
    name               TEXT NOT NULL,
    source             TEXT NOT NULL UNIQUE,
    headline           TEXT,
    publisher          TEXT,
    credit             TEXT,
    date_edtf          TEXT,
    date_basis         TEXT,
    date_note          TEXT,
    earliest_min       INTEGER NOT NULL,
    earliest_max       INTEGER NOT NULL,
    latest_min         INTEGER NOT NULL,
    latest_max         INTEGER NOT NULL,
    lineage_group      TEXT,
    lineage_reason     TEXT,
    lineage_confidence REAL,
    words              INTEGER NOT NULL,
    sha256             TEXT NOT NULL,
    revision           INTEGER NOT NULL,
    updated_at         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_name ON articles (name, id);

CREATE TABLE paragraphs (
    article_id TEXT NOT NULL REFERENCES articles (id),
    number     INTEGER NOT NULL,
    digest     TEXT NOT NULL,
    text       TEXT,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE organizations (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    country_id TEXT REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    revision   INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organizations_name ON organizations (name, id);
CREATE INDEX organizations_country ON organizations (country_id);

CREATE TABLE memberships (
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    position        INTEGER NOT NULL,
    group_id        TEXT NOT NULL REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (organization_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_group ON memberships (group_id);

CREATE TABLE places (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    within_id  TEXT REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED,
    latitude   REAL,
    longitude  REAL,
    revision   INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX places_name ON places (name, id);
CREATE INDEX places_within ON places (within_id);

CREATE TABLE people (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    category   TEXT NOT NULL,
    country_id TEXT REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    revision   INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX people_name ON people (name, id);
CREATE INDEX people_country ON people (country_id);

CREATE TABLE offices (
    person_id       TEXT NOT NULL REFERENCES people (id),
    position        INTEGER NOT NULL,
    title           TEXT NOT NULL,
    organization_id TEXT REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX offices_organization ON offices (organization_id);

CREATE TABLE issues (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    summary    TEXT NOT NULL,
    broader_id TEXT REFERENCES issues (id) DEFERRABLE INITIALLY DEFERRED,
    revision   INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX issues_name ON issues (name, id);
CREATE INDEX issues_broader ON issues (broader_id);

CREATE TABLE positions (
    issue_id TEXT NOT NULL REFERENCES issues (id),
    position INTEGER NOT NULL,
    party_id TEXT NOT NULL REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    gist     TEXT NOT NULL,
    PRIMARY KEY (issue_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX positions_party ON positions (party_id);

CREATE TABLE events (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    summary      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    status       TEXT,
    date_edtf    TEXT,
    date_basis   TEXT,
    date_note    TEXT,
    earliest_min INTEGER NOT NULL,
    earliest_max INTEGER NOT NULL,
    latest_min   INTEGER NOT NULL,
    latest_max   INTEGER NOT NULL,
    place_id     TEXT REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED,
    part_of_id   TEXT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
    revision     INTEGER NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX events_name ON events (name, id);
CREATE INDEX events_date_up ON events (earliest_max, latest_max, id);
CREATE INDEX events_date_down ON events (earliest_min, latest_min, id);
CREATE INDEX events_place ON events (place_id);
CREATE INDEX events_part_of ON events (part_of_id);

CREATE TABLE event_participants (
    event_id  TEXT NOT NULL REFERENCES events (id),
    position  INTEGER NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    role      TEXT NOT NULL,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_participants_person ON event_participants (person_id, event_id);

CREATE TABLE event_organizations (
    event_id        TEXT NOT NULL REFERENCES events (id),
    position        INTEGER NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_organizations_organization ON event_organizations (organization_id, event_id);

CREATE TABLE event_issues (
    event_id TEXT NOT NULL REFERENCES events (id),
    position INTEGER NOT NULL,
    issue_id TEXT NOT NULL REFERENCES issues (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_issues_issue ON event_issues (issue_id, event_id);

-- What any type may have. The type is the singular name: 'event', 'person' …

CREATE TABLE aliases (
    type     TEXT NOT NULL,
    id       TEXT NOT NULL,
    position INTEGER NOT NULL,
    alias    TEXT NOT NULL,
    PRIMARY KEY (type, id, position)
) STRICT, WITHOUT ROWID;

-- part is '' for the fact as a whole, else where in it the citation belongs: 'offices/0', 'positions/2'.
-- digest is the paragraph's when it was cited, so that a later edition of the article makes the citation stale.
CREATE TABLE citations (
    type       TEXT NOT NULL,
    id         TEXT NOT NULL,
    part       TEXT NOT NULL,
    position   INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id),
    paragraph  INTEGER NOT NULL,
    digest     TEXT NOT NULL,
    anchors    TEXT NOT NULL,
    status     TEXT,
    PRIMARY KEY (type, id, part, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_article ON citations (article_id, type, id);

-- Search: one document a record. The index names it by row number, the table beside it says whose it is. Aliases and body
-- have a line for each text; members names the member that each line of the body stands in, a line each.
CREATE TABLE documents (
    number  INTEGER PRIMARY KEY,
    type    TEXT NOT NULL,
    id      TEXT NOT NULL,
    members TEXT NOT NULL,
    UNIQUE (type, id)
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (name, aliases, body, tokenize = 'unicode61 remove_diacritics 2');
