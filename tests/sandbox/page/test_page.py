"""The page itself: accessible, small, self-contained, closed to other sites, and reconnecting."""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sinch.sandbox import Sandbox

#: Rules that axe leaves out by itself, being newer than most pages.
EXTRA = ("label-content-name-mismatch", "target-size")
# what Tab should stop at: of radio buttons the checked one, nothing hidden or disabled
REACHABLE = """() => [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((node) => node.checkVisibility({visibilityProperty: true}) && !node.disabled
        && (node.type !== 'radio' || node.checked))
    .map((node, at) => { node.dataset.stop = at; return String(at); })"""

VIEWS = ("Phone", "Traffic", "App")


def with_a_call(page: Page, sinch: Any) -> None:
    sinch.sms("+46700000099", "Hello").send()
    sinch.verification("+46700000099").initiate("sms")
    page.get_by_role("button", name="Call the app").click()
    expect(page.locator("#entries [data-kind=heard]")).to_have_count(2)
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")


def go_to(page: Page, view: str) -> None:
    link = page.get_by_role("link", name=view, exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")


def violations(page: Page) -> list[str]:
    """What axe finds, each with the element."""
    found = Axe().run(page, options={"rules": {name: {"enabled": True} for name in EXTRA}})
    return [
        f"{rule['id']} ({rule['help']}): {node['html']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing(page: Page, sinch: Any, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    with_a_call(page, sinch)
    for view in VIEWS:
        go_to(page, view)
        assert violations(page) == [], view


def test_axe_does_find_what_is_wrong(page: Page) -> None:
    page.evaluate(
        """() => {
            document.querySelector('#call-button').textContent = '';
            const outside = document.createElement('p');
            outside.textContent = 'outside of all landmarks';
            document.body.prepend(outside);
        }"""
    )
    found = " ".join(violations(page))
    assert "button-name" in found
    assert "region" in found


def test_one_view_at_a_time_and_an_address_for_every_part(page: Page, sandbox: Sandbox) -> None:
    shown = page.locator(".view:visible")
    for view in VIEWS:
        go_to(page, view)
        expect(shown).to_have_id(f"view-{view.lower()}")
    page.goto(f"{sandbox.url}/#faults")
    expect(page.locator("#faults")).to_be_focused()
    expect(shown).to_have_id("view-app")
    page.go_back()
    expect(page.locator("#app")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1440])
def test_calls_faults_and_time_are_a_few_keys_away(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    parts = {"Calls": "calls", "SMS": "messages", "Faults": "faults", "Sandbox time": "clock"}
    for link, part in parts.items():
        go_to(page, "Traffic")
        page.locator(".skip").focus()
        for _ in range(8):
            page.keyboard.press("Tab")
            if link in page.evaluate("document.activeElement.textContent"):
                break
        page.keyboard.press("Enter")
        expect(page.locator(f"#{part}")).to_be_focused()
        expect(page.locator(f"#{part}")).to_be_in_viewport()


def test_on_a_phone_the_call_comes_first(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_role("button", name="Call the app")).to_be_in_viewport()
    page.get_by_role("button", name="Call the app").click()
    expect(page.locator("#screen-heard")).to_contain_text("For the party line, press 2.")
    for part in ("#screen-title", "#hang-up", "[data-digit='#']"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("view", VIEWS)
def test_tab_reaches_every_control(page: Page, sinch: Any, view: str) -> None:
    with_a_call(page, sinch)
    go_to(page, view)
    expected = page.evaluate(REACHABLE)
    page.evaluate("document.activeElement.blur()")
    page.locator(".skip").focus()
    seen = [page.evaluate("document.activeElement.dataset.stop")]
    for _ in range(len(expected) + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.dataset.stop ?? null")
        if stop is None and page.evaluate("document.activeElement === document.body"):
            break
        seen.append(stop)
    missed = set(expected) - set(seen)
    assert [page.locator(f"[data-stop='{at}']").evaluate("n => n.outerHTML") for at in missed] == []


def test_nothing_sticks_out_sideways(page: Page, sinch: Any) -> None:
    with_a_call(page, sinch)
    for width in (360, 768, 1200):
        page.set_viewport_size({"width": width, "height": 740})
        for view in VIEWS:
            go_to(page, view)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_it_is_small_and_comes_with_a_strict_policy(page: Page, sandbox: Sandbox) -> None:
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    files = {f"{sandbox.url}/", *(name for name in names if "/page/" in name)}
    assert len(files) >= 5
    answers = [requests.get(name, timeout=5) for name in files]
    assert sum(len(answer.content) for answer in answers) < 160_000
    policy = answers[0].headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_another_site_in_the_same_browser_is_refused(context: Any, sandbox: Sandbox) -> None:
    class Evil(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>evil</title>")

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Evil) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        with page.expect_response("**/_sandbox/calls") as got:
            page.evaluate(
                """(url) => fetch(url, {method: 'POST', mode: 'no-cors', body:
                    JSON.stringify({from: '+46700000002', to: '+46700000001'})})
                    .catch(() => null)""",
                f"{sandbox.url}/_sandbox/calls",
            )
        assert got.value.status == 403
        server.shutdown()
    assert requests.get(f"{sandbox.url}/_sandbox/calls", timeout=5).json() == {"calls": []}


def test_a_sandbox_that_went_away_is_found_again(context: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = context.new_page()
    with Sandbox(port=port) as first:
        page.goto(f"{first.url}/")
        expect(page.locator("#link-text")).to_have_text("Live")
    expect(page.locator("#link-text")).to_have_text("Reconnecting…")
    stopped = page.locator("#now").inner_text()
    page.get_by_role("button", name="Call the app").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    page.wait_for_timeout(1100)
    assert page.locator("#now").inner_text() == stopped, "nobody knows the time now"
    with Sandbox(port=port):
        expect(page.locator("#link-text")).to_have_text("Live", timeout=15000)
