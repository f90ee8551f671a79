"""What only a browser can tell of the site: diagrams are drawn, search works, both from disk alone.

SINCH_SCREENSHOTS names a folder to keep pictures in, of pages to look at in light and dark.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sinch.svaml import Svaml, tts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).resolve().parents[3] / "docs"
DIAGRAMS = {
    page.relative_to(DOCS).with_suffix(".html").as_posix(): count
    for page in sorted(DOCS.rglob("*.md"))
    if (count := len(re.findall(r"^ *```mermaid$", page.read_text(encoding="utf-8"), re.MULTILINE)))
}
LOOKED_AT = ["index", "call-flows", "svaml", "api/callbacks", "api/cli"]


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that must not ask anybody but the disk."""
    context = browser.new_context(
        color_scheme=request.param, viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda sent: asked.append(sent.url))
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SINCH_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder, f"{name}.png")))


def scheme(page: Page) -> str:
    return "dark" if page.locator("body[data-md-color-scheme=slate]").count() else "light"


def test_there_are_pages_with_diagrams() -> None:
    assert {"call-flows.html", "svaml.html", "call-engine.html"} <= DIAGRAMS.keys()


@pytest.mark.parametrize("name", DIAGRAMS)
def test_every_diagram_is_drawn_in_the_colours_of_the_page(
    site: Path, page: Page, name: str
) -> None:
    page.goto((site / name).as_uri())
    drawn = page.locator("div.diagram[data-drawn]")
    drawn.nth(DIAGRAMS[name] - 1).wait_for(timeout=15_000)

    assert page.locator("div.diagram[data-failed]").count() == 0
    assert drawn.count() == page.locator("div.diagram svg").count() == DIAGRAMS[name]
    assert drawn.first.get_attribute("data-drawn") == scheme(page)
    assert page.locator("pre.diagram:visible").count() == 0
    drawn.first.scroll_into_view_if_needed()
    shot(page, f"{name.replace('/', '-')}-diagram-{scheme(page)}")


def test_search_finds_a_page_without_a_server(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator("input.md-search__input").click()
    page.keyboard.type("moderator", delay=10)
    found = page.locator(".md-search-result__item").first
    found.wait_for(timeout=15_000)

    assert "moderator" in found.inner_text().lower()
    shot(page, f"search-{scheme(page)}")


@pytest.mark.parametrize("name", LOOKED_AT)
def test_pages_fit_a_narrow_screen(site: Path, page: Page, name: str) -> None:
    page.goto((site / f"{name}.html").as_uri())
    shot(page, f"{name.replace('/', '-')}-{scheme(page)}")
    page.set_viewport_size({"width": 400, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    shot(page, f"{name.replace('/', '-')}-{scheme(page)}-narrow")


def test_drawings_of_menus_are_understood_whatever_they_say(site: Path, browser: Browser) -> None:
    hostile = Svaml().menus()
    with hostile.begin_menu("end", tts('call "me" | now (or) {never} <b> & click, #1')) as menu:
        menu.goto("1", "no such menu")
        menu.trigger_pie("*", "subgraph -->")
    drawn = browser.new_page()
    drawn.goto((site / "svaml.html").as_uri())
    drawn.locator("div.diagram[data-drawn]").first.wait_for(timeout=15_000)

    assert drawn.evaluate("text => mermaid.parse(text)", hostile.to_mermaid("end"))
    drawn.close()
