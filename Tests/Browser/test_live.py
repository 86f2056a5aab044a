# SPDX-License-Identifier: Apache-2.0
"""What happens on the server while somebody looks, and when it goes away."""

import re

import proxy
from conftest import BRIEFING, settled

GONE = ["Failed to load resource", "ERR_", "net::"]


def test_a_write_appears_live(own_server, open_page):
    page = open_page(f"{own_server.address}/", wait="[data-state=live]")
    page.wait_for_selector(".event")
    page.locator(".event h3").nth(3).scroll_into_view_if_needed()
    authorization = f"Bearer {own_server.token()}"
    own_server.send("POST", "/v1/events", BRIEFING, Authorization=authorization)
    page.get_by_role("link", name="Briefing on the tarmac").first.wait_for()
    assert page.locator(".event.touched h3").text_content() == "Briefing on the tarmac"
    record = open_page(
        f"{own_server.address}/#/events/briefing-on-the-tarmac", wait="[data-state=live]", expects=["status of 4(04|10)"])
    own_server.send(
        "PATCH", "/v1/events/briefing-on-the-tarmac", {"title": "Briefing under the wing"}, Authorization=authorization,
        If_Match="*", Content_Type="application/merge-patch+json")
    record.get_by_role("heading", name="Briefing under the wing").wait_for()
    page.get_by_role("link", name="Briefing under the wing").first.wait_for()
    own_server.send("DELETE", "/v1/events/briefing-on-the-tarmac", Authorization=authorization, If_Match="*")
    record.get_by_role("heading", name="This was deleted").wait_for()
    page.get_by_role("link", name="Briefing under the wing").first.wait_for(state="detached")


def test_a_server_that_goes_away_is_waited_for(own_server, open_page):
    page = open_page(f"{own_server.address}/", wait="[data-state=live]", expects=GONE)
    page.wait_for_selector(".event")
    token = own_server.token()
    own_server.kill()
    page.get_by_text("The server does not answer at the moment").wait_for()
    # What was there stays, and what is asked for meanwhile is shown in the end.
    assert page.locator(".event").count() == 66
    page.get_by_label("Kind").select_option("visit")
    page.wait_for_timeout(300)
    own_server.start()
    own_server.send("POST", "/v1/events", BRIEFING | {"kind": "visit"}, Authorization=f"Bearer {token}")
    page.wait_for_function("() => document.querySelectorAll('.event').length === 5", timeout=30000)
    page.wait_for_selector("[data-state=live]")
    page.wait_for_selector("#away", state="hidden")
    page.get_by_role("link", name="Briefing on the tarmac").first.wait_for()


def test_a_view_that_was_never_open_is_waited_for(own_server, open_page):
    page = open_page(f"{own_server.address}/", wait="[data-state=live]", expects=GONE)
    page.wait_for_selector(".event")
    own_server.kill()
    page.get_by_text("The server does not answer at the moment").wait_for()
    # Its script is still to be fetched.
    page.get_by_role("link", name="Network", exact=True).click()
    page.wait_for_timeout(300)
    own_server.start()
    page.wait_for_selector(".node", timeout=30000)
    assert page.locator("main h1").inner_text().startswith("Around ")
    page.wait_for_selector("#away", state="hidden")


def test_what_is_deleted_while_somebody_looks_is_said(own_server, open_page):
    authorization = f"Bearer {own_server.token()}"
    own_server.send("POST", "/v1/events", BRIEFING, Authorization=authorization)
    page = open_page(
        f"{own_server.address}/#/network?focus=event:briefing-on-the-tarmac", wait="[data-state=live]", expects=["status of 4(00|04|10)"])
    page.get_by_role("heading", name="Around Briefing on the tarmac").wait_for()
    own_server.send("DELETE", "/v1/events/briefing-on-the-tarmac", Authorization=authorization, If_Match="*")
    page.get_by_role("heading", name=re.compile("^This ")).wait_for()
    page.locator("main a").first.click()
    page.wait_for_selector(".node, .event")


def test_the_reference_waits_too(own_server, open_page):
    page = open_page(f"{own_server.address}/docs#/listEvents", wait=".try", expects=GONE)
    own_server.kill()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("The server does not answer. Trying again.").wait_for()
    own_server.start()
    page.wait_for_selector(".outcome[data-fine=true]", timeout=30000)


def test_everything_works_behind_a_path_prefix(server, open_page):
    front = proxy.start(server.port, "/some/prefix")
    try:
        home = f"http://127.0.0.1:{front.server_port}/some/prefix"
        page = open_page(f"{home}/", wait=".event")
        page.wait_for_selector("[data-state=live]")
        page.get_by_role("link", name="Network", exact=True).click()
        page.wait_for_selector(".node")
        page.get_by_role("link", name="API reference").click()
        page.wait_for_url(f"{home}/docs")
        page.goto(f"{home}/docs#/listEvents")
        page.get_by_role("button", name="Send").click()
        page.wait_for_selector(".outcome[data-fine=true]")
        assert f"{home}/v1/events" in page.locator(".curl").inner_text()
        page.get_by_role("link", name="Readout", exact=True).click()
        settled(page, ".event")
    finally:
        front.shutdown()


def test_a_token_is_asked_for_where_reading_takes_one(tmp_path, open_page):
    from conftest import served

    for locked in served(tmp_path, "--require-token-for-reading"):
        page = open_page(f"{locked.address}/", expects=["status of 401"])
        page.get_by_role("heading", name="This server asks for a token").wait_for()
        page.get_by_label("Token").fill(locked.token())
        page.get_by_role("button", name="Read with it").click()
        page.wait_for_selector(".event")
        # Before its server, which it would ask for changes in vain.
        page.close()
