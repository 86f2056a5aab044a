-- SPDX-License-Identifier: Apache-2.0
-- Who said what, and what articles give differently. Dates are kept as in 0001.

CREATE TABLE statements (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    speaker_id   TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    speaker_as   TEXT,
    form         TEXT NOT NULL,
    event_id     TEXT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
    date_edtf    TEXT,
    date_basis   TEXT,
    date_note    TEXT,
    earliest_min INTEGER NOT NULL,
    earliest_max INTEGER NOT NULL,
    latest_min   INTEGER NOT NULL,
    latest_max   INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_name ON statements (name, id);
CREATE INDEX statements_date_up ON statements (earliest_max, latest_max, id);
CREATE INDEX statements_date_down ON statements (earliest_min, latest_min, id);
CREATE INDEX statements_speaker ON statements (speaker_id);
CREATE INDEX statements_event ON statements (event_id);

CREATE TABLE statement_issues (
    statement_id TEXT NOT NULL REFERENCES statements (id),
    position     INTEGER NOT NULL,
    issue_id     TEXT NOT NULL REFERENCES issues (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (statement_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_issues_issue ON statement_issues (issue_id, statement_id);

-- The same words told differently elsewhere.
CREATE TABLE statement_variants (
    statement_id TEXT NOT NULL REFERENCES statements (id),
    position     INTEGER NOT NULL,
    variant_id   TEXT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (statement_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_variants_variant ON statement_variants (variant_id);

-- The subject may be of any type, so no foreign key can hold it; loading and checking do.
CREATE TABLE discrepancies (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    kind         TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX discrepancies_name ON discrepancies (name, id);
CREATE INDEX discrepancies_subject ON discrepancies (subject_type, subject_id);

CREATE TABLE accounts (
    discrepancy_id TEXT NOT NULL REFERENCES discrepancies (id),
    position       INTEGER NOT NULL,
    claim          TEXT NOT NULL,
    PRIMARY KEY (discrepancy_id, position)
) STRICT, WITHOUT ROWID;
