# SPDX-License-Identifier: Apache-2.0
"""The reference of the API."""

import re
import subprocess

from conftest import ROOT


def test_every_operation_is_told(server, open_page):
    page = open_page(f"{server.address}/docs", wait="#contents a")
    document = server.send("GET", "/openapi.json")
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert page.locator("#contents .method").count() == len(operations)
    for operation in operations[:: max(1, len(operations) // 12)]:
        page.goto(f"{server.address}/docs#/{operation['operationId']}")
        page.wait_for_function("title => document.querySelector('h1').textContent === title", arg=operation["summary"])
        assert page.locator(".said > section .members > div").count() >= len(operation.get("parameters", []))
        assert not page.locator("text=undefined").count() and not page.locator("text=[object").count()
    # By their bare names too, as one types them.
    page.goto(f"{server.address}/docs#/EventList")
    page.get_by_role("heading", name="EventList", exact=True).wait_for()
    for name in ["Event", "Problem", "EventInput"]:
        page.goto(f"{server.address}/docs#/schemas/{name}")
        page.wait_for_function("title => document.querySelector('h1').textContent === title", arg=name)
        assert page.locator(".members dt").count() > 2


def test_the_search_finds_by_parameter_and_path(server, open_page):
    page = open_page(f"{server.address}/docs", wait="#contents a")
    page.get_by_role("searchbox").fill("asReportedBy")
    page.wait_for_function("() => document.querySelectorAll('#contents li:not([hidden])').length < 10")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.length > 2")
    page.get_by_role("searchbox").fill("no such thing at all")
    page.get_by_text("Nothing is called that.").wait_for()


def test_try_it_asks_the_real_server_and_the_curl_line_does_the_same(server, open_page):
    page = open_page(f"{server.address}/docs#/listEvents?kind=visit", wait=".try", expects=["status of 400"])
    page.get_by_label("limit", exact=True).fill("2")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector(".outcome")
    assert page.locator(".outcome").inner_text().startswith("200")
    assert '"kind": "visit"' in page.locator(".result .body").inner_text()
    line = page.locator(".curl").inner_text()
    assert "kind=visit" in line and "limit=2" in line
    answer = subprocess.run(["sh", "-c", line.replace("curl -i", "curl -s")], capture_output=True, text=True, check=True)
    assert answer.stdout == page.request.get(f"{server.address}/v1/events?kind=visit&limit=2").text()
    page.get_by_label("limit", exact=True).fill("none")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("400 Bad Request").wait_for()
    assert "invalid-parameter" in page.locator(".result .body").inner_text()


def test_a_change_is_made_with_a_token(own_server, open_page):
    page = open_page(f"{own_server.address}/docs#/createEvent", wait=".try", expects=["status of 401"])
    # The line says where the token goes, and stays whole: nobody's terminal mends a word that was broken.
    line = page.locator(".curl").inner_text()
    assert '-H "Authorization: Bearer $TOKEN"' in line and all(text.endswith("\\") for text in re.findall(r"^(?:curl|  -H).*$", line, re.M))
    page.get_by_role("button", name="Send").click()
    page.get_by_text("401 Unauthorized").wait_for()
    page.get_by_label("Token").fill(own_server.token())
    page.get_by_role("button", name="Send").click()
    page.get_by_text("201 Created").wait_for()
    assert own_server.send("GET", "/v1/events/briefing-at-the-airport")["type"] == "event"
    assert "readout_" not in page.locator(".curl").inner_text()


def test_a_stream_is_shown_as_it_comes_and_can_be_stopped(server, open_page):
    page = open_page(f"{server.address}/docs#/listChanges", wait=".try")
    page.locator("#try-accept").select_option("text/event-stream")
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("() => document.querySelector('.result .body')?.textContent.includes('retry:')")
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped.").wait_for()


def test_an_old_link_is_told(server, open_page):
    page = open_page(f"{server.address}/docs#/noSuchOperation", wait="#contents a")
    assert page.locator("h1").inner_text() == "There is no such page"


# A heading that was led to: in sight, not under the header, and near it unless the page ends there.
STANDS_BELOW_HEADER = """(id) => {
    const top = document.getElementById(id)?.getBoundingClientRect().top;
    const isEnd = scrollY + innerHeight > document.documentElement.scrollHeight - 2;
    return top >= document.querySelector('.top').getBoundingClientRect().bottom && top < (isEnd ? innerHeight : 300);
}"""


def test_the_guides_are_read_here(server, open_page):
    page = open_page(f"{server.address}/docs", wait="#contents a")
    page.locator("main").get_by_role("link", name="Live updates").click()
    heading = page.get_by_role("heading", name="Live updates", exact=True)
    heading.wait_for()
    page.wait_for_function(STANDS_BELOW_HEADER, arg="live-updates")
    assert page.evaluate("document.activeElement.id") == "live-updates"
    guide = (ROOT / "docs/for-front-ends.md").read_text()
    assert page.locator(".guide h2").all_inner_texts() == re.findall(r"^## (.*)$", guide, re.M)
    assert page.locator(".guide pre").count() == guide.count("\n```") / 2
    stressed = [text for text in re.split(r"```.*?```|`[^`]*`", guide, flags=re.S) for text in re.findall(r"\*(\w+)\*", text)]
    assert page.locator(".guide em").all_inner_texts() == stressed and stressed
    # Each heading that the introduction names is there.
    page.goto(f"{server.address}/docs#/")
    parts = page.locator(".parts a")
    parts.first.wait_for()
    for target in [part.get_attribute("href") for part in parts.all()]:
        page.goto(f"{server.address}/docs{target}")
        page.wait_for_function(STANDS_BELOW_HEADER, arg=target.rsplit("/")[-1])
    # One leads to the other.
    page.goto(f"{server.address}/docs#/guides/for-front-ends")
    page.get_by_role("link", name="writing.md").click()
    page.get_by_role("heading", name="For editors").wait_for()
    page.locator(".guide pre").first.wait_for()


def test_the_way_back_leads_to_the_place_in_a_guide(server, open_page):
    page = open_page(f"{server.address}/docs#/guides/writing", wait=".guide pre")
    page.evaluate("scrollTo(0, 3000)")
    page.evaluate("location.hash = '#/'")
    page.wait_for_selector(".parts a")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.wait_for_function("() => Math.abs(scrollY - 3000) < 4")
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_function("() => Math.abs(scrollY - 3000) < 4")
