"""The map of menus, and the keys that do something, in the browser."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

BY_ID = "#maps [data-menu={}]"
LIT = re.compile("useful")


def call_the_app(page: Page) -> None:
    page.get_by_role("button", name="Call the app").click()
    expect(page.locator(BY_ID.format("main"))).to_have_attribute("aria-current", "step")


def taken(page: Page) -> Locator:
    return page.locator("#maps .option[data-taken]")


def test_the_current_menu_is_lit_and_the_way_there_is_marked(page: Page) -> None:
    expect(page.locator("#map")).to_be_hidden()
    call_the_app(page)
    main, hours = page.locator(BY_ID.format("main")), page.locator(BY_ID.format("hours"))
    expect(main).to_contain_text("For sales, press 1.")
    expect(main.locator(".option")).to_have_text(
        [re.compile("1 *PIE sales"), re.compile("2 *PIE party"), re.compile("3 *→ hours")]
    )
    expect(page.locator("#maps .edge.taken")).to_have_count(0)

    page.keyboard.press("3")

    expect(hours).to_have_attribute("aria-current", "step")
    expect(main).not_to_have_attribute("aria-current", "step")
    expect(taken(page)).to_have_text([re.compile("3 *→ hours.*taken")])
    expect(page.locator("#maps .edge.taken:not(.head)")).to_have_count(1)

    page.keyboard.press("9")
    expect(main).to_contain_text("you are here, entered 2 times")
    page.keyboard.press("1")
    expect(page.locator("#maps .left")).to_have_text("main: PIE sales")
    expect(page.locator("#maps [aria-current]")).to_have_count(0)


def test_keys_say_what_they_do_while_a_menu_listens(page: Page) -> None:
    key = {digit: page.locator(f"[data-digit='{digit}']") for digit in "1239"}
    expect(key["2"]).to_have_text("2 ABC")
    call_the_app(page)
    expect(key["2"]).to_have_text("2 party")
    expect(key["2"]).to_have_class(LIT)
    expect(key["9"]).not_to_have_class(LIT)

    key["3"].click()

    expect(key["9"]).to_have_text("9 main")
    expect(key["2"]).to_have_text("2 ABC")
    page.get_by_role("button", name="Hang up", exact=True).click()
    expect(key["9"]).not_to_have_class(LIT)


def test_lines_lead_from_options_to_menus(page: Page) -> None:
    """Every line begins at the box of its option and ends at the box it leads to."""
    call_the_app(page)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        off = page.evaluate(
            """() => {
                const frame = document.querySelector('.menus').getBoundingClientRect();
                const near = (box, [x, y]) => x > box.left - frame.left - 4 && x < box.right - frame.left + 4
                    && y > box.top - frame.top - 4 && y < box.bottom - frame.top + 4;
                const ends = [...document.querySelectorAll('.edge:not(.head)')].map((line) => {
                    const n = line.getAttribute('d').match(/-?[\\d.]+/g).map(Number);
                    return [n.slice(0, 2), n.slice(-2)];
                });
                return [...document.querySelectorAll('[data-to]')].map((option, at) => {
                    const own = option.closest('[data-menu]').getBoundingClientRect();
                    const to = document.querySelector(`[data-menu=${option.dataset.to}]`);
                    return near(own, ends[at][0]) && near(to.getBoundingClientRect(), ends[at][1]);
                });
            }"""
        )
        assert off == [True, True], width


def test_menus_are_text_never_markup(page: Page, ivr: Any) -> None:
    menu = "<img src=x onerror=alert(1)>"
    ivr.menu_prompt = f"#tts[{menu}]"
    page.get_by_role("button", name="Call the app").click()
    expect(page.locator(BY_ID.format("main"))).to_contain_text(menu)
    assert page.locator("#maps img").count() == 0
