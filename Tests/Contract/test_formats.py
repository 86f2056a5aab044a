# SPDX-License-Identifier: Apache-2.0
"""The other forms of lists, read by the readers that others have."""

import csv
import datetime
import io
import json

import geojson
import icalendar


def everything(http, path):
    records, target = [], f"{path}?limit=100"
    while target:
        answer = http.get(target).raise_for_status()
        records += answer.json()["data"]
        target = answer.links.get("next", {}).get("url")
    return {record["id"]: record for record in records}


def test_a_calendar_program_can_subscribe(http):
    answer = http.get("/v1/events?format=ics").raise_for_status()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="events.ics"'
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert http.get("/v1/events?format=ics", headers=tag).status_code == 304
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar.errors == [] and calendar["X-WR-CALNAME"] == calendar["NAME"] == "Readout"
    assert calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=1)
    events = everything(http, "/v1/events")
    days = {
        key: event["date"]
        for key, event in events.items()
        if event["date"] and event["date"]["precision"] == "day" and event["date"]["earliest"] and event["date"]["latest"]
    }
    entries = {str(entry["UID"]): entry for entry in calendar.events}
    assert set(entries) == {f"{key}@readout" for key in days} and len(entries) > 10
    for key, date in days.items():
        entry = entries[f"{key}@readout"]
        assert entry.errors == [] and entry["SUMMARY"] == events[key]["title"]
        assert entry["DESCRIPTION"] == events[key]["summary"]
        assert entry["DTSTART"].dt.isoformat() == date["earliest"]
        last = entry["DTEND"].dt - datetime.timedelta(days=1)
        assert last.isoformat() == date["latest"]
        assert entry["LAST-MODIFIED"].dt.isoformat() == events[key]["updatedAt"].replace("Z", "+00:00")
    # The same event is the same entry tomorrow, whatever is asked for beside it.
    some = icalendar.Calendar.from_ical(http.get("/v1/events?format=ics&kind=meeting").content)
    assert {str(entry["UID"]) for entry in some.events} < set(entries)


def test_geojson_has_what_is_on_the_map(http):
    places = everything(http, "/v1/places")
    for path in ("/v1/places", "/v1/events"):
        answer = http.get(f"{path}?format=geojson").raise_for_status()
        assert answer.headers["Content-Type"] == "application/geo+json"
        collection = geojson.loads(answer.text)
        assert isinstance(collection, geojson.FeatureCollection) and collection.is_valid
        records = everything(http, path)
        assert len(collection["features"]) > 10
        for feature in collection["features"]:
            record = records[feature["id"]]
            assert json.loads(json.dumps(feature["properties"])) == record
            place = record if path == "/v1/places" else places[record["place"]["id"]]
            assert feature["geometry"]["coordinates"] == [place["longitude"], place["latitude"]]


def test_csv_has_a_row_for_each_record(http):
    for name in ("events", "people", "issues", "statements", "organizations", "places", "discrepancies", "articles"):
        answer = http.get(f"/v1/{name}?format=csv").raise_for_status()
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
        rows = list(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True))
        records = everything(http, f"/v1/{name}")
        assert [row["id"] for row in rows] == list(records)
        for row in rows:
            record = records[row["id"]]
            assert None not in row and row["name"] == record["name"]
            assert row["revision"] == str(record["revision"])


def test_ndjson_has_a_record_on_each_line(http):
    answer = http.get("/v1/statements?format=ndjson").raise_for_status()
    records = [json.loads(line) for line in answer.text.splitlines()]
    assert {record["id"]: record for record in records} == everything(http, "/v1/statements")
