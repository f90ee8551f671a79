"""SMS as conversations, and verifications with their codes, in the browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from sinch import VerificationMethod

NUMBER, OTHER = "+46700000099", "+46700000098"


def test_sms_in_both_directions_are_one_conversation(page: Page, sinch: Any, ivr: Any) -> None:
    bubbles = page.locator("#bubbles > li")
    sinch.sms(NUMBER, "Your table <b>is</b> ready.").send()
    expect(bubbles).to_contain_text("Your table <b>is</b> ready.")
    page.get_by_role("button", name=f"Fail the SMS to {NUMBER}").click()
    expect(bubbles).to_contain_text("Faulted")

    # who answers is the phone that was written to
    expect(page.get_by_label("From phone")).to_have_value(NUMBER)
    page.get_by_label("Text", exact=True).fill("STOP")
    page.get_by_role("button", name="Send SMS to the app").click()

    expect(bubbles).to_have_count(2)
    expect(bubbles.nth(1)).to_contain_text("STOP")
    expect(bubbles.nth(1)).to_contain_text("The app has it")
    expect(page.get_by_label("Text", exact=True)).to_have_value("")
    assert ivr.texts == ["STOP"]


def test_a_batch_reaches_phones_and_they_answer(page: Page, sinch: Any, ivr: Any) -> None:
    """Over the SMS REST API: each recipient has its message, and what it answers is an event of that API."""
    sent = sinch.messages([NUMBER, OTHER], "Hello ${name}").with_sender("Acme")
    sent = sent.with_parameters({"name": {NUMBER: "Ada", "default": "there"}})
    sent.with_delivery_report("per_recipient_final").send()
    page.locator("#threads").get_by_role("button", name=NUMBER).click()
    bubbles = page.locator("#bubbles > li")
    expect(bubbles).to_contain_text("Hello Ada")
    expect(bubbles).to_contain_text("App as Acme, SMS REST")
    expect(bubbles).to_contain_text("Successful")

    page.get_by_label("From phone").fill(NUMBER)
    page.get_by_label("Text", exact=True).fill("STOP")
    page.get_by_role("button", name="Send SMS to the app").click()
    expect(bubbles.nth(1)).to_contain_text("The app has it")
    assert (ivr.texts, sorted(ivr.reports)) == (["STOP"], ["Delivered", "Delivered"])

    page.get_by_label("The app gets it by").select_option("classic SMS")
    page.get_by_label("Text", exact=True).fill("STOP, please")
    page.get_by_role("button", name="Send SMS to the app").click()
    expect(bubbles.nth(2)).to_contain_text("The app has it")

    page.get_by_role("link", name="Traffic", exact=True).click()
    for event in (
        "recipient_delivery_report_sms",
        "mo_text",
        "incomingSms",
        "POST /xms/v1/demo/batches",
    ):
        expect(page.locator("#exchanges")).to_contain_text(event)
    page.get_by_role("link", name="App", exact=True).click()
    expect(page.get_by_label("SMS REST: reports, incoming")).not_to_have_value("")


def test_a_batch_that_waits_is_the_next_timer(page: Page, sinch: Any) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    sinch.messages([NUMBER], "See you tomorrow").at(later).send()
    page.get_by_role("link", name="App", exact=True).click()
    expect(page.locator("#clock-note")).to_contain_text("next timer in")
    page.get_by_role("button", name="To next timer").click()
    page.get_by_role("link", name="Phone", exact=True).click()
    expect(page.locator("#bubbles > li")).to_contain_text("See you tomorrow")


def test_a_message_of_a_batch_can_be_failed(page: Page, sinch: Any, sandbox: Any) -> None:
    sandbox.set_outcome(NUMBER, "Dispatched")
    batch = sinch.messages([NUMBER], "Hello").send()
    page.get_by_role("button", name=f"Fail the SMS to {NUMBER}").click()
    expect(page.locator("#bubbles > li")).to_contain_text("Faulted")
    assert str(sinch.messages.report(batch.id, NUMBER).status) == "Failed"


def test_each_phone_has_a_conversation_of_its_own(page: Page, sinch: Any) -> None:
    sinch.sms(NUMBER, "for the first").send()
    sinch.sms(OTHER, "for the second").send()
    title = page.locator("#thread-title")
    expect(title).to_have_text(f"With {OTHER}")
    page.locator("#threads").get_by_role("button", name=NUMBER).click()
    expect(title).to_have_text(f"With {NUMBER}")
    expect(page.locator("#bubbles > li")).to_have_count(1)
    sinch.sms(OTHER, "news elsewhere").send()
    expect(page.locator("#threads > li").first).to_contain_text("news elsewhere")
    expect(title).to_have_text(f"With {NUMBER}")


def test_the_code_of_a_verification_is_at_the_top_until_it_was_used(page: Page, sinch: Any) -> None:
    started = sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
    secret = page.locator("#pending .secret")
    expect(secret).to_have_text(re.compile(r"^\d{4,}$"))
    for view in ("Traffic", "App", "Phone"):
        page.get_by_role("link", name=view, exact=True).click()
        expect(secret).to_be_in_viewport()
    sinch.verification(id=started.id, code=secret.inner_text()).report(VerificationMethod.SMS)
    expect(page.locator("#codes")).to_be_hidden()
    expect(page.locator("#settled")).to_contain_text("SUCCESSFUL")

    sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
    page.get_by_role("button", name=f"Deny the verification of {NUMBER}").click()
    expect(page.locator("#settled")).to_contain_text("DENIED, Fraud")
