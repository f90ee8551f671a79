"""Menus (docs/platform/svaml.md#menus): prompts, keys, repeats, time-outs, and the PIE that comes out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.engine import EngineSettings, Side

OPTIONS = [{"dtmf": 1, "action": "return(sales)"}, {"dtmf": "*", "action": "menu(sub)"}]
BOB = "+46700000003"


def start(desk, action, **answers):
    desk.app(ice=desk.svaml(action), pie=desk.svaml("hangup"), **answers)
    return desk.inbound()


def result(desk):
    return desk.last("pie")["menuResult"]


def test_a_menu_answers_the_call_and_plays_its_prompt(desk):
    call = start(desk, desk.menu(options=OPTIONS))
    assert call.answered_at is not None
    assert (call.menu_id, desk.heard(call)) == ("main", ["Menu"])


def test_return_gives_its_value(desk):
    call = start(desk, desk.menu(options=OPTIONS))
    desk.press(call, "1")
    pie = desk.last("pie")
    assert pie["menuResult"] == {
        "menuId": "main",
        "type": "return",
        "value": "sales",
        "inputMethod": "dtmf",
    }
    assert "user" not in pie
    assert "callResourceUrl" not in pie
    assert call.menu_id is None


def test_goto_another_menu_and_back_with_cookies(desk):
    cookies = [{"key": "via", "value": "sub"}]
    sub = {
        "id": "sub",
        "mainPrompt": "#tts[Sub]",
        "options": [{"dtmf": "9", "action": "menu(main)", "add": cookies}],
    }
    call = start(desk, desk.menu(sub, options=OPTIONS))
    desk.press(call, "*")
    assert call.menu_id == "sub"
    desk.press(call, "91")
    assert desk.heard(call) == ["Menu", "Sub", "Menu"]
    assert desk.last("pie")["cookies"] == cookies
    assert result(desk)["value"] == "sales"


def test_a_menu_that_is_not_there_is_an_error(desk):
    call = start(desk, desk.menu(options=[{"dtmf": "1", "action": "menu(nowhere)"}]))
    desk.press(call, "1")
    assert (result(desk)["type"], result(desk)["value"]) == ("error", "nowhere")


def test_main_menu_says_where_to_start(desk):
    other = {"id": "other", "mainPrompt": "file"}
    call = start(desk, {**desk.menu(other), "mainMenu": "other"})
    assert (call.menu_id, desk.heard(call)) == ("other", ["file"])


# --- digits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pressed", "value"), [("1234", "1234"), ("12#", "12"), ("*1#", "*1")])
def test_digits_end_with_the_last_or_a_hash(desk, pressed, value):
    call = start(desk, desk.menu(maxDigits=4))
    desk.press(call, pressed)
    assert (result(desk)["type"], result(desk)["value"]) == ("sequence", value)


def test_digits_end_with_a_time_out_after_the_last(desk):
    call = start(desk, desk.menu(maxDigits=4, timeoutMills=2000))
    desk.press(call, "1")
    desk.wait(1.9)
    desk.press(call, "2")
    desk.wait(1.9)
    assert "pie" not in desk.events(call)
    desk.wait(0.2)
    assert result(desk)["value"] == "12"


def test_a_hash_alone_is_no_input(desk):
    call = start(desk, desk.menu(maxDigits=4, repeats=0))
    desk.press(call, "#")
    assert (result(desk)["type"], result(desk)["value"]) == ("invalidinput", "#")


def test_an_option_comes_before_digits_unless_told_otherwise(desk, make):
    call = start(desk, desk.menu(maxDigits=2, options=OPTIONS))
    desk.press(call, "1")
    assert result(desk)["type"] == "return"
    call = start(desk, desk.menu(maxDigits=2, options=OPTIONS))
    desk.press(call, "21")
    assert result(desk)["value"] == "21"
    desk = make(EngineSettings(option_before_digits=False))
    call = start(desk, desk.menu(maxDigits=2, options=OPTIONS))
    desk.press(call, "12")
    assert result(desk)["value"] == "12"


# --- barge --------------------------------------------------------------------------------------


def test_barge_interrupts_the_prompt(desk):
    call = start(desk, desk.menu(maxDigits=2, mainPrompt="a;b"))
    desk.wait(1)
    desk.press(call, "1")
    desk.wait(4)
    assert desk.heard(call) == ["a"], "b was never heard"
    desk.press(call, "2")
    assert result(desk)["value"] == "12"


def test_without_barge_keys_count_after_the_prompt_only(desk):
    call = start(desk, desk.menu(maxDigits=2, barge=False, mainPrompt="a"))
    desk.press(call, "99")
    assert [line.used for line in call.transcript if line.kind == "pressed"] == [False, False]
    desk.wait(3.1)
    desk.press(call, "12")
    assert result(desk)["value"] == "12"


# --- repeats ------------------------------------------------------------------------------------


def test_silence_repeats_the_prompt_then_times_out(desk):
    call = start(desk, desk.menu(repeats=2, repeatPrompt="#tts[Again]"))
    desk.wait()
    assert desk.heard(call) == ["Menu", "Again", "Again"]
    assert result(desk) == {"menuId": "main", "type": "timeout"}


@pytest.mark.parametrize(
    ("prompts", "heard"),
    [
        ({"mainPrompt": "a"}, ["a", "a"]),
        ({"mainPrompt": None, "repeatPrompt": "b"}, ["b", "b"]),
        ({"mainPrompt": None}, []),
    ],
)
def test_prompts_fall_back_on_each_other(desk, prompts, heard):
    call = start(desk, desk.menu(repeats=1, **prompts))
    desk.wait()
    assert desk.heard(call) == heard


def test_default_repeats_and_time_out(desk):
    call = start(desk, desk.menu(mainPrompt="a"))
    desk.wait(7.9)
    assert desk.heard(call) == ["a"]
    desk.wait(0.2)
    assert desk.heard(call) == ["a", "a"]
    desk.wait()
    assert len(desk.heard(call)) == 4, "three repeats, as the 2018 SDK had it"


def test_a_wrong_key_repeats_then_is_invalid(desk, make):
    call = start(desk, desk.menu(options=OPTIONS, repeats=1))
    desk.press(call, "7")
    assert desk.heard(call) == ["Menu", "Menu"]
    desk.press(call, "8")
    assert result(desk) == {
        "menuId": "main",
        "type": "invalidinput",
        "value": "8",
        "inputMethod": "dtmf",
    }
    desk = make(EngineSettings(invalid_counts_as_repeat=False))
    call = start(desk, desk.menu(options=OPTIONS, repeats=1))
    desk.press(call, "7")
    assert result(desk)["type"] == "invalidinput"


def test_endless_repeats_are_cut(make):
    desk = make(EngineSettings(most_repeats=4))
    call = start(desk, desk.menu(repeats=10**9, timeoutMills=0))
    desk.wait()
    assert len(desk.heard(call)) == 5


# --- voice --------------------------------------------------------------------------------------


def test_words_choose_an_option_by_its_input(desk):
    options = [{"dtmf": "1", "action": "return(sales)", "input": "Sales"}]
    call = start(desk, {**desk.menu(options=options), "enableVoice": True, "locale": "en-US"})
    desk.engine.speak(call.id, "sales ")
    desk.settle()
    assert (result(desk)["value"], result(desk)["inputMethod"]) == ("sales", "voice")


def test_words_are_the_input_of_a_menu_with_digits(desk):
    call = start(desk, {**desk.menu(maxDigits=4), "enableVoice": True})
    desk.engine.speak(call.id, "one two")
    desk.settle()
    assert (result(desk)["type"], result(desk)["value"]) == ("sequence", "one two")


def test_other_words_are_invalid_and_nobody_listens_without_enable_voice(desk):
    call = start(desk, {**desk.menu(options=OPTIONS, repeats=0), "enableVoice": True})
    desk.engine.speak(call.id, "hum")
    desk.settle()
    assert result(desk)["type"] == "invalidinput"
    call = start(desk, desk.menu(options=OPTIONS))
    desk.engine.speak(call.id, "1")
    assert call.transcript[-1].used is False
    assert call.menu_id == "main"


def test_voice_menus_have_a_longest_wait(desk):
    menu = desk.menu(mainPrompt="a", repeats=0, timeoutMills=9000, maxTimeoutMills=2000)
    start(desk, {**menu, "enableVoice": True})
    desk.wait(5.1)
    assert result(desk)["type"] == "timeout"


# --- ends ---------------------------------------------------------------------------------------


def test_hanging_up_inside_a_menu_is_told_before_dice(desk):
    call = start(desk, desk.menu(options=OPTIONS))
    desk.hang_up(call)
    assert desk.events(call) == ["ice", "pie", "dice"]
    assert result(desk) == {"menuId": "main", "type": "hangup"}
    assert call.reason == "CALLERHANGUP"


def test_menu_after_menu(desk):
    desk.app(
        ice=desk.svaml(desk.menu(maxDigits=1)),
        pie=[desk.svaml(desk.menu(maxDigits=2)), desk.svaml(desk.room())],
    )
    call = desk.inbound()
    desk.press(call, "1")
    desk.press(call, "23")
    assert call.conference_id == "room"


def test_continue_after_a_menu_with_nobody_to_connect_to_hangs_up(desk):
    desk.app(ice=desk.svaml(desk.menu(maxDigits=1)), pie=desk.svaml("continue"))
    call = desk.inbound()
    desk.press(call, "1")
    assert call.reason == "MANAGERHANGUP"


@pytest.mark.parametrize(("audience", "side"), [("party", Side.PARTY), ("far", Side.FAR)])
def test_a_menu_in_ace_and_then_connected(make, audience, side):
    desk = make(EngineSettings(audience_of_ace=audience))
    desk.app(
        ice=desk.svaml({"name": "connectPstn", "number": BOB}),
        ace=desk.svaml(desk.menu(options=OPTIONS)),
        pie=desk.svaml("continue"),
    )
    call = desk.inbound()
    desk.wait(1)
    assert call.transcript[-1].side is side
    desk.press(call, "1", side=side)
    assert call.connected_to == BOB


def test_without_enable_pie_a_callout_ends_after_its_menu(desk):
    desk.app(ace=desk.svaml(desk.menu(maxDigits=1)))
    for flag, events in ((False, ["ace"]), (True, ["ace", "pie"])):
        to = {"type": "number", "endpoint": BOB}
        fields = {"destination": to, "text": "Hi", "enableAce": True, "enablePie": flag}
        desk.app(pie=desk.svaml("hangup"))
        call = desk.callout("ttsCallout", **fields)
        desk.wait(1)
        desk.press(call, "1")
        assert (desk.events(call), call.reason) == (events, "MANAGERHANGUP")


def test_an_absurd_time_out_waits_a_week(make):
    """Nobody presses a key after that, and a moment beyond the calendar would be an error."""
    desk = make(EngineSettings(longest_call=timedelta(days=10**6)))
    call = start(desk, desk.menu(maxDigits=4, timeoutMills=10**15, maxTimeoutMills=10**15))
    desk.press(call, "1")
    assert desk.engine.next_due(call.id) - desk.time == timedelta(days=7)


def test_so_does_an_absurd_longest_wait_for_words(make):
    desk = make(EngineSettings(longest_call=timedelta(days=10**6)))
    menu = desk.menu(mainPrompt="a", timeoutMills=10**15, maxTimeoutMills=10**15)
    call = start(desk, {**menu, "enableVoice": True})
    desk.wait(5)  # the prompt is over
    left = desk.engine.next_due(call.id) - desk.time
    assert timedelta(days=7, seconds=-5) <= left <= timedelta(days=7)


def test_the_longest_wait_begins_when_a_prompt_is_over_not_when_it_is_interrupted(desk):
    times = {"timeoutMills": 9000, "maxTimeoutMills": 3000}
    start(desk, {**desk.menu(maxDigits=4, mainPrompt="a;b", **times), "enableVoice": True})
    (call,) = desk.engine.calls()
    desk.press(call, "1")
    desk.wait(8.9)
    assert "pie" not in desk.events(call)
    desk.wait(0.2)
    assert result(desk)["value"] == "1"


def test_whoever_hangs_up_outside_of_a_menu_does_not_end_it_for_the_app(desk):
    desk.app(ice=desk.svaml(desk.pstn()), ace=desk.svaml("continue"))
    call = desk.inbound()
    desk.wait(1)
    desk.engine.update(call.id, desk.svaml(desk.menu(maxDigits=1)))
    desk.hang_up(call, side=Side.FAR)
    assert desk.events(call) == ["ice", "ace", "dice"]
    assert (call.reason, call.menu_id) == ("CALLEEHANGUP", None)


def test_the_longest_wait_after_one_prompt_does_not_cut_into_the_next(desk):
    times = {"timeoutMills": 60_000, "maxTimeoutMills": 9000}
    sub = {"id": "sub", "mainPrompt": "a;b", "options": OPTIONS[:1], **times}
    action = {**desk.menu(sub, options=OPTIONS, **times), "enableVoice": True}
    call = start(desk, action)
    desk.wait(8)
    desk.press(call, "*")
    desk.wait(14.9)
    assert desk.heard(call) == ["Menu", "a", "b"], "nine seconds from the end of b are not over"
    desk.wait(0.2)
    assert desk.heard(call) == ["Menu", "a", "b", "a"]
