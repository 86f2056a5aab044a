# SPDX-License-Identifier: Apache-2.0
"""What the views show, and what is said where there is nothing to show."""

import re

import pytest
from conftest import BRIEFING, settled

ARTICLES = ("a-step-towards-communication-and-cooperation", "focusing-on-communication-and-military-relations")
COMPARISON = f"#/compare?a={ARTICLES[0]}&b={ARTICLES[1]}"


def test_every_view_opens_by_the_navigation(server, open_page):
    page = open_page(f"{server.address}/")
    for name, title in [
        ("Network", "Around "), ("Issues", "What the sides"), ("Discrepancies", "Where the articles differ"),
        ("Compare", "Two articles compared"), ("Articles", "The coverage"), ("Timeline", "What the coverage reports"),
    ]:
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_function("title => document.querySelector('main h1').textContent.startsWith(title)", arg=title)
        settled(page)
        assert page.locator(".ways [aria-current=page]").inner_text() == name
        assert page.title().endswith("Readout")


@pytest.mark.parametrize(
    "collection", ["events", "people", "issues", "statements", "organizations", "places", "discrepancies", "articles"])
def test_a_record_of_every_type_is_shown_and_leads_to_its_json(server, open_page, collection):
    record = server.send("GET", f"/v1/{collection}?limit=1")["data"][0]
    page = open_page(f"{server.address}/#/{collection}/{record['id']}")
    title = page.locator("main h1").inner_text()
    assert title == record["name"] or collection == "articles"
    assert not page.locator("text=undefined").count() and not page.locator("text=[object").count()
    if collection != "issues":
        assert page.get_by_role("link", name="As JSON").get_attribute("href").endswith(f"/v1/{collection}/{record['id']}")


def test_filters_keep_what_the_api_keeps(server, open_page):
    page = open_page(f"{server.address}/")
    everything = server.send("GET", "/v1/events?limit=1")["page"]["total"]
    assert page.locator(".total").inner_text() == f"{everything} events"
    assert page.locator(".event").count() == everything
    page.get_by_label("Kind").select_option("meeting")
    meetings = server.send("GET", "/v1/events?limit=1&kind=meeting")["page"]["total"]
    page.wait_for_function("(n) => document.querySelectorAll('.event').length === n", arg=meetings)
    assert "kind=meeting" in page.url
    page.get_by_label("Words").fill("Munich")
    both = server.send("GET", "/v1/events?limit=1&kind=meeting&q=Munich")["page"]["total"]
    assert 0 < both < meetings
    page.wait_for_function("(n) => document.querySelectorAll('.event').length === n", arg=both)
    assert page.evaluate("document.activeElement.name") == "q"
    # A bookmark of it shows the same.
    again = open_page(page.url)
    again.wait_for_function("(n) => document.querySelectorAll('.event').length === n", arg=both)
    assert again.get_by_label("Words").input_value() == "Munich"
    again.get_by_role("button", name="Clear").click()
    again.wait_for_function("(n) => document.querySelectorAll('.event').length === n", arg=everything)


def test_a_bar_leads_to_what_it_counts(server, open_page):
    page = open_page(f"{server.address}/")
    bar = page.locator(".chart a").first
    name, number = re.fullmatch(r"(.+): (\d+) events?", bar.get_attribute("aria-label")).groups()
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=**")
    page.wait_for_function("() => document.querySelector('.total').textContent !== '66 events'")
    # Whatever may have happened in that month is kept, and so what is known to the year as well.
    assert page.locator(".event").count() >= int(number)


