"""The traffic view: found, judged, sent again, changed, copied; and events of one's choice."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

NUMBER = "+46700000099"


@pytest.fixture
def page(page: Page) -> Page:
    page.get_by_role("link", name="Traffic", exact=True).click()
    return page


def call(sandbox: Any, caller: str = "+46700000002") -> str:
    body = {"from": caller, "to": "+46700000001"}
    answer = requests.post(f"{sandbox.url}/_sandbox/calls", json=body, timeout=5)
    return str(answer.json()["callId"])


def rows(page: Page) -> Any:
    return page.locator("#exchanges > li")


def test_found_by_text_by_call_by_kind_and_by_what_went_wrong(
    page: Page, sandbox: Any, sinch: Any
) -> None:
    first = call(sandbox)
    call(sandbox, "+46700000003")
    sinch.sms(NUMBER, "needle").send()
    sinch.calls(first).get()
    requests.get(f"{sandbox.url}/v1/sms/1", timeout=5)
    expect(rows(page)).to_have_count(5)

    page.get_by_label("Search").fill("NEEDLE")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#count-traffic")).to_have_text("1 of 5")
    page.get_by_label("Search").fill("")

    page.locator("#traffic-call").select_option(first)
    expect(rows(page)).to_have_count(2)
    expect(rows(page).nth(0)).to_contain_text(f"/calls/id/{first}")
    expect(rows(page).nth(1)).to_contain_text("ICE")
    page.locator("#traffic-call").select_option("")

    page.get_by_label("Kind").select_option("callback")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("Kind").select_option("")

    page.get_by_label("Only what went wrong").check()
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("40100 The Authorization header is missing.")


def test_verdict_and_answer_side_by_side(page: Page, sandbox: Any) -> None:
    call(sandbox)
    rows(page).get_by_role("button").click()
    expect(page.locator("#exchange")).to_be_focused()
    expect(page.locator("#verdict")).to_contain_text("answer, setCookie, say, runMenu")
    expect(page.locator("#exchange-answer")).to_contain_text('"mainMenu": "main"')
    expect(page.locator("#exchange-sent")).to_contain_text('"event": "ice"')
    boxes = [page.locator(part).bounding_box() for part in ("#verdict", "#exchange-answer")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_resend_and_edit_and_resend(page: Page, sandbox: Any, ivr: Any) -> None:
    call(sandbox)
    rows(page).get_by_role("button").click()
    ivr.greeting = "Changed since."
    page.get_by_role("button", name="Resend", exact=True).click()
    expect(rows(page)).to_have_count(2)
    expect(page.locator("#exchange-answer")).to_contain_text("Changed since.")
    expect(rows(page).first).to_contain_text("sent again")

    page.get_by_role("button", name="Edit and resend").click()
    form = page.locator("#edit-form")
    form.get_by_label("Body").fill("{no json")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("The body is no JSON")
    form.get_by_label("Body").fill(
        json.dumps({"event": "ice", "callid": "mine", "cli": "46700000077"})
    )
    form.get_by_label("Signature").select_option("wrong")
    form.get_by_role("button", name="Send").click()
    expect(page.locator("#verdict")).to_contain_text("refused the forged callback with 401")
    expect(page.locator("#exchange-sent")).to_contain_text("46700000077")
    expect(form).to_be_hidden()


def test_a_request_is_carried_out_again(page: Page, sandbox: Any, sinch: Any) -> None:
    sinch.sms(NUMBER, "once").send()
    rows(page).get_by_role("button").click()
    page.get_by_role("button", name="Edit and resend").click()
    form = page.locator("#edit-form")
    expect(form.get_by_label("Signature")).to_be_hidden()
    form.get_by_label("Body").fill('{"message": "twice"}')
    form.get_by_role("button", name="Send").click()
    expect(rows(page)).to_have_count(2)
    page.get_by_role("link", name="SMS").click()
    expect(page.locator("#bubbles > li")).to_have_count(2)
    expect(page.locator("#bubbles > li").last).to_contain_text("twice")


def test_copied_as_curl_and_as_a_pytest(context: Any, page: Page, sandbox: Any, sinch: Any) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sinch.sms(NUMBER, "Hello").send()
    rows(page).get_by_role("button").click()
    for button, expected in (
        ("Copy as curl", f"curl -i -X POST {sandbox.url}/messaging/v1/sms/"),
        ("Copy as a pytest", "def test_post_messaging_v1_sms_46700000099() -> None:"),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.locator("#announcer")).to_contain_text("copied")
        assert expected in page.evaluate("navigator.clipboard.readText()")
        page.evaluate("document.querySelector('#announcer').textContent = ''")


def test_where_nothing_may_be_copied_that_is_said_in_our_words(page: Page, sandbox: Any) -> None:
    call(sandbox)
    rows(page).get_by_role("button").click()
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('theirs')); }"
    )
    page.get_by_role("button", name="Copy as curl").click()
    expect(page.get_by_role("alert")).to_contain_text("does not let this page copy")


def test_an_event_of_ones_choice(page: Page, ivr: Any) -> None:
    form = page.locator("#trigger-form")
    form.get_by_label("Event").select_option("incomingSms")
    expect(form.get_by_label("Body")).to_have_value(re.compile('"message": "STOP"'))
    form.get_by_role("button", name="Send the event").click()
    expect(page.locator("#verdict")).to_contain_text("the app has it")
    expect(page.locator("#exchange-title")).to_have_text("incomingSms")
    assert ivr.texts == ["STOP"]

    form.get_by_label("Event").select_option("ice")
    form.get_by_label("Signature").select_option("missing")
    form.get_by_role("button", name="Send the event").click()
    expect(page.locator("#verdict")).to_contain_text("as it should")


def test_traffic_is_text_never_markup(page: Page, sandbox: Any, ivr: Any) -> None:
    evil = "<img src=x onerror=alert(1)>"
    ivr.greeting = evil
    call(sandbox)
    requests.get(f"{sandbox.url}/v1/{evil}", headers={"User-Agent": evil}, timeout=5)
    expect(rows(page)).to_have_count(2)
    for row in rows(page).all():
        row.get_by_role("button").click()
        expect(page.locator("#exchange-body")).to_contain_text("onerror")
    assert page.locator("#view-traffic img, .top .brand img[onerror]").count() == 0
