// SPDX-License-Identifier: Apache-2.0

// A server to compare with, by script/bench-peers: the same answers to the same requests from the same database, in Go with
// net/http, database/sql and go-sqlite3. One reading connection for each processor and one that writes, which copies its log to the
// database inside a commit; every statement prepared once, a transaction for each request that takes more than one, no answer kept.
// SQLite makes the JSON and reads it, which spares Go a call for each column.
//
// It knows what the benchmark asks for and no more, and so does less: no tokens, entity tags, limits, deadlines or checks; a hit has
// the text of both members whether or not the words stand in them. A new event is written as the program writes it, with its change,
// revision and all of its lists, and what people and issues are listed by because of it.
//
//	peer ADDRESS DATABASE
package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// SQL for a reference to a record of a type.
func reference(kind, collection, id, name string) string {
	return fmt.Sprintf("json_object('id', %[3]s, 'type', '%[1]s', 'name', %[4]s, 'href', '/v1/%[2]s/' || %[3]s)",
		kind, collection, id, name)
}

// SQL for what hangs on an event, an array in the order of the table's key.
func children(table, key, others, element string) string {
	return fmt.Sprintf("(SELECT json_group_array(%s) FROM event_%s AS x CROSS JOIN %s AS o ON o.id = x.%s WHERE x.event_id = t.id)",
		element, table, others, key)
}

