-- SPDX-License-Identifier: Apache-2.0
-- Taking in new coverage: where an article can be read, which others it has passages in common with, and what reading it
-- proposes to an editor.

ALTER TABLE articles ADD COLUMN url TEXT;

-- The lineage that was measured on the text and that no editor has refused: it counts like one of the record's own, which
-- beats it.
ALTER TABLE articles ADD COLUMN measured_group TEXT;
ALTER TABLE articles ADD COLUMN measured_reason TEXT;
ALTER TABLE articles ADD COLUMN measured_confidence REAL;

CREATE INDEX articles_sha256 ON articles (sha256);
CREATE INDEX articles_lineage ON articles (lineage_group);
CREATE INDEX articles_measured ON articles (measured_group);

-- By what an article is found that shares wording with another: hashes of runs of words, and above 2^32 hashes of what its
-- sentences tell. An article is known by the number of its search document. What stands in many articles is common
-- property, and only the first of them are kept.
CREATE TABLE fingerprints (
    hash     INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX fingerprints_document ON fingerprints (document);

-- By which definition fingerprints were made; the application makes them anew when it knows a later one.
INSERT INTO counters VALUES ('fingerprints', 0);

-- Moves on whenever a name that texts are searched for may have changed.
INSERT INTO counters VALUES ('names', 0);

-- How sure it is that two articles go back to one source, and why; null where nothing says so.
ALTER TABLE overlaps ADD COLUMN kinship REAL;
ALTER TABLE overlaps ADD COLUMN kinship_reason TEXT;

-- What reading a text proposes. content is what would be written, in the shape in which records are; target is the record
-- that would be changed, or was made. is_edited: an editor has had a hand in the content, and another reading leaves it.
CREATE TABLE proposals (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected')),
    name        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    confidence  REAL NOT NULL,
    target_type TEXT,
    target_id   TEXT,
    content     TEXT NOT NULL,
    is_edited   INTEGER NOT NULL DEFAULT 0,
    remark      TEXT,
    decided_at  TEXT,
    audit       INTEGER REFERENCES audit (number),
    revision    INTEGER NOT NULL,
    updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX proposals_state ON proposals (state, kind);
CREATE INDEX proposals_kind ON proposals (kind);

-- Where in the articles a proposal stands; digest is the paragraph's when it was read, so that another edition makes the
-- proposal stale. Offsets count Unicode scalars; null for the whole paragraph.
CREATE TABLE grounds (
    proposal   INTEGER NOT NULL REFERENCES proposals (number),
    position   INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id),
    paragraph  INTEGER NOT NULL,
    first      INTEGER,
    beyond     INTEGER,
    digest     TEXT NOT NULL,
    PRIMARY KEY (proposal, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX grounds_article ON grounds (article_id, proposal);
