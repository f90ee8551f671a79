"""SMS, verifications, faults, the clock and callback URLs in the browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sinch import VerificationMethod
from sinch.errors import OutcomeUnknown, SinchError

NUMBER = "+46700000099"


def test_sms_out_and_in(page: Page, sinch: Any, ivr: Any) -> None:
    sinch.sms(NUMBER, "Your table <b>is</b> ready.").send()
    expect(page.locator("#outbox")).to_contain_text("Your table <b>is</b> ready.")
    page.get_by_role("button", name=f"Fail: SMS to {NUMBER}").click()
    expect(page.locator("#outbox")).to_contain_text("Faulted")

    page.get_by_label("Text").fill("STOP")
    page.get_by_role("button", name="Send SMS to the app").click()

    expect(page.locator("#inbox")).to_contain_text("STOP")
    expect(page.locator("#inbox")).to_contain_text("The app has it")
    expect(page.get_by_label("Text")).to_have_value("")
    assert ivr.texts == ["STOP"]


def test_the_code_of_a_verification_is_shown_until_it_was_used(page: Page, sinch: Any) -> None:
    started = sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
    secret = page.locator("#pending .secret")
    expect(secret).to_have_text(re.compile(r"^\d{4,}$"))
    code = secret.inner_text()
    sinch.verification(id=started.id, code=code).report(VerificationMethod.SMS)
    expect(page.locator("#no-pending")).to_be_visible()
    expect(page.locator("#settled")).to_contain_text("SUCCESSFUL")

    sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
    page.get_by_role("button", name=f"Deny the verification of {NUMBER}").click()
    expect(page.locator("#settled")).to_contain_text("DENIED, Fraud")


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
    expect(page.locator("#outbox")).to_contain_text("found")
    page.locator("label", has=page.get_by_role("switch", name="Late")).click()
    expect(page.locator("#count-faults")).to_have_text("1")
    page.get_by_role("button", name="Switch all off").click()
    expect(page.get_by_role("switch", name="Late")).not_to_be_checked()


def test_an_answer_is_lost(page: Page, sinch: Any) -> None:
    page.locator("label", has=page.get_by_role("switch", name="the answer is lost")).click()
    expect(page.locator("#note-lost-response")).to_contain_text("on")
    with pytest.raises(OutcomeUnknown):
        sinch.sms(NUMBER, "sent all the same").send()
    expect(page.locator("#outbox")).to_contain_text("sent all the same")
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
    expect(page.locator("#outbox")).to_contain_text("gone")
    page.get_by_role("button", name="Forget everything…").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#outbox")).to_contain_text("gone")
    page.get_by_role("button", name="Forget everything…").click()
    page.get_by_role("button", name="Forget", exact=True).click()
    expect(page.locator("#no-outbox")).to_be_visible()
