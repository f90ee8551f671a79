"""Callouts: flags, messages, inline SVAML and URLs (docs/platform/calling.md#callouts)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sinch.engine import CallState, EngineSettings, EventUrls, NotPossible
from sinch.sandbox.rest.callouts import read_callout

BOB = "+46700000003"
TO = {"type": "number", "endpoint": BOB}
EVE = {"type": "username", "endpoint": "eve"}


def tts(desk, **fields):
    return desk.callout("ttsCallout", **{"destination": TO, "text": "Hello", **fields})


def custom(desk, headers=(), **fields):
    inline = {
        name: json.dumps(text) if isinstance(text, dict) else text for name, text in fields.items()
    }
    if "destination" in fields:
        inline["destination"] = fields["destination"]
    return desk.callout("customCallout", headers, **inline)


def test_a_message_is_played_and_that_is_it(desk):
    call = tts(desk, prompts="#tts[there];file", dtmf="12", locale="sv-SE", custom="mine")
    desk.wait()
    assert desk.heard(call) == ["Hello", "there", "file"]
    assert (call.result.value, call.reason) == ("ANSWERED", "MANAGERHANGUP")
    assert desk.events(call) == []
    assert "tone_heard" in desk.kinds(call)
    assert {line.locale for line in call.transcript if line.kind == "heard"} == {"sv-SE"}


def test_flags_say_which_events_there_are(desk):
    desk.app(ace=desk.svaml("continue", desk.say("First")))
    call = tts(desk, enableAce=True, enableDice=True, custom="mine")
    desk.wait()
    assert desk.events(call) == ["ace", "dice"]
    assert desk.heard(call) == ["First", "Hello"], "continue goes on with the message"
    assert desk.last("dice")["custom"] == desk.last("ace")["custom"] == "mine"


def test_user_names_give_no_ace_and_no_dice(desk):
    for method in ("ttsCallout", "conferenceCallout"):
        call = desk.callout(
            method,
            destination=EVE,
            text="x" * 99,
            conferenceId="room",
            enableAce=True,
            enableDice=True,
        )
        desk.wait(1)
        desk.hang_up(call)
        assert desk.events(call) == []
        assert call.reason == "CALLEEHANGUP"


def test_ace_may_send_a_conference_callout_somewhere(desk):
    desk.app(ace=desk.svaml(desk.room(conferenceId="other")))
    call = desk.callout(
        "conferenceCallout", destination=TO, conferenceId="room", enableAce=True, maxDuration=60
    )
    desk.wait(1)
    assert desk.engine.rooms() == {"other": (call,)}
    desk.wait()
    assert (call.reason, desk.events(call)) == ("TIMEOUT", ["ace"])


@pytest.mark.parametrize("needed", [True, False])
def test_detected_digits_need_enable_pie(make, needed):
    desk = make(EngineSettings(detect_needs_enable_pie=needed))
    fields = {
        "destination": TO,
        "conferenceId": "room",
        "conferenceDtmfOptions": {"mode": "detect"},
    }
    for flag in (True, False):
        call = desk.callout("conferenceCallout", enablePie=flag, **fields)
        desk.wait(1)
        desk.press(call, "1")
        assert desk.events(call) == (["pie"] if flag or not needed else [])


# --- custom callouts ----------------------------------------------------------------------------


def test_everything_inline(desk):
    call = custom(
        desk,
        ice=desk.svaml(desk.pstn(), desk.cookie("a", "b")),
        ace=desk.svaml(desk.menu(maxDigits=1)),
        pie=desk.svaml("hangup", desk.say("Bye")),
    )
    desk.wait(1)
    desk.press(call, "1")
    desk.wait()
    assert desk.events(call) == ["dice"], "only what is not inline goes to the app"
    assert desk.heard(call) == ["Menu", "Bye"]
    asked = [(line.event, line.inline) for line in call.transcript if line.kind == "asked"]
    assert asked == [("ice", True), ("ace", True), ("pie", True)]
    assert desk.last("dice")["cookies"] == [{"key": "a", "value": "b"}]
    (ice,) = [line.payload for line in call.transcript if line.kind == "asked"][:1]
    assert ice["originationType"] == "server"


def test_urls_of_its_own_and_headers(desk):
    urls = {name: f"https://example.com/{name}" for name in ("ice", "ace", "pie", "dice")}
    desk.engine.urls = EventUrls(primary="first:", fallback="second:")
    desk.app(ice=desk.svaml(desk.pstn()))
    call = custom(desk, [("X-CB-a", "1")], **urls)
    desk.wait(1)
    desk.hang_up(call)
    assert [(sent.name, sent.url) for sent in desk.sent] == [
        ("ice", urls["ice"]),
        ("ace", urls["ace"]),
        ("dice", urls["dice"]),
    ]
    assert all(sent.headers == {"X-CB-a": "1"} for sent in desk.sent)


def test_an_empty_ice_asks_the_app(desk):
    desk.app(ice=desk.svaml({"name": "connectPstn"}))
    call = custom(desk, destination=TO)
    assert desk.last("ice")["to"] == TO
    desk.wait(1)
    assert desk.events(call) == ["ice", "ace"]
    assert call.state is CallState.CONNECTED


def test_without_an_app_the_destination_is_dialled(make):
    for dial in (True, False):
        desk = make(EngineSettings(dial_without_app=dial), EventUrls())
        call = custom(desk, destination=TO)
        desk.wait(1)
        assert ("dialling" in desk.kinds(call)) is dial
        assert call.ended is not dial


def test_a_callout_connected_to_nobody_may_have_its_limit(make):
    desk = make(EngineSettings(lonely_call=timedelta(seconds=10)), EventUrls())
    call = custom(desk, destination=TO)
    desk.wait()
    assert (call.duration(desk.time).total_seconds(), call.reason) == (10, "MANAGERHANGUP")


@pytest.mark.parametrize("action", ["park", "runMenu"])
def test_there_has_to_be_somebody_for_some_actions(desk, action):
    desk.app(ice=desk.svaml({**desk.menu(), "name": action}))
    call = custom(desk, destination=TO)
    desk.wait()
    assert desk.events(call) == ["ice", "notify callingerror", "dice"]


def test_the_callee_goes_on_to_somebody_else(desk):
    desk.app(ace=[desk.svaml(desk.menu(maxDigits=1)), desk.svaml("continue")])
    call = custom(
        desk, ice=desk.svaml(desk.pstn()), pie=desk.svaml(desk.pstn(number="+46700000004"))
    )
    desk.wait(1)
    desk.press(call, "1")
    desk.wait(1)
    assert call.connected_to == "+46700000004"
    assert call.party.identity.endpoint == BOB
    desk.hang_up(call)
    assert call.reason == "CALLEEHANGUP"


def test_straight_into_a_room(desk):
    call = custom(desk, ice=desk.svaml(desk.room()))
    assert (call.state, desk.events(call)) == (CallState.CONFERENCE, [])
    desk.wait(5 * 3600)
    assert (call.reason, desk.last("dice")["duration"]) == ("TIMEOUT", 4 * 3600)


def test_updates_wait_until_the_callee_is_there(desk):
    call = tts(desk)
    desk.engine.update(call.id, desk.svaml("park"))
    assert not call.parked
    desk.wait(1)
    assert (call.parked, desk.heard(call)) == (True, [])


def test_in_line_dice_goes_nowhere(desk):
    call = custom(desk, ice=desk.svaml(desk.pstn()), dice="{}")
    desk.wait(1)
    desk.hang_up(call)
    assert [(sent.name, sent.url) for sent in desk.sent] == [("ace", "app:"), ("dice", "")]
    assert "told" in desk.kinds(call)


def test_a_message_of_fixed_length(make):
    desk = make(EngineSettings(message_length=timedelta(seconds=2)))
    call = tts(desk, text="x" * 600)
    desk.wait()
    assert call.duration(desk.time) == timedelta(seconds=2)


def test_nobody_can_be_parked_before_ice_is_answered(desk):
    desk.engine.urls = EventUrls(primary="app:")
    plan = read_callout(
        {"method": "customCallout", "customCallout": {"destination": TO}}, callbacks=True
    )
    call = desk.engine.place(plan)
    with pytest.raises(NotPossible, match="nobody"):
        desk.engine.update(call.id, desk.svaml("park"))
