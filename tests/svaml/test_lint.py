"""lint: what Sinch accepts, but is most likely a mistake."""

import pytest

from sinch.svaml import Finding, FindingCode, Limits, Svaml, lint, tts
from sinch_api.models.svaml import Svamlet

svaml = Svaml()


def menu(name, *options, **fields):
    return {
        "id": name,
        "mainPrompt": "x.wav",
        "options": [{"dtmf": key, "action": action} for key, action in options],
        **fields,
    }


def run(*menus, **fields):
    return {"action": {"name": "runMenu", "menus": list(menus), **fields}}


@pytest.mark.parametrize(
    ("reply", "code", "where"),
    [
        (run(), "no-menus", "/action/menus"),
        (run(menu("a", ("1", "return(x)")), mainMenu="a"), "no-main-menu", "/action/menus"),
        (run(menu("main", ("1", "return(x)")), mainMenu="a"), "undefined-menu", "/action/mainMenu"),
        (
            run(menu("main", ("1", "menu(b)"), ("2", "return(x)"))),
            "undefined-menu",
            "/action/menus/0",
        ),
        (
            run(menu("main", ("1", "return(x)")), menu("b", ("1", "return(x)"))),
            "unreachable-menu",
            "/action/menus/1",
        ),
        (
            run(menu("main", ("1", "return(x)")), menu("main", ("1", "return(x)"))),
            "duplicate-menu",
            "/action/menus/1",
        ),
        (
            run(menu("main", ("1", "return(x)"), ("1", "return(y)"))),
            "duplicate-option",
            "/action/menus/0/options/1",
        ),
        (
            run(menu("main", ("1", "return"), ("2", "return(x)"))),
            "bad-option",
            "/action/menus/0/options/0",
        ),
        (
            run(menu("main", ("1", "return(x)"), mainPrompt=None)),
            "missing-prompt",
            "/action/menus/0",
        ),
        (run(menu("main", ("1", "menu(main)"))), "no-way-out", "/action/menus/0"),
        (run(menu("main")), "no-way-out", "/action/menus/0"),
        (
            run(menu("main", maxDigits=1, mainPrompt="tts#[Hello]")),
            "bad-prompt",
            "/action/menus/0/mainPrompt",
        ),
        (
            run(menu("main", maxDigits=1, repeatPrompt="#TTS[Hello]")),
            "missing-locale",
            "/action/menus/0/repeatPrompt",
        ),
        (run(menu("main", maxDigits=1), enableVoice=True), "missing-locale", "/action"),
        (
            {"instructions": [{"name": "playFiles", "ids": ["#tts[x]"]}]},
            "missing-locale",
            "/instructions/0/ids",
        ),
        (
            {"instructions": [{"name": "Say", "text": "x" * 601, "locale": "en-US"}]},
            "tts-too-long",
            "/instructions/0/text",
        ),
        (
            {"action": {"name": "park", "holdPrompt": "#tts[x]"}},
            "missing-locale",
            "/action/holdPrompt",
        ),
        (
            {"instructions": [{"name": "setCookie", "key": "a", "value": "x" * 1024}]},
            "cookies-too-large",
            "",
        ),
        ({"action": {"name": "connectMxp", "record": True}}, "recording-with-mxp", "/action"),
        (
            {"action": {"name": "connectPstn", "indications": "zz"}},
            "unknown-indications",
            "/action/indications",
        ),
        (
            {"action": {"name": "connectConf", "conferenceId": "r", "moh": "jazz"}},
            "unknown-music",
            "/action/moh",
        ),
    ],
)
def test_each_finding(reply, code, where):
    found = lint(reply)
    assert [(each.code.value, each.where) for each in found] == [(code, where)]
    assert str(found[0]).endswith(f"({code})")
    assert len(found[0].message.split()) > 3
    assert lint(Svamlet.from_wire(reply)) == found


def test_actions_of_options_are_read_in_any_letter_case_and_with_space():
    way_out = menu("pin", ("1", " RETURN (x)"))
    assert lint(run(menu("main", ("1", " Menu (pin) ")), way_out)) == ()


def test_every_code_is_shown_above():
    shown = {
        mark.args[1][index][1]
        for mark in test_each_finding.pytestmark
        for index in range(len(mark.args[1]))
    }
    assert shown == {code.value for code in FindingCode}


def test_nothing_to_find():
    menus = svaml.menus()
    menus.begin_menu("main", tts("Press 1")).trigger_pie("1", "x").goto("2", "pin")
    menus.number_input("pin", "enter.wav", 4)
    for reply in (
        svaml.ice().say("Hello").run_menu("main", menus),
        svaml.ice().connect_pstn("+46700000000").with_indications("us-old"),
        svaml.ice().park(tts("Wait")),
        svaml.dice(),
        svaml.ace().raw_instruction({"name": "new"}).raw_action({"name": "other"}),
        svaml.ice().connect_conference("room").with_music_on_hold("music3").build(),
    ):
        assert lint(reply) == ()


def test_speech_and_cookies_are_added_up_over_instructions_and_menus():
    menus = svaml.menus()
    for name in ("main", "a", "b"):
        menus.begin_menu(name, tts("x" * 400)).goto("1", "a", cookies={name: "x" * 400}).goto(
            "2", "b"
        ).trigger_pie("3", "x")
    reply = svaml.ice().run_menu("main", menus)
    assert {each.code for each in lint(reply)} == {
        FindingCode.TTS_TOO_LONG,
        FindingCode.COOKIES_TOO_LARGE,
    }
    assert lint(reply, Limits(tts_total=1200, cookies=2000)) == ()


def test_recording_an_in_app_call_is_found_by_instruction_and_by_flag():
    for reply in (
        svaml.ice().start_recording().connect_mxp("alice"),
        svaml.ice().connect_mxp("alice").with_recording(),
    ):
        (found,) = lint(reply)
        assert found == Finding(
            FindingCode.RECORDING_WITH_MXP, "calls to in-app users cannot be recorded", "/action"
        )
    assert lint(svaml.ice().start_recording().connect_pstn("+46700000000")) == ()
