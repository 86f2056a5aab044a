-- SPDX-License-Identifier: Apache-2.0
-- What goes on beyond its first day, in the order of dates: of all that began before a day only this may go on into it.

CREATE INDEX listed_lasting ON listed_by_date (term, earliest, latest, id) WHERE latest <> earliest;
