-- SPDX-License-Identifier: Apache-2.0
-- What articles share word for word, for each pair once, the smaller id first. Offsets count Unicode scalars.

CREATE TABLE overlaps (
    a_id     TEXT NOT NULL REFERENCES articles (id),
    b_id     TEXT NOT NULL REFERENCES articles (id),
    a_copied REAL NOT NULL,
    b_copied REAL NOT NULL,
    PRIMARY KEY (a_id, b_id),
    CHECK (a_id < b_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlaps_b ON overlaps (b_id);

CREATE TABLE passages (
    a_id        TEXT NOT NULL,
    b_id        TEXT NOT NULL,
    position    INTEGER NOT NULL,
    words       INTEGER NOT NULL,
    a_paragraph INTEGER NOT NULL,
    a_start     INTEGER NOT NULL,
    a_end       INTEGER NOT NULL,
    b_paragraph INTEGER NOT NULL,
    b_start     INTEGER NOT NULL,
    b_end       INTEGER NOT NULL,
    PRIMARY KEY (a_id, b_id, position),
    FOREIGN KEY (a_id, b_id) REFERENCES overlaps (a_id, b_id)
) STRICT, WITHOUT ROWID;