var (
	cited = `FROM citations AS x CROSS JOIN articles AS o ON o.id = x.article_id
			WHERE x.type = 'event' AND x.id = t.id AND x.part = ''`
	document = `json_object('id', t.id, 'type', 'event', 'name', t.name, 'href', '/v1/events/' || t.id, 'title', t.name,
		'summary', t.summary, 'kind', t.kind, 'status', t.status,
		'date', CASE WHEN t.date_edtf IS NOT NULL THEN json_object('edtf', t.date_edtf,
			'earliest', CASE WHEN t.earliest_min = t.earliest_max THEN date(t.earliest_min * 86400, 'unixepoch') END,
			'latest', CASE WHEN t.latest_min = t.latest_max THEN date(t.latest_min * 86400, 'unixepoch') END,
			'precision', CASE WHEN t.date_edtf GLOB '/*' OR t.date_edtf GLOB '*/' THEN 'unknown'
				WHEN t.date_edtf GLOB '????-??-??*' THEN 'day' WHEN t.date_edtf GLOB '????-??*' THEN 'month' ELSE 'year' END,
			'basis', t.date_basis, 'note', t.date_note) END,
		'place', CASE WHEN place.id IS NOT NULL THEN ` + reference("place", "places", "place.id", "place.name") + ` END,
		'partOf', CASE WHEN whole.id IS NOT NULL THEN ` + reference("event", "events", "whole.id", "whole.name") + ` END,
		'participants', ` + children("participants", "person_id", "people",
		"json_object('person', "+reference("person", "people", "o.id", "o.name")+", 'role', x.role)") + `,
		'organizations', ` + children("organizations", "organization_id", "organizations",
		reference("organization", "organizations", "o.id", "o.name")) + `,
		'issues', ` + children("issues", "issue_id", "issues", reference("issue", "issues", "o.id", "o.name")) + `,
		'evidence', (SELECT json_group_array(json_object('article', ` + reference("article", "articles", "o.id", "o.name") + `,
			'paragraph', x.paragraph, 'anchors', json('["' || replace(x.anchors, ' ', '","') || '"]'), 'status', x.status)) ` + cited + `),
		'coverage', (SELECT json_object('articles', count(DISTINCT o.id), 'independent', count(DISTINCT
			CASE WHEN coalesce(o.lineage_confidence, o.measured_confidence) >= 0.8
			THEN coalesce(o.lineage_group, o.measured_group) ELSE o.id END)) ` + cited + `),
		'revision', t.revision, 'updatedAt', t.updated_at)`
	parents = `LEFT JOIN places AS place ON place.id = t.place_id LEFT JOIN events AS whole ON whole.id = t.part_of_id`
	one     = `SELECT ` + document + ` FROM events AS t ` + parents + ` WHERE t.id = ?1`

	// An end of a date that is missing stands at the largest number. What began before the day is listed only where it lasts. What is
	// counted ends at 10,000.
	rows = `SELECT earliest, latest, id FROM listed_by_date `
	from = `term = (SELECT number FROM terms WHERE type = 'event' AND field = 'official' AND value = ?1) AND latest > -2147483648
		AND earliest `
	within    = rows + `WHERE ` + from + `BETWEEN unixepoch(?2) / 86400 AND 2147483646`
	lasting   = rows + `INDEXED BY listed_lasting WHERE latest <> earliest AND latest >= unixepoch(?2) / 86400 AND ` + from
	begun     = lasting + `BETWEEN -2147483647 AND unixepoch(?2) / 86400 - 1`
	unknown   = lasting + `= 2147483647`
	listed    = within + ` UNION ALL ` + begun + ` UNION ALL ` + unknown
	listTotal = `SELECT (SELECT count(*) FROM (` + within + ` LIMIT 10001)) + (SELECT count(*) FROM (` + begun + ` LIMIT 10001))
		+ (SELECT count(*) FROM (` + unknown + ` LIMIT 10001))`
	listItems = `SELECT l.earliest || ' ' || l.latest || ' ' || l.id, ` + document + ` FROM (` + listed + `
		ORDER BY earliest, latest, id LIMIT ?3) AS l CROSS JOIN events AS t ON t.id = l.id ` + parents + `
		ORDER BY l.earliest, l.latest, l.id`
	searchTotal = `SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT 10001)`
	// Materialized, so that nothing is highlighted twice.
	searchItems = `WITH m AS MATERIALIZED (SELECT h.score, h.number, d.id, d.type, search.name, d.members,
			highlight(search, 0, '<b>', '</b>') AS title, highlight(search, 2, '<b>', '</b>') AS body
		FROM (SELECT rowid AS number, bm25(search, 8.0, 4.0, 1.0) AS score FROM search WHERE search MATCH ?1
			ORDER BY score, number LIMIT ?2) AS h
		CROSS JOIN search ON search.rowid = h.number CROSS JOIN documents AS d ON d.number = h.number
		WHERE search MATCH ?1)
		SELECT score || ' ' || number, json_object('id', id, 'type', type, 'name', name,
		'href', '/v1/' || CASE type WHEN 'person' THEN 'people' WHEN 'discrepancy' THEN 'discrepancies' ELSE type || 's' END
			|| '/' || id, 'score', -score, 'highlights', CASE WHEN instr(body, '<b>') THEN json_array(
				json_object('member', 'name', 'text', title), json_object('member', members, 'text', body))
			ELSE json_array(json_object('member', 'name', 'text', title)) END)
		FROM m ORDER BY score, number`

	// What the event ?2 is listed by: all that its columns and links name, with what stands above that in the trees of places and
	// issues; nothing where it has none; and the month, year and decade in which it begins.
	values = `WITH RECURSIVE e AS MATERIALIZED (SELECT *, unixepoch(date_edtf) AS time FROM events WHERE id = ?2),
			site (id) AS (SELECT place_id FROM e WHERE place_id IS NOT NULL UNION
				SELECT p.within_id FROM site CROSS JOIN places AS p ON p.id = site.id WHERE p.within_id IS NOT NULL),
			topic (id) AS (SELECT issue_id FROM event_issues WHERE event_id = ?2 UNION
				SELECT i.broader_id FROM topic CROSS JOIN issues AS i ON i.id = topic.id WHERE i.broader_id IS NOT NULL),
			person AS MATERIALIZED (SELECT p.id, p.category, p.country_id FROM event_participants AS x
				CROSS JOIN people AS p ON p.id = x.person_id WHERE x.event_id = ?2),
			party AS MATERIALIZED (SELECT o.id, o.country_id FROM event_organizations AS x
				CROSS JOIN organizations AS o ON o.id = x.organization_id WHERE x.event_id = ?2),
			linked (field, value) AS MATERIALIZED (SELECT 'place', id FROM site UNION SELECT 'issue', id FROM topic
				UNION SELECT 'person', id FROM person UNION SELECT 'official', id FROM person WHERE category = 'official'
				UNION SELECT 'organization', id FROM party),
			country (id) AS (SELECT id FROM site UNION SELECT id FROM party UNION SELECT country_id FROM party
				UNION SELECT country_id FROM person)
		SELECT field, value FROM linked
		UNION ALL SELECT name.value, '' FROM json_each('["place","issue","person","official","organization"]') AS name
			WHERE name.value NOT IN (SELECT field FROM linked)
		UNION ALL SELECT 'country', id FROM country WHERE id IS NOT NULL
		UNION ALL SELECT DISTINCT 'article', article_id FROM citations WHERE type = 'event' AND id = ?2
		UNION ALL SELECT 'kind', kind FROM e UNION ALL SELECT 'status', coalesce(status, '') FROM e
		UNION ALL SELECT 'partOf', coalesce(part_of_id, '') FROM e UNION ALL SELECT 'date', 'certain'
		UNION ALL SELECT 'date', 'm' || (strftime('%Y', time, 'unixepoch') * 12 + strftime('%m', time, 'unixepoch') - 1) FROM e
		UNION ALL SELECT 'date', 'y' || (strftime('%Y', time, 'unixepoch') + 0) FROM e
		UNION ALL SELECT 'date', 'd' || (strftime('%Y', time, 'unixepoch') / 10) FROM e`
	posted = `FROM events AS e CROSS JOIN documents AS d ON d.type = 'event' AND d.id = e.id
		CROSS JOIN postings AS p ON p.document = d.number WHERE e.id = ?2`

	// What the event ?2 gives people and issues: the issues that they have to do with, and the people; and what of it is new.
	gained = `WITH RECURSIVE topic (id) AS (SELECT issue_id FROM event_issues WHERE event_id = ?2 UNION
				SELECT i.broader_id FROM topic CROSS JOIN issues AS i ON i.id = topic.id WHERE i.broader_id IS NOT NULL),
			gained (type, id, field, value) AS MATERIALIZED (
				SELECT DISTINCT 'person', x.person_id, 'issue', t.id FROM event_participants AS x CROSS JOIN topic AS t
					WHERE x.event_id = ?2
				UNION SELECT 'issue', i.issue_id, 'official', x.person_id FROM event_issues AS i
					CROSS JOIN event_participants AS x ON x.event_id = i.event_id WHERE i.event_id = ?2),
			fresh AS MATERIALIZED (SELECT d.number AS document, k.number AS term, g.type, g.id FROM gained AS g
				CROSS JOIN documents AS d ON d.type = g.type AND d.id = g.id
				CROSS JOIN terms AS k ON k.type = g.type AND k.field = g.field AND k.value = g.value
				WHERE NOT EXISTS (SELECT 1 FROM postings AS p WHERE p.document = d.number AND p.term = k.number))
		`

	// From the body ?1: the event, at the time ?2, and then what hangs on it by its id ?2.
	insert = `INSERT INTO events (id, name, summary, kind, status, date_edtf, date_basis, date_note,
			earliest_min, earliest_max, latest_min, latest_max, place_id, part_of_id, revision, updated_at)
		SELECT replace(lower(?1 ->> 'title'), ' ', '-'), ?1 ->> 'title', ?1 ->> 'summary', ?1 ->> 'kind', ?1 ->> 'status',
			?1 ->> '$.date.edtf', ?1 ->> '$.date.basis', ?1 ->> '$.date.note', day, day, day, day,
			?1 ->> '$.place.id', ?1 ->> '$.partOf.id', 1, ?2
		FROM (SELECT unixepoch(?1 ->> '$.date.edtf') / 86400 AS day) RETURNING id`
	insertParts = []string{
		`INSERT INTO event_participants SELECT ?2, key, value ->> '$.person.id', value ->> 'role' FROM json_each(?1, '$.participants')`,
		`INSERT INTO event_organizations SELECT ?2, key, value ->> 'id' FROM json_each(?1, '$.organizations')`,
		`INSERT INTO event_issues SELECT ?2, key, value ->> 'id' FROM json_each(?1, '$.issues')`,
		`INSERT INTO citations SELECT 'event', ?2, '', c.key, p.article_id, p.number, p.digest,
			(SELECT group_concat(value, ' ') FROM json_each(c.value, '$.anchors')), c.value ->> 'status'
			FROM json_each(?1, '$.evidence') AS c CROSS JOIN paragraphs AS p
			ON p.article_id = c.value ->> '$.article.id' AND p.number = c.value ->> 'paragraph'`,
		`INSERT INTO documents (type, id, members) VALUES ('event', ?2, 'summary')`,
		`INSERT INTO search (rowid, name, aliases, body) SELECT d.number, e.name, '', e.summary FROM events AS e
			CROSS JOIN documents AS d ON d.type = 'event' AND d.id = e.id WHERE e.id = ?2`,
		`INSERT INTO terms (type, field, value, records) SELECT 'event', field, value, 1 FROM (` + values + `
			UNION ALL SELECT 'all', '') WHERE TRUE ON CONFLICT DO UPDATE SET records = records + 1`,
		`INSERT INTO postings (document, term) SELECT d.number, k.number FROM documents AS d CROSS JOIN (` + values + `) AS v
			CROSS JOIN terms AS k ON k.type = 'event' AND k.field = v.field AND k.value = v.value
			WHERE d.type = 'event' AND d.id = ?2`,
		`INSERT INTO listed_by_name (term, name, id) SELECT p.term, e.name, e.id ` + posted,
		`INSERT INTO listed_by_date (term, earliest, latest, id) SELECT p.term, e.earliest_min, e.latest_min, e.id ` + posted,
		`UPDATE counters SET value = value + 1 WHERE name = 'change' AND ?2 <> ''`,
		`INSERT INTO changes (number, type, id, change, revision, at) SELECT c.value, 'event', e.id, 'created', 1, e.updated_at
			FROM counters AS c CROSS JOIN events AS e ON e.id = ?2 WHERE c.name = 'change'`,
		`INSERT INTO audit (at, actor, action) SELECT updated_at, 'peer', 'created event ' || id FROM events WHERE id = ?2`,
		`INSERT INTO revisions (type, id, revision, change, origin, at, audit, content)
			SELECT 'event', id, 1, 'created', 'editor', updated_at, last_insert_rowid(), ?1 FROM events WHERE id = ?2`,
		gained + `INSERT INTO terms (type, field, value, records) SELECT DISTINCT type, field, value, 0 FROM gained
			WHERE TRUE ON CONFLICT DO NOTHING`,
		gained + `INSERT INTO listed_by_name (term, name, id) SELECT term, CASE type WHEN 'person'
			THEN (SELECT name FROM people AS n WHERE n.id = fresh.id) ELSE (SELECT name FROM issues AS n WHERE n.id = fresh.id) END, id
			FROM fresh`,
		gained + `UPDATE terms SET records = records + count FROM (SELECT term, count(*) AS count FROM fresh GROUP BY term) AS f
			WHERE terms.number = f.term`,
		gained + `INSERT INTO postings (document, term) SELECT document, term FROM fresh`,
	}
)

