"""Calls made, walked and ended in the browser."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect


def call_the_app(page: Page) -> None:
    page.get_by_role("button", name="Call the app").click()
    expect(page.locator("#screen-state")).to_have_text(re.compile("In a menu|Playing a prompt"))
    expect(lines(page, "heard")).to_have_count(2)


def lines(page: Page, kind: str) -> Any:
    return page.locator(f"#entries [data-kind={kind}]")


def test_an_ivr_by_mouse_until_connected_and_hung_up(page: Page, sandbox: Any) -> None:
    call_the_app(page)
    expect(lines(page, "heard").first).to_contain_text("Welcome to Acme.")
    expect(page.locator("#screen")).to_be_focused()

    page.locator("[data-digit='1']").click()

    expect(page.locator("#screen-state")).to_have_text("Connected")
    expect(page.locator("#screen-detail")).to_have_text("Talking to +46708111222")
    expect(page.locator("#active-calls li")).to_have_count(1)
    page.get_by_role("button", name="Hang up").click()
    expect(page.locator("#screen-detail")).to_have_text("ANSWERED, CALLERHANGUP")
    expect(page.locator("#screen")).to_be_focused()
    expect(page.locator("#active-calls li")).to_have_count(0)
    expect(lines(page, "ended")).to_have_count(1)
    expect(page.locator("#count-ended")).to_have_text("1")


def test_the_keyboard_alone_walks_a_call(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the phone")).to_be_focused()
    page.locator("#call-to").focus()
    page.keyboard.press("Enter")
    expect(lines(page, "heard")).to_have_count(2)

    page.keyboard.press("2")

    expect(lines(page, "pressed")).to_contain_text("2")
    expect(page.locator("#screen-state")).to_have_text("In a conference")
    expect(page.locator("#rooms")).to_contain_text("party")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hang up", exact=True).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#screen-state")).to_have_text("Ended")
    expect(page.locator("#no-rooms")).to_be_visible()


def test_keys_go_to_fields_while_typing_and_nowhere_when_switched_off(page: Page) -> None:
    call_the_app(page)
    page.locator("#speak-text").press_sequentially("12")
    page.get_by_label("Keys 0–9, * and # of the keyboard press these").uncheck()
    page.locator("#screen").focus()
    page.keyboard.press("1")
    expect(page.locator("#speak-text")).to_have_value("12")
    page.get_by_role("button", name="Say", exact=True).click()
    expect(lines(page, "spoken")).to_contain_text("12")
    expect(lines(page, "pressed")).to_have_count(0)


def test_the_screen_cuts_no_option(page: Page, ivr: Any) -> None:
    """All of a usual prompt is seen, and a long one can be scrolled to its end, by keyboard too."""
    heard = page.locator("#screen-heard")
    options = "".join(f" For department {number}, press {number}." for number in range(1, 7))
    ivr.menu_prompt = f"#tts[Welcome.{options}]"
    call_the_app(page)
    assert heard.evaluate("node => node.scrollHeight <= node.clientHeight")
    page.get_by_role("button", name="Hang up", exact=True).click()

    ivr.menu_prompt = f"#tts[Welcome.{options * 4}]"
    expect(page.get_by_role("button", name="Call the app")).to_be_visible()
    call_the_app(page)
    heard.focus()
    page.keyboard.press("End")
    expect(heard).to_be_focused()
    page.wait_for_function(
        "() => { const n = document.querySelector('#screen-heard');"
        " return n.scrollTop > 0 && n.scrollTop + n.clientHeight >= n.scrollHeight - 2; }"
    )


def test_events_and_svaml_open_to_their_json(page: Page) -> None:
    call_the_app(page)
    svaml = lines(page, "replied").first
    expect(svaml).to_contain_text("ICE: answer, setCookie, say, runMenu")
    svaml.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(svaml.locator("pre")).to_contain_text('"mainMenu": "main"')
    lines(page, "asked").first.locator("summary").click()
    expect(lines(page, "asked").first.locator("pre")).to_contain_text('"event": "ice"')
    page.get_by_label("Events and SVAML").uncheck()
    expect(svaml).to_be_hidden()
    expect(lines(page, "heard").first).to_be_visible()


def test_a_phone_that_the_app_calls_is_answered_or_rejected(page: Page, sinch: Any) -> None:
    page.get_by_text("When the app calls a phone").click()
    page.locator("#far-outcome").select_option("wait")
    page.locator("#far-form").get_by_role("button", name="Set").click()
    expect(page.locator("#far-list")).to_contain_text("rings until you answer")

    sinch.callouts.tts("+46700000099", "Your table is ready.").call()
    expect(page.locator("#screen-title")).to_have_text("app → +46700000099")
    heights = {
        box.evaluate("node => node.getBoundingClientRect().height")
        for box in page.locator("#ring-actions button, #ring-actions select").all()
    }
    assert len(heights) == 1, "none of them wraps"
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(lines(page, "heard")).to_contain_text("Your table is ready.")
    expect(page.locator("#screen-state")).to_have_text("Ended", timeout=20000)

    sinch.callouts.tts("+46700000098", "Again.").call()
    page.locator("#reject-as").select_option("NOANSWER")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("#screen-detail")).to_contain_text("NOANSWER")


def test_what_the_app_says_is_text_never_markup(page: Page, ivr: Any) -> None:
    ivr.greeting = "<img src=x onerror=alert(1)><b>hi</b>"
    call_the_app(page)
    expect(lines(page, "heard").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#entries img, #entries b, #screen b").count() == 0


def test_a_second_page_sees_the_call_with_all_that_was_said(open_page: Any) -> None:
    first = open_page()
    call_the_app(first)
    second = open_page()
    expect(lines(second, "heard")).to_have_count(2)
    first.get_by_role("button", name="Hang up", exact=True).click()
    expect(second.locator("#screen-state")).to_have_text("Ended")
