-- SPDX-License-Identifier: Apache-2.0
-- Lists in their order: for each value that records can be filtered by, the records that have it, once by name and once
-- by date, so that any page is read from where it begins to where it ends. The application writes them with the records.

-- A value of a field; the empty value stands for having none. records counts those that have it.
CREATE TABLE terms (
    number  INTEGER PRIMARY KEY,
    type    TEXT NOT NULL,
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,
    records INTEGER NOT NULL,
    UNIQUE (type, field, value)
) STRICT;

-- The terms of a record, by the number of its search document.
CREATE TABLE postings (
    document INTEGER NOT NULL,
    term     INTEGER NOT NULL,
    PRIMARY KEY (document, term)
) STRICT, WITHOUT ROWID;

CREATE TABLE listed_by_name (
    term INTEGER NOT NULL,
    name TEXT NOT NULL,
    id   TEXT NOT NULL,
    PRIMARY KEY (term, name, id)
) STRICT, WITHOUT ROWID;

-- A date with both ends has one row for both directions. One that lacks an end has two: the end stands at the largest
-- number for reading upwards and at the smallest for reading downwards, and each direction passes over the other's row.
CREATE TABLE listed_by_date (
    term     INTEGER NOT NULL,
    earliest INTEGER NOT NULL,
    latest   INTEGER NOT NULL,
    id       TEXT NOT NULL,
    PRIMARY KEY (term, earliest, latest, id)
) STRICT, WITHOUT ROWID;

-- By which definition of the fields the lists were written; the application writes them anew when it knows a later one.
INSERT INTO counters VALUES ('lists', 0);

CREATE INDEX articles_date_up ON articles (earliest_max, latest_max, id);
CREATE INDEX articles_date_down ON articles (earliest_min, latest_min, id);