// An error is a fault of this program or its database: net/http logs it and closes the connection, which the load counts.
func must[Value any](value Value, err error) Value {
	if err != nil {
		panic(err)
	}
	return value
}

// A connection with its statements; and those that nobody uses.
type session struct {
	connection *sql.Conn
	prepared   map[string]*sql.Stmt
}
type pool chan *session

func open(path string, count int, settings string) pool {
	database := must(sql.Open("sqlite3", "file:"+path+"?_mutex=no"))
	sessions := make(pool, count)
	for len(sessions) < count {
		connection := must(database.Conn(context.Background()))
		must(connection.ExecContext(context.Background(), settings))
		sessions <- &session{connection, map[string]*sql.Stmt{}}
	}
	return sessions
}

// Runs the body in a transaction.
func (sessions pool) with(begin string, body func(*session)) {
	s, end := <-sessions, "ROLLBACK"
	defer func() {
		must(s.statement(end).Exec())
		sessions <- s
	}()
	must(s.statement(begin).Exec())
	body(s)
	end = "COMMIT"
}

func (s *session) statement(text string) *sql.Stmt {
	known := s.prepared[text]
	if known == nil {
		known = must(s.connection.PrepareContext(context.Background(), text))
		s.prepared[text] = known
	}
	return known
}

