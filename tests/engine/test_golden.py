"""Some whole calls, line by line and event by event: what they gave once, they give for ever.

``golden_calls.txt`` has them; run this file to write it anew, and read the difference.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sinch.engine import AmdScript, CallbackFailure, EngineSettings, FarEnd, FarEndOutcome, Side
from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import CallDomain, MusicOnHold

from .conftest import BOB, Desk

PAGE = Path(__file__).with_name("golden_calls.txt")
TO = {"type": "number", "endpoint": BOB}
OPTIONS = [
    {"dtmf": "1", "action": "return(sales)", "add": [{"key": "chosen", "value": "1"}]},
    {"dtmf": "2", "action": "menu(pin)", "input": "code"},
]
PIN = {"id": "pin", "mainPrompt": "#tts[Your code]", "maxDigits": 4, "repeats": 1}
STORIES: list[Callable[[Desk], None]] = []


def story(play: Callable[[Desk], None]) -> Callable[[Desk], None]:
    STORIES.append(play)
    return play


@story
def a_menu_leads_to_sales(desk: Desk) -> None:
    desk.app(
        ice=desk.svaml(desk.menu(PIN, options=OPTIONS), desk.cookie("lang", "sv")),
        pie=desk.svaml(desk.pstn(record=True), desk.say("One moment")),
        ace=desk.svaml("continue", desk.say("You talk to Bob")),
    )
    call = desk.inbound()
    desk.press(call, "9")
    desk.wait(2)
    desk.press(call, "1")
    desk.wait(5)
    desk.press(call, "5", side=Side.FAR)
    desk.hang_up(call, side=Side.FAR)


@story
def a_code_is_spoken_typed_and_given_up(desk: Desk) -> None:
    menu = {**desk.menu(PIN, options=OPTIONS, barge=False), "enableVoice": True}
    desk.app(ice=desk.svaml(menu), pie=[desk.svaml(menu), desk.svaml(menu)])
    call = desk.inbound(domain=CallDomain.MXP, user="eve")
    desk.press(call, "2")
    desk.wait(1)
    desk.engine.speak(call.id, "Code")
    desk.wait(1)
    desk.press(call, "12")
    desk.wait(6)
    desk.wait(1)
    desk.press(call, "2")
    desk.wait(1)
    desk.hang_up(call)


@story
def nobody_answers_and_the_app_is_down(desk: Desk) -> None:
    desk.engine.far_ends.set(BOB, FarEnd(outcome=FarEndOutcome.NO_ANSWER))
    desk.app(ice=desk.svaml(desk.pstn(dialTimeout=9)), dice=CallbackFailure.TIMEOUT)
    desk.inbound()
    desk.wait(20)
    desk.app(ice=CallbackFailure.UNREACHABLE)
    desk.inbound()
    desk.wait(20)
    desk.app(ice='{"action": {"name": "fly"}}')
    desk.inbound()
    desk.wait(20)


@story
def a_machine_is_detected_in_both_ways(desk: Desk) -> None:
    script = AmdScript(status="machine", reason="longgreeting", beep_after=timedelta(seconds=7))
    desk.engine.far_ends.set(BOB, FarEnd(amd=script, hangs_up_after=timedelta(seconds=20)))
    for amd in ({"enabled": True}, {"enabled": True, "async": True}):
        desk.app(ice=desk.svaml(desk.pstn(amd=amd, dtmf="1w2")), ace=desk.svaml("continue"))
        desk.inbound()
        desk.wait(30)


@story
def callouts_of_every_kind(desk: Desk) -> None:
    desk.app(ace=desk.svaml("continue", desk.say("First")))
    desk.callout("ttsCallout", destination=TO, text="Hello", enableAce=True, enableDice=True)
    desk.wait(9)
    dtmf = {"mode": "detect", "maxDigits": 2}
    fields = {"destination": TO, "conferenceId": "room", "greeting": "Hi", "enableDice": True}
    call = desk.callout("conferenceCallout", conferenceDtmfOptions=dtmf, enablePie=True, **fields)
    desk.wait(2)
    desk.press(call, "12")
    desk.hang_up(call)
    inline = {
        "ice": desk.svaml(desk.pstn()),
        "ace": desk.svaml(desk.menu(maxDigits=1)),
        "pie": desk.svaml("hangup", desk.say("Bye")),
    }
    call = desk.callout("customCallout", **{name: json.dumps(it) for name, it in inline.items()})
    desk.wait(2)
    desk.press(call, "7")
    desk.wait(2)


@story
def a_room_with_music_digits_and_commands(desk: Desk) -> None:
    dtmf = {"mode": "detect", "maxDigits": 2}
    desk.app(
        ice=desk.svaml(desk.room(moh="music1", conferenceDtmfOptions=dtmf, record=True)),
        pie=[desk.svaml("continue", desk.say("Noted")), desk.svaml("hangup")],
    )
    first = desk.inbound()
    second = desk.engine.join_room("room", "+46700000009")
    desk.press(first, "1")
    desk.wait(4)
    desk.engine.command("room", first.id, ParticipantCommand.MUTE)
    desk.engine.command("room", first.id, ParticipantCommand.ON_HOLD, MusicOnHold("music2"))
    desk.engine.command("room", first.id, ParticipantCommand.RESUME)
    desk.hang_up(second)
    desk.press(first, "2#")


@story
def parked_fetched_and_led_about_by_rest(desk: Desk) -> None:
    desk.app(ice=desk.svaml({"name": "park", "introPrompt": "#tts[Wait]", "holdPrompt": "music"}))
    call = desk.inbound()
    desk.wait(5)
    desk.engine.update(call.id, {"instructions": [{"name": "startRecording"}]})
    desk.engine.update(call.id, desk.svaml(desk.pstn(), desk.say("Fetched")))
    desk.wait(5)
    desk.engine.update_leg(call.id, "both", {"instructions": [desk.say("A minute left")]})
    desk.engine.update(call.id, {"action": {"name": "stopRecording"}})
    desk.engine.update(call.id, {"action": {"name": "fly"}}, tell=True)
    desk.wait(5)
    desk.engine.update(call.id, desk.svaml("hangup", desk.say("Bye")))
    desk.wait(5)


def told(play: Callable[[Desk], None], settings: EngineSettings | None = None) -> str:
    """One story as text: a line for each line of the transcripts, with all events."""
    desk = Desk(settings)
    play(desk)
    desk.settle()
    lines = [f"# {play.__name__.replace('_', ' ')}"]
    for call in desk.engine.calls():
        lines.append(f"## {call.id}: {call.kind}, {call.state.value}")
        start = call.placed_at
        for entry in call.transcript:
            at = (entry.at - start).total_seconds()
            lines.append(f"{at:7.3f} {entry}{_payload(entry)}")
    return "\n".join(lines) + "\n"


def _payload(entry: Any) -> str:
    """What of an event the line itself does not show."""
    if entry.kind not in {"asked", "told"}:
        return ""
    usual = {"event", "callid", "version", "applicationKey", "timestamp", "callResourceUrl"}
    rest = {name: value for name, value in entry.payload.items() if name not in usual}
    return f" {json.dumps(rest, sort_keys=True)}"


@pytest.mark.parametrize("play", STORIES, ids=lambda play: play.__name__)
def test_the_same_story_gives_the_same_call(play):
    assert told(play) in PAGE.read_text(), f"run python -m tests.engine.{Path(__file__).stem}"


def test_the_page_has_no_other_stories():
    assert PAGE.read_text() == "\n".join(told(play) for play in STORIES)


if __name__ == "__main__":
    PAGE.write_text("\n".join(told(play) for play in STORIES))
