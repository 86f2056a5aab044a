# SPDX-License-Identifier: Apache-2.0
"""A client that openapi-python-client made of the document, used as its users would."""

import datetime

import pytest
from readout_client import AuthenticatedClient, Client
from readout_client.api.articles import create_article
from readout_client.api.changes import list_changes
from readout_client.api.events import get_event, list_events
from readout_client.api.people import create_person, delete_person, patch_person
from readout_client.api.search import search
from readout_client.models import (
    ArticleIntake,
    ArticleTaken,
    CitationInput,
    CreateArticleDryRun,
    Event,
    EventExcerptList,
    EventKind,
    EventList,
    ListEventsSort,
    Person,
    PersonCategory,
    PersonInput,
    PersonPatch,
    Problem,
    ReferenceInput,
)
from readout_client.types import UNSET


@pytest.fixture(scope="session")
def client(address):
    with Client(base_url=address) as client:
        yield client


def test_lists_events_page_by_page(client):
    titles, cursor = [], UNSET
    while True:
        page = list_events.sync(
            client=client, kind="visit,meeting", sort=ListEventsSort("-date"), limit=7, cursor=cursor
        )
        assert isinstance(page, EventList)
        for event in page.data:
            assert isinstance(event, Event)
            assert event.kind in (EventKind.VISIT, EventKind.MEETING)
            assert isinstance(event.updated_at, datetime.datetime)
            assert event.place is None or event.place.name
            assert all(citation.paragraph >= 1 for citation in event.evidence)
            titles.append(event.title)
        assert page.page.total_is.value == "exact"
        if page.page.next_ is None:
            break
        cursor = page.page.next_
    assert len(titles) == page.page.total > 7
    assert len(set(titles)) == len(titles)


def test_says_when_a_list_is_of_excerpts(client):
    page = list_events.sync(client=client, fields="title", limit=3)
    assert isinstance(page, EventExcerptList)
    assert page.data[0].title and page.data[0].summary is UNSET


def test_gives_problems_as_values(client):
    problem = list_events.sync(client=client, official="qin-gag")
    assert isinstance(problem, Problem)
    assert problem.status == 400
    assert problem.errors[0].parameter == "official"
    assert "qin-gang" in problem.errors[0].detail
    missing = get_event.sync_detailed("no-such-event", client=client)
    assert missing.status_code == 404 and isinstance(missing.parsed, Problem)


def test_costs_nothing_when_nothing_has_changed(client):
    answer = get_event.sync_detailed("blinken-visit-to-china", client=client)
    assert isinstance(answer.parsed, Event)
    again = get_event.sync_detailed(
        "blinken-visit-to-china", client=client, if_none_match=answer.headers["ETag"]
    )
    assert again.status_code == 304 and again.content == b""


def test_searches(client):
    hits = search.sync(client=client, q="balloon", limit=2)
    highlight = hits.data[0].highlights[0]
    start, end = highlight.spans[0]
    assert highlight.text[start:end].lower().startswith("balloon")


def test_writes(address, token, client):
    evidence = [
        CitationInput(article=ReferenceInput(id="blinken-in-beijing"), paragraph=2, anchors=["Beijing"])
    ]
    with AuthenticatedClient(base_url=address, token=token) as editor:
        person = create_person.sync(
            client=editor,
            body=PersonInput(name="A clerk", category=PersonCategory.PRIVATE, evidence=evidence),
        )
        assert isinstance(person, Person) and person.revision == 1
        changed = patch_person.sync_detailed(
            person.id, client=editor, if_match='"1"', body=PersonPatch(aliases=["The clerk"])
        )
        assert changed.parsed.aliases == ["The clerk"]
        late = patch_person.sync_detailed(
            person.id, client=editor, if_match='"1"', body=PersonPatch(aliases=[])
        )
        assert late.status_code == 412 and isinstance(late.parsed, Problem)
        gone = delete_person.sync_detailed(person.id, client=editor, if_match="*")
        assert gone.status_code == 204
    refused = create_person.sync(
        client=client,
        body=PersonInput(name="A clerk", category=PersonCategory.PRIVATE, evidence=evidence),
    )
    assert isinstance(refused, Problem) and refused.status == 401
    changes = list_changes.sync(client=client, type_="person", limit=100)
    assert [change.change.value for change in changes.data if change.id == person.id] == [
        "created",
        "updated",
        "deleted",
    ]


def test_takes_an_article_in(address, token):
    text = "A note from the desk\n\nAntony Blinken met Wang Yi in Beijing on Tuesday.\n"
    with AuthenticatedClient(base_url=address, token=token) as editor:
        taken = create_article.sync(
            client=editor, body=ArticleIntake(text=text), dry_run=CreateArticleDryRun.TRUE
        )
        assert isinstance(taken, ArticleTaken) and taken.is_rehearsal
        # The text alone the generated function cannot send; its answer is read all the same.
        answer = editor.get_httpx_client().post(
            "/v1/articles?dryRun=true", content=text, headers={"Content-Type": "text/plain"}
        )
        assert ArticleTaken.from_dict(answer.raise_for_status().json()).sha256 == taken.sha256