def test_the_chart_reaches_as_far_as_the_list_and_counts_what_it_shows(server, open_page):
    page = open_page(f"{server.address}/", wait=".chart a")
    events = server.send("GET", "/v1/events?limit=100&fields=date")["data"]
    caption = page.locator(".chart figcaption").inner_text()
    first, last = re.match(r"Events by month, from (.+) to (.+?)\.", caption).groups()
    headings = page.locator(".month h2").all_text_contents()
    assert first == headings[0] == "2018"
    assert last == [text for text in headings if not text.startswith("No ")][-1] == "November 2023"
    assert "January 2019" not in page.locator("main").inner_text()
    # Its names below and beside are those of a scale.
    assert page.locator(".axis .below").all_text_contents() == [str(year) for year in range(2018, 2024)]
    levels = [int(text) for text in page.locator(".axis text:not(.below)").all_text_contents()]
    numbers = [int(re.search(r": (\d+) event", bar.get_attribute("aria-label"))[1]) for bar in page.locator(".chart a").all()]
    assert levels[0] == 0 and max(numbers) / 2 < levels[-1] <= max(numbers)
    # Each event of one month is in a bar, and of all others it is said that they are not.
    dates = [event["date"] or {"earliest": None, "latest": None} for event in events]
    placed = [one for one in dates if one["earliest"] and one["latest"] and one["earliest"][:7] == one["latest"][:7]]
    assert sum(numbers) == len(placed)
    assert f"{len(dates) - len(placed)} without a date, or with one longer than a month, stand in the list alone." in caption
    # Within what was asked for it is as fine as that allows.
    page.goto(f"{server.address}/#/timeline?from=2023-06&to=2023-06")
    page.get_by_text("Events by day, in June 2023.").wait_for()


def test_more_than_six_years_of_months_are_named_by_the_year(own_server, open_page):
    own_server.send(
        "POST", "/v1/events", {**BRIEFING, "date": {**BRIEFING["date"], "edtf": "2017-06-10"}},
        Authorization=f"Bearer {own_server.token()}")
    page = open_page(f"{own_server.address}/", wait=".chart a")
    assert "Events by month, from 10 June 2017" in page.locator(".chart figcaption").inner_text()
    assert page.locator(".axis .below").all_text_contents() == [str(year) for year in range(2018, 2024)]


DATES = {
    "2023-06-XX": "June 2023", "2023-02-XX/2023-06-18": "February 2023 – 18 June 2023", "2023-XX-XX": "2023",
    "201X~": "about the 2010s", "2018/202X": "2018 – 2029", "201X/2023": "2010 – 2023", "2018~/..": "since about 2018",
    "2023-21/": "from March 2023", "../2023-06-18?": "until about 18 June 2023", "2023-06-18/2023-06-19": "18 – 19 June 2023",
}


def test_dates_are_told_as_exactly_as_they_are_known(own_server, open_page):
    authorization = f"Bearer {own_server.token()}"
    for number, edtf in enumerate(DATES):
        own_server.send(
            "POST", "/v1/events", {**BRIEFING, "title": f"Dated {number}", "date": {**BRIEFING["date"], "edtf": edtf}},
            Authorization=authorization)
    page = open_page(f"{own_server.address}/", wait=".event")
    for number, told in enumerate(DATES.values()):
        event = page.locator(".event").filter(has=page.get_by_role("link", name=f"Dated {number}", exact=True))
        assert event.locator(".when").text_content() == told


def test_every_fact_is_one_click_from_its_citations(server, open_page):
    page = open_page(f"{server.address}/")
    page.locator(".event .cite").first.click()
    dialog = page.get_by_role("dialog", name="Who reports this")
    dialog.wait_for()
    dialog.locator(".source li").first.wait_for()
    assert re.search(r"Paragraph \d+", dialog.inner_text())
    assert "cite=" in page.url
    # It can be bookmarked, and Esc and a step back leave it.
    again = open_page(page.url)
    again.get_by_role("dialog").locator(".source li").first.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert "cite=" not in page.url
    for view in ["#/issues/taiwan", "#/discrepancies", COMPARISON, "#/search?q=balloon", "#/network"]:
        one = open_page(f"{server.address}/{view}")
        assert one.locator("main .cite").count() > 0, view


def test_both_sides_stand_face_to_face(server, open_page):
    page = open_page(f"{server.address}/#/issues/taiwan")
    sides = page.locator(".face h2").all_inner_texts()
    assert set(sides) == {"China", "United States"}
    boxes = [face.bounding_box() for face in page.locator(".face").all()]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    page.locator(".face").first.locator(".cite").click()
    page.get_by_role("dialog").locator(".source li").first.wait_for()
    asked = server.send("GET", "/v1/issues/taiwan/evidence?limit=100")["data"]
    assert page.get_by_role("dialog").locator(".source li").count() == sum(one["part"] == "positions/0" for one in asked)


