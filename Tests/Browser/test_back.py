# SPDX-License-Identifier: Apache-2.0
"""The way back leads to where one was."""

import pytest
from conftest import BRIEFING

# What a reader has before the eyes when choosing it: a title in sight, and how far down it stands.
CHOOSE = """async ({share, next}) => {
    scrollTo(0, share * document.documentElement.scrollHeight);
    const frame = () => new Promise(requestAnimationFrame);
    const sought = () => [...document.querySelectorAll('.event h3 a')].find((one) => one.getBoundingClientRect().top > innerHeight / 3);
    // What comes into sight is laid out in the frames that follow.
    let link;
    for (let still = 0, top; still < 5;) {
        await frame();
        link = sought();
        still = link.getBoundingClientRect().top === top ? still + 1 : 0;
        top = link.getBoundingClientRect().top;
    }
    const chosen = {href: link.getAttribute('href'), top: link.getBoundingClientRect().top, y: scrollY};
    if (next) location.hash = next;
    else link.click();
    return chosen;
}"""
STANDS = """({href, top}) => {
    const link = document.querySelector(`.event h3 a[href="${href}"]`);
    return link && Math.abs(link.getBoundingClientRect().top - top) < 4;
}"""


def leave_and_return(page, share):
    chosen = page.evaluate(CHOOSE, {"share": share})
    assert chosen["y"] > 500
    page.wait_for_selector("main dl.lines")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.wait_for_function(STANDS, arg=chosen)
    return chosen


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, {"width": 390, "height": 844}], ids=["wide", "narrow"])
@pytest.mark.parametrize("slowness", [1, 6])
def test_the_way_back_leads_to_where_one_was(server, open_page, viewport, slowness):
    page = open_page(f"{server.address}/", wait=".event", viewport=viewport)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    leave_and_return(page, 0.3)
    chosen = leave_and_return(page, 0.6)
    # From another page too.
    page.goto(f"{server.address}/docs")
    page.wait_for_selector("main .eyebrow")
    page.go_back()
    page.wait_for_function(STANDS, arg=chosen)
    # Once there, everybody scrolls as they like.
    page.keyboard.press("Shift")
    page.evaluate("scrollTo(0, 100)")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 100


def test_the_way_back_leads_far_down_a_long_list(large_server, open_page):
    page = open_page(f"{large_server.address}/", wait=".event")
    page.wait_for_function("() => document.querySelectorAll('.event').length === 5000", timeout=60000)
    leave_and_return(page, 0.5)


def test_the_way_back_leads_there_within_a_view_too(server, open_page):
    page = open_page(f"{server.address}/", wait=".event")
    all_told = page.locator(".total").text_content()
    chosen = page.evaluate(CHOOSE, {"share": 0.5, "next": "#/timeline?kind=visit"})
    page.wait_for_function("told => document.querySelector('.total').textContent !== told", arg=all_told)
    visit = page.evaluate(CHOOSE, {"share": 0.1, "next": "#/timeline?kind=meeting"})
    page.wait_for_selector(".event[data-kind=visit]", state="detached")
    page.evaluate("scrollTo(0, 0)")
    page.go_back()
    page.wait_for_selector(".event[data-kind=visit]")
    page.wait_for_function(STANDS, arg=visit)
    page.go_back()
    page.wait_for_function(STANDS, arg=chosen)


def test_a_change_meanwhile_does_not_mislead(own_server, open_page):
    page = open_page(f"{own_server.address}/", wait="[data-state=live]")
    page.wait_for_selector(".event")
    chosen = page.evaluate(CHOOSE, {"share": 0.5})
    page.wait_for_selector("main dl.lines")
    # What the way back asks for is held up until a change has come.
    held = []
    page.route("**/v1/events?*", lambda route: held.append(route))
    with page.expect_request("**/v1/events?*"):
        page.go_back()
    own_server.send("POST", "/v1/events", BRIEFING, Authorization=f"Bearer {own_server.token()}")
    page.wait_for_function("() => document.getElementById('announcements').textContent.startsWith('1 change')")
    while held:
        held.pop().continue_()
    page.unroute("**/v1/events?*")
    page.wait_for_function(STANDS, arg=chosen)
    # The keyboard goes on from there.
    page.wait_for_function("() => document.activeElement.matches('main .event a')")
    page.wait_for_function(STANDS, arg=chosen)
    assert page.get_by_role("link", name=BRIEFING["title"]).count() > 0
