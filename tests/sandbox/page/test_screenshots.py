"""Pictures of every view, light and dark, wide and narrow: those that the documentation shows.

``make screenshots`` writes them to docs/images/sandbox; look at each before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from sinch import SinchClient

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "images" / "sandbox"
SIZES: dict[str, Any] = {
    "wide": {"width": 1440, "height": 900},
    "narrow": {"width": 390, "height": 844},
}
NAMES = [
    f"{view}-{size}-{scheme}"
    for view in ("phone", "traffic", "app")
    for size in SIZES
    for scheme in ("light", "dark")
]
GUEST = "+46700000099"


def menu(name: str, prompt: str, *options: tuple[str, str], **more: Any) -> dict[str, Any]:
    listed = [{"dtmf": key, "action": action} for key, action in options]
    return {
        "id": name,
        "mainPrompt": f"#tts[{prompt}]",
        "options": listed,
        "timeoutMills": 60000,
        **more,
    }


MENUS = [
    menu(
        "main",
        "For sales, press 1. For your booking, press 2. For opening hours, press 3.",
        ("1", "return(sales)"),
        ("2", "menu(booking)"),
        ("3", "menu(hours)"),
    ),
    menu("booking", "Enter your booking number. Star goes back.", ("*", "menu(main)"), maxDigits=6),
    menu(
        "hours",
        "Nine to five. 1 for holidays, 9 to go back.",
        ("1", "menu(holidays)"),
        ("9", "menu(main)"),
    ),
    menu("holidays", "Closed on Christmas Eve.", ("9", "menu(main)"), ("0", "return(operator)")),
]


@pytest.fixture
def busy(ivr: Any, sandbox: Any, sinch: SinchClient) -> None:
    """Somebody has walked into a menu, SMS went to and fro, a code waits, a request was refused."""
    ivr.menus = MENUS
    control = f"{sandbox.url}/_sandbox"
    sinch.sms(GUEST, "Your table for four is ready. Reply STOP to get no more of these.").send()
    requests.post(f"{control}/inbox", json={"from": GUEST, "message": "We are late."}, timeout=5)
    sinch.sms(GUEST, "No problem, see you at eight.").send()
    requests.post(f"{control}/triggers", json={"event": "ice", "signing": "wrong"}, timeout=5)
    requests.get(f"{sandbox.url}/v1/sms/1", auth=("me", "bm8="), timeout=5)
    requests.post(
        f"{control}/faults", json={"kind": "latency", "match": "/sms", "times": 3}, timeout=5
    )
    sinch.verification(GUEST).initiate("sms")
    body = {"from": "+46700000002", "to": "+46700000001"}
    call = requests.post(f"{control}/calls", json=body, timeout=5).json()["callId"]
    requests.post(f"{control}/clock", json={"seconds": 10}, timeout=5)
    requests.post(f"{control}/calls/{call}/press", json={"digits": "3"}, timeout=5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screenshots(
    scheme: Any, browser: Browser, sandbox: Any, busy: None, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{sandbox.url}/")
    for name in (name for name in NAMES if name.endswith(scheme)):
        view, size, _ = name.split("-")
        page.set_viewport_size(SIZES[size])
        show(page, view)
        page.screenshot(path=folder / f"{name}.png")
        assert page.locator(f"#view-{view}").is_visible()
    page.close()


def show(page: Page, view: str) -> None:
    """A view with what makes it worth a picture."""
    expect(page.locator("#maps [data-menu=hours]")).to_have_attribute("aria-current", "step")
    page.get_by_role("link", name=view.capitalize(), exact=True).click()
    expect(page.locator(f"#view-{view}")).to_be_visible()
    if view == "traffic":
        page.get_by_role("button", name=re.compile("ICE.*answer")).click()
        expect(page.locator("#verdict")).to_contain_text("runMenu")
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    # lines between boxes are drawn once these have their places
    page.wait_for_timeout(100)


def test_the_documentation_shows_each_of_them() -> None:
    text = (ROOT / "docs" / "sandbox.md").read_text()
    shown = re.findall(r"images/sandbox/([a-z-]+)\.png", text)
    assert sorted(shown) == sorted(NAMES)
    assert sorted(path.stem for path in PICTURES.glob("*.png")) == sorted(NAMES)