// The first column of the first row, or nothing.
func (s *session) value(text string, values ...any) (value string) {
	if err := s.statement(text).QueryRow(values...).Scan(&value); err != sql.ErrNoRows {
		must(value, err)
	}
	return value
}

func reply(w http.ResponseWriter, status int, body []byte) {
	fields := w.Header()
	fields.Set("Content-Type", "application/json")
	fields.Set("Content-Length", strconv.Itoa(len(body)))
	fields.Set("Cache-Control", "no-cache")
	fields.Set("Vary", "Accept, Accept-Encoding, Origin")
	fields.Set("Access-Control-Allow-Origin", "*")
	fields.Set("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, X-Request-Id")
	w.WriteHeader(status)
	w.Write(body)
}

func (sessions pool) item(w http.ResponseWriter, status int, id string) {
	s := <-sessions
	document := s.value(one, id)
	sessions <- s
	if document == "" {
		http.Error(w, "no such event", http.StatusNotFound)
	} else {
		reply(w, status, []byte(document))
	}
}

// Rows are a place in the order, for the cursor, and an item.
func (sessions pool) list(w http.ResponseWriter, r *http.Request, countTotal, readItems string, values ...any) {
	limit, total, place := must(strconv.Atoi(r.FormValue("limit"))), 0, ""
	body := bytes.NewBufferString(`{"data":[`)
	sessions.with("BEGIN", func(s *session) {
		total = must(strconv.Atoi(s.value(countTotal, values...)))
		rows := must(s.statement(readItems).Query(append(values, limit)...))
		defer rows.Close()
		for separator := ""; rows.Next(); separator = "," {
			var item sql.RawBytes
			must(0, rows.Scan(&place, &item))
			body.WriteString(separator)
			body.Write(item)
		}
		must(0, rows.Err())
	})
	totalIs, next := "exact", "null"
	if total > limit {
		next = strconv.Quote(base64.RawURLEncoding.EncodeToString([]byte(place)))
	}
	if total > 10000 {
		total, totalIs = 10000, "atLeast"
	}
	fmt.Fprintf(body, `],"page":{"limit":%d,"total":%d,"totalIs":"%s","next":%s}}`, limit, total, totalIs, next)
	reply(w, 200, body.Bytes())
}

