"""The app's view: faults, the clock, callback URLs, and forgetting everything."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sinch.errors import OutcomeUnknown, SinchError

NUMBER = "+46700000099"


@pytest.fixture
def page(page: Page) -> Page:
    page.get_by_role("link", name="App", exact=True).click()
    return page


def test_a_fault_is_switched_on_and_off(page: Page, sinch: Any) -> None:
    switch = page.get_by_role("switch", name="Server error (500)")
    page.locator("#fault-match").fill("/sms")
    page.locator("label", has=switch).click()
    expect(page.locator("#note-server-error")).to_contain_text("only “/sms”")
    with pytest.raises(SinchError):
        sinch.sms(NUMBER, "lost").send()
    expect(page.locator("#note-server-error")).to_contain_text(re.compile("hit (once|\\d+ times)"))

    page.locator("label", has=switch).click()

    expect(switch).not_to_be_checked()
    sinch.sms(NUMBER, "found").send()
    expect(page.locator("#bubbles")).to_contain_text("found")
    page.locator("label", has=page.get_by_role("switch", name="Late")).click()
    expect(page.locator("#count-faults")).to_have_text("1")
    page.get_by_role("button", name="Switch all off").click()
    expect(page.get_by_role("switch", name="Late")).not_to_be_checked()


def test_an_answer_is_lost(page: Page, sinch: Any) -> None:
    page.locator("label", has=page.get_by_role("switch", name="the answer is lost")).click()
    expect(page.locator("#note-lost-response")).to_contain_text("on")
    with pytest.raises(OutcomeUnknown):
        sinch.sms(NUMBER, "sent all the same").send()
    expect(page.locator("#bubbles")).to_contain_text("sent all the same")
    expect(page.locator("#note-lost-response")).to_contain_text("hit once")


def test_a_callback_url_that_is_never_called(page: Page) -> None:
    page.locator("#url-sms").fill("http://app.example.com/sinch")
    page.get_by_role("button", name="Save URLs").click()
    warning = page.locator("#url-warnings")
    expect(warning).to_contain_text("--allow-callback-host app.example.com")
    page.locator("#url-sms").fill("")
    page.get_by_role("button", name="Save URLs").click()
    expect(warning).to_be_hidden()


def test_the_clock_moves_on(page: Page) -> None:
    page.get_by_role("button", name="+10 min").click()
    expect(page.locator("#clock-note")).to_contain_text("10:00 ahead of the real time")
    page.get_by_label("Seconds to advance").fill("60")
    page.get_by_role("button", name="Advance", exact=True).click()
    expect(page.locator("#clock-note")).to_contain_text("11:00 ahead")


def test_callback_urls_are_shown_and_saved(page: Page, sandbox: Any) -> None:
    voice = page.get_by_label("Voice", exact=True)
    expect(voice).to_have_value(re.compile(r"^http://127\.0\.0\.1:\d+/sinch$"))
    page.get_by_role("textbox", name="SMS", exact=True).fill("http://127.0.0.1:9/other")
    page.get_by_role("button", name="Save URLs").click()
    expect(page.locator("#announcer")).to_have_text("Callback URLs saved.")
    shown = page.request.get(f"{sandbox.url}/_sandbox/callbacks").json()
    assert shown["sms"] == "http://127.0.0.1:9/other"


def test_forgetting_everything_asks_first(page: Page, sinch: Any) -> None:
    sinch.sms(NUMBER, "gone").send()
    expect(page.locator("#bubbles")).to_contain_text("gone")
    page.get_by_role("button", name="Forget everything…").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#bubbles")).to_contain_text("gone")
    page.get_by_role("button", name="Forget everything…").click()
    page.get_by_role("button", name="Forget", exact=True).click()
    page.get_by_role("link", name="Phone", exact=True).click()
    expect(page.locator("#no-threads")).to_be_visible()
