"""Menus as SVG: well-formed whatever is in them, with everything in its place."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from sinch.svaml import Svaml
from sinch.svaml.drawing import menu_map

SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawn).iter(f"{SVG}text")]


def boxes(drawn: str) -> list[tuple[float, float, float, float]]:
    rects = ET.fromstring(drawn).iter(f"{SVG}rect")
    found = [{name: float(r.attrib[name]) for name in ("x", "y", "width", "height")} for r in rects]
    return [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in found]


def test_keys_lead_to_menus_and_what_is_wrong_is_said() -> None:
    menus: list[dict[str, Any]] = [
        {
            "id": "main",
            "mainPrompt": "#tts[1 for <sales> & more]",
            "options": [
                {"dtmf": "1", "action": "menu(sales)"},
                {"dtmf": "2", "action": "return(hours)"},
                {"dtmf": "3", "action": "menu(nowhere)"},
            ],
        },
        {
            "id": "sales",
            "mainPrompt": "sales.wav",
            "maxDigits": 4,
            "options": [
                {"dtmf": "*", "action": "menu(main)"},
                {"dtmf": "#", "action": "menu(sales)"},
            ],
        },
        {"id": "lost", "options": [{"dtmf": "1", "action": "dance()"}]},
    ]

    drawn = menu_map(menus)

    assert texts(drawn) == [
        "main", "“1 for <sales> & more”", "1", "sales", "2", "PIE hours", "3", "nowhere: not defined",
        "sales", "sales.wav", "*", "back to main", "#", "once more", "0-9",
        "up to 4 digits, PIE sequence",
        "lost: cannot be reached", "no prompt", "1", "dance()",
    ]  # fmt: skip
    ways = [e for e in ET.fromstring(drawn).iter(f"{SVG}path") if e.get("class") == "way"]
    assert len(ways) == 1, "what leads back is words, not lines"
    (main, sales, lost) = boxes(drawn)
    assert main[2] < sales[0] < lost[0]


def test_menus_of_the_dsl() -> None:
    menus = (
        Svaml("en-US")
        .menus()
        .begin_menu("main", "#tts[Welcome]")
        .goto("1", "pin")
        .end_menu()
        .number_input("pin", "#tts[Your PIN?]", 4)
    )

    assert "up to 4 digits, PIE sequence" in texts(menus.to_svg())
    assert 'aria-label="Menus, beginning at main"' in menus.to_svg()


NAMES = st.sampled_from(["main", "a", "b", "c", "d"])
ACTIONS = st.one_of(NAMES.map("menu({})".format), st.text(max_size=30))
MENUS = st.lists(
    st.fixed_dictionaries(
        {"id": NAMES, "options": st.lists(st.fixed_dictionaries({"action": ACTIONS}), max_size=4)},
        optional={"mainPrompt": st.text(max_size=200), "maxDigits": st.integers(1, 9)},
    ),
    max_size=5,
    unique_by=lambda menu: menu["id"],
)


@given(MENUS, NAMES)
def test_any_menus_make_a_picture_without_overlaps(menus: list[dict[str, Any]], start: str) -> None:
    drawn = menu_map(menus, start)
    root = ET.fromstring(drawn)
    found = boxes(drawn)

    assert len(found) == len(menus)
    for left, right in combinations(found, 2):
        apart = left[2] < right[0] or right[2] < left[0] or left[3] < right[1] or right[3] < left[1]
        assert apart
    for box in found:
        assert box[2] < float(root.attrib["width"])
        assert box[3] < float(root.attrib["height"])