func (sessions pool) create(body string) (id string) {
	sessions.with("BEGIN IMMEDIATE", func(s *session) {
		id = s.value(insert, body, time.Now().UTC().Format(time.RFC3339))
		for _, text := range insertParts {
			must(s.statement(text).Exec(body, id))
		}
	})
	return id
}

func main() {
	address, database := os.Args[1], os.Args[2]
	readers := open(database, runtime.GOMAXPROCS(0), "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON")
	writers := open(database, 1, `PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL;
		PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16384`)
	http.HandleFunc("/v1/events/", func(w http.ResponseWriter, r *http.Request) {
		readers.item(w, http.StatusOK, strings.TrimPrefix(r.URL.Path, "/v1/events/"))
	})
	http.HandleFunc("/v1/events", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			readers.item(w, http.StatusCreated, writers.create(string(must(io.ReadAll(r.Body)))))
		} else {
			readers.list(w, r, listTotal, listItems, r.FormValue("official"), r.FormValue("from"))
		}
	})
	http.HandleFunc("/v1/search", func(w http.ResponseWriter, r *http.Request) {
		words := strings.Fields(strings.ReplaceAll(r.FormValue("q"), `"`, " "))
		readers.list(w, r, searchTotal, searchItems, `"`+strings.Join(words, `" "`)+`"`)
	})
	log.Fatal(http.ListenAndServe(address, nil))
}