def test_two_articles_are_compared(server, open_page):
    page = open_page(f"{server.address}/{COMPARISON}")
    found = server.send("GET", f"/v1/compare?a={ARTICLES[0]}&b={ARTICLES[1]}")
    assert page.locator(".side").nth(1).locator("li").count() == len(found["both"])
    assert page.locator(".ribbons path").count() == len(found["copied"])
    page.get_by_role("button", name="Swap").click()
    page.wait_for_url(f"**a={ARTICLES[1]}**")
    page.wait_for_function("(n) => document.querySelectorAll('.side:first-child li').length === n", arg=len(found["onlyB"]))


def test_the_network_has_what_the_graph_has(server, open_page):
    page = open_page(f"{server.address}/#/network?focus=person:qin-gang&depth=2", wait=".node")
    graph = server.send("GET", "/v1/graph?focus=person:qin-gang&depth=2")
    assert page.locator(".node").count() == len(graph["nodes"])
    assert page.locator(".network line").count() == len(graph["edges"])
    page.locator("summary", has_text="As a list").click()
    assert page.locator("details .facts li").count() == len(graph["nodes"])


COVERED = """() => {
    const frame = document.querySelector('.network').getBoundingClientRect();
    const boxes = [...document.querySelectorAll('.node')].flatMap((node) => [node.querySelector('text'), node.children[1]]
        .map((part) => ({node, name: node.querySelector('title').textContent, box: part.getBoundingClientRect()})));
    const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.filter((one) => one.box.width < 5 || one.box.left < frame.left || one.box.right > frame.right
        || one.box.top < frame.top || one.box.bottom > frame.bottom
        || boxes.some((other) => other.node !== one.node && meets(one.box, other.box))).map(({name}) => name);
}"""


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("focus", ["person:antony-blinken&depth=2", "event:blinken-visit-to-china&depth=1", "issue:taiwan&depth=3"])
def test_every_name_of_the_network_can_be_read(server, open_page, width, focus):
    page = open_page(f"{server.address}/#/network?focus={focus}", wait=".node", viewport={"width": width, "height": 900})
    assert page.locator(".node text").count() == page.locator(".node").count() > 3
    assert page.evaluate(COVERED) == []


def test_search_completes_and_finds(server, open_page):
    page = open_page(f"{server.address}/")
    field = page.get_by_role("combobox", name="Search the coverage")
    page.keyboard.press("/")
    field.press_sequentially("qin")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_url("**#/people/qin-gang")
    field.fill("balloon")
    page.keyboard.press("Enter")
    page.wait_for_url("**#/search?q=balloon")
    page.wait_for_selector("mark")
    assert all(text.lower() == "balloon" for text in page.locator("mark").all_inner_texts())


@pytest.mark.parametrize("hash, said", [
    ("#/evnts/none", "There is no such page"), ("#/events/nobody-knows", "This is not here"),
    ("#/timeline?kind=vist", "This bookmark no longer works"), ("#/timeline?nothing=1", "This bookmark no longer works"),
    ("#/%zz", "There is no such page"), ("#/network?focus=person:nobody", "This"),
    ("#/timeline?cite=nothing", "What the coverage reports"),
])
def test_stale_bookmarks_are_told_in_plain_words(server, open_page, hash, said):
    page = open_page(f"{server.address}/{hash}", expects=["status of 40[04]"])
    assert page.locator("main h1").inner_text().startswith(said)
    if "cite" in hash:
        page.get_by_role("dialog").get_by_text("This bookmark names no record.").wait_for()
    else:
        page.locator("main a").first.click()
        page.wait_for_function("() => !document.querySelector('main h1').textContent.match(/^(There is no|This)/)")


def test_an_unknown_page_leads_back(server, open_page):
    page = open_page(f"{server.address}/some/old/page", expects=["status of 404"])
    assert page.locator("h1").inner_text() == "Nothing is here"
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    page.get_by_role("link", name="the explorer").click()
    page.wait_for_selector(".event")
