"""The page itself: accessible, small, self-contained, closed to other sites, and reconnecting."""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from sinch.sandbox import Sandbox

UNNAMED = """() => [...document.querySelectorAll('button, input, select, textarea, a, summary')]
    .filter((node) => node.checkVisibility())
    .filter((node) => {
        const labels = [...(node.labels ?? [])].map((label) => label.textContent).join('');
        return !(node.getAttribute('aria-label') || labels || node.textContent).trim();
    })
    .map((node) => node.outerHTML)"""
# what Tab should stop at: of radio buttons the checked one, nothing hidden or disabled
REACHABLE = """() => [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((node) => node.checkVisibility({visibilityProperty: true}) && !node.disabled
        && (node.type !== 'radio' || node.checked))
    .map((node, at) => { node.dataset.stop = at; return String(at); })"""
CONTRAST = """() => {
    const rgba = (text) => { const n = text.match(/[\\d.]+/g).map(Number);
        return text.startsWith('color(') ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1]
            : [n[0], n[1], n[2], n[3] ?? 1]; };
    const light = (c) => { const f = c.slice(0, 3).map((v) => { v /= 255;
        return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
    const behind = (node) => { for (let at = node; at; at = at.parentElement) {
        const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] === 1) return c; }
        return [255, 255, 255, 1]; };
    const bad = [];
    for (const node of document.querySelectorAll('body *')) {
        const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
        if (!own || !node.checkVisibility() || node.closest('.sr-only, :disabled')) continue;
        const a = light(rgba(getComputedStyle(node).color)), b = light(behind(node));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) bad.push(`${ratio.toFixed(2)} ${node.className} ${node.textContent}`);
    }
    return bad;
}"""


def with_a_call(page: Page, sinch: Any) -> None:
    sinch.sms("+46700000099", "Hello").send()
    sinch.verification("+46700000099").initiate("sms")
    page.get_by_role("button", name="Call the app").click()
    expect(page.locator("#entries [data-kind=heard]")).to_have_count(2)
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")


def test_every_control_has_a_name_and_ids_are_unique(page: Page, sinch: Any) -> None:
    with_a_call(page, sinch)
    assert page.evaluate(UNNAMED) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("h1").count() == 1
    for role in ("main", "banner", "navigation", "log"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")


def test_tab_reaches_every_control(page: Page, sinch: Any) -> None:
    with_a_call(page, sinch)
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(page: Page, sinch: Any, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    with_a_call(page, sinch)
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [360, 768, 1200])
def test_nothing_sticks_out_sideways(page: Page, sinch: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    with_a_call(page, sinch)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_small_and_comes_with_a_strict_policy(page: Page, sandbox: Sandbox) -> None:
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    files = {f"{sandbox.url}/", *(name for name in names if "/page/" in name)}
    assert len(files) >= 5
    answers = [requests.get(name, timeout=5) for name in files]
    assert sum(len(answer.content) for answer in answers) < 100_000
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
    page.get_by_role("button", name="Call the app").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    with Sandbox(port=port):
        expect(page.locator("#link-text")).to_have_text("Live", timeout=15000)
