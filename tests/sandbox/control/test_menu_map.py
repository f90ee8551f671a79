"""The map of a call's menus: levels, ways walked, keys that do something."""

from __future__ import annotations

import pytest

CALL = {"from": "+46700000002", "to": "+46700000001"}


def menu(name, *options, **more):
    listed = [{"dtmf": key, "action": action} for key, action in options]
    return {"id": name, "mainPrompt": f"#tts[This is {name}.]", "options": listed, **more}


TREE = [
    menu("main", ("1", "menu(pin)"), ("2", "menu(hours)"), ("3", "return(support)")),
    menu("pin", ("*", "menu(main)"), maxDigits=4, timeoutMills=60000),
    menu("hours", ("9", "menu(main)"), timeoutMills=60000),
    menu("forgotten", ("1", "return(nothing)")),
]
RUN = {"action": {"name": "runMenu", "mainMenu": "main", "menus": TREE}}
HANGUP = {"action": {"name": "hangup"}}


@pytest.fixture
def call(app, control):
    app.replies = {"ice": RUN, "pie": HANGUP}
    return control.post("calls", CALL)["callId"]


@pytest.fixture
def press(control, call):
    def press_(digits):
        control.post(f"calls/{call}/press", {"digits": digits})
        return control.get(f"calls/{call}/menus")

    return press_


def by_id(shown):
    (only,) = shown["maps"]
    return {menu["id"]: menu for menu in only["menus"]}


def test_where_everything_leads_before_anybody_pressed_a_key(control, call):
    shown = control.get(f"calls/{call}/menus")
    menus = by_id(shown)
    assert {name: menu["level"] for name, menu in menus.items()} == {
        "main": 0,
        "pin": 1,
        "hours": 1,
        "forgotten": None,
    }
    assert menus["main"] == {
        "id": "main",
        "prompt": "This is main.",
        "level": 0,
        "visits": 1,
        "current": True,
        "options": [
            {"dtmf": "1", "menu": "pin", "taken": 0},
            {"dtmf": "2", "menu": "hours", "taken": 0},
            {"dtmf": "3", "value": "support", "taken": 0},
        ],
    }
    assert shown["keys"] == {"1": "pin", "2": "hours", "3": "support"}


def test_ways_that_were_walked(press):
    menus = by_id(press("29"))
    assert [menus[name]["visits"] for name in ("main", "hours", "pin")] == [2, 1, 0]
    assert [option["taken"] for option in menus["main"]["options"]] == [0, 1, 0]
    assert menus["hours"]["options"][0]["taken"] == 1
    assert [name for name, menu in menus.items() if menu["current"]] == ["main"]


def test_keys_where_digits_are_collected(press):
    keys = press("1")["keys"]
    assert (keys["5"], keys["#"], keys["*"]) == ("digit", "end", "main")


def test_a_call_that_is_over_has_no_keys_and_says_how_it_left(press):
    shown = press("11234")
    assert shown["keys"] == {}
    (only,) = shown["maps"]
    assert only["left"] == [{"menu": "pin", "result": "sequence", "value": "1234"}]
    assert by_id(shown)["pin"]["digits"] == {"most": 4, "entered": 1}


def test_menus_after_menus_are_maps_one_after_the_other_and_the_same_again_is_one(app, control):
    other = {"action": {"name": "runMenu", "menus": [menu("main", ("1", "return(done)"))]}}
    app.replies = {"ice": RUN, "pie": RUN}
    call = control.post("calls", CALL)["callId"]
    control.post(f"calls/{call}/press", {"digits": "3"})
    app.replies = {"pie": other}
    control.post(f"calls/{call}/press", {"digits": "3"})
    first, second = control.get(f"calls/{call}/menus")["maps"]
    assert first["menus"][0]["options"][2]["taken"] == 2
    assert [menu["current"] for menu in first["menus"]] == [False] * 4
    assert second["menus"][0]["current"]


def test_a_call_without_menus_has_no_map(app, control):
    app.replies = {"ice": HANGUP}
    call = control.post("calls", CALL)["callId"]
    assert control.get(f"calls/{call}/menus") == {"maps": [], "keys": {}}
