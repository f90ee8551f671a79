"""Conferences, parking, recording, and REST updates (docs/platform/calling.md#calls)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.engine import CallState, EngineSettings, InboundCall, NotPossible, Side
from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import MusicOnHold

BOB = "+46700000003"


def join(desk, **fields):
    desk.app(ice=desk.svaml(desk.room(**fields)))
    return desk.inbound()


# --- rooms --------------------------------------------------------------------------------------


def test_music_while_alone(desk):
    first = join(desk, moh="music1")
    assert (first.state, first.music) == (CallState.CONFERENCE, "music1")
    second = desk.engine.join_room("room", "+46700000009")
    assert (first.music, second.music) == (None, None)
    desk.hang_up(second)
    assert first.music == "music1"
    assert desk.events(second) == [], "who dials straight in gives no events"
    desk.hang_up(first)
    assert desk.engine.rooms() == {}
    assert desk.events(first) == ["ice", "dice"]
    assert desk.last("dice")["conferenceId"] == "room"


def test_who_dials_a_room_is_answered_whatever_answers_else(make):
    desk = make(EngineSettings(answering=frozenset({"park"})))
    call = desk.engine.join_room("room", "+46700000009")
    desk.wait(5 * 3600)
    assert (call.reason, call.duration(desk.time)) == ("TIMEOUT", timedelta(hours=4))


def test_music_given_with_hold_plays_while_alone_not_while_on_hold(desk):
    first, second = join(desk), join(desk)
    command = desk.engine.command
    command("room", first.id, ParticipantCommand.ON_HOLD, MusicOnHold("music2"))
    assert (first.on_hold, first.music, first.moh) == (True, None, MusicOnHold("music2"))
    command("room", first.id, ParticipantCommand.RESUME)
    assert (first.on_hold, first.music) == (False, None)
    desk.hang_up(second)
    assert first.music == "music2"
    join(desk)
    assert first.music is None
    command("room", first.id, ParticipantCommand.MUTE)
    assert first.muted
    command("room", first.id, ParticipantCommand.UNMUTE)
    assert not first.muted


def test_nothing_of_a_room_is_taken_to_the_next(desk):
    call = join(desk, conferenceDtmfOptions={"mode": "detect", "maxDigits": 2})
    join(desk)
    desk.press(call, "1")
    desk.engine.command("room", call.id, ParticipantCommand.MUTE)
    music = MusicOnHold("music2")
    desk.engine.command("room", call.id, ParticipantCommand.ON_HOLD, music)
    other = desk.room(
        conferenceId="other", conferenceDtmfOptions={"mode": "detect", "maxDigits": 2}
    )
    desk.engine.update(call.id, desk.svaml(other))
    assert desk.engine.rooms()["other"] == (call,)
    assert (call.muted, call.on_hold, call.moh, call.music) == (False, False, None, None)
    desk.engine.command("other", call.id, ParticipantCommand.ON_HOLD)
    assert call.music is None, "the music of the first hold was for the first room"
    desk.press(call, "2")
    assert "pie" not in desk.events(call), "the 1 was pressed in another room"
    desk.press(call, "3")
    assert desk.last("pie")["menuResult"]["value"] == "23"


@pytest.mark.parametrize("how", ["hang_up", "menu"])
def test_who_leaves_a_room_is_neither_muted_nor_on_hold(desk, how):
    call = join(desk, moh="music1")
    desk.engine.command("room", call.id, ParticipantCommand.MUTE)
    desk.engine.command("room", call.id, ParticipantCommand.ON_HOLD, MusicOnHold("music2"))
    if how == "hang_up":
        desk.hang_up(call)
    else:
        desk.engine.update(call.id, desk.svaml(desk.menu(maxDigits=1)))
    assert (call.muted, call.on_hold, call.moh, call.music) == (False, False, None, None)
    assert desk.engine.rooms() == {}


def test_kicking(desk):
    first, second, third = join(desk), join(desk), join(desk)
    desk.engine.kick("room", first.id)
    assert (first.reason, second.ended) == ("MANAGERHANGUP", False)
    desk.engine.end_room("room")
    assert (second.reason, third.reason) == ("MANAGERHANGUP", "MANAGERHANGUP")


def test_digits_are_ignored_unless_asked_for(desk):
    call = join(desk)
    join(desk)
    desk.press(call, "1")
    assert (call.transcript[-1].kind, call.transcript[-1].used) == ("pressed", False)


def test_digits_are_forwarded_to_the_others(desk):
    call = join(desk, conferenceDtmfOptions={"mode": "forward"})
    other = join(desk)
    desk.press(call, "12")
    tones = [line.digits for line in other.transcript if line.kind == "tone_heard"]
    assert tones == ["1", "2"]
    assert "tone_heard" not in desk.kinds(call)


@pytest.mark.parametrize(
    ("pressed", "wait", "values"),
    [
        ("123", 0, ["12"]),
        ("1", 4, ["1"]),
        ("1#", 0, ["1"]),
        ("#", 4, []),
        ("1234", 0, ["12", "34"]),
    ],
)
def test_digits_are_detected(desk, pressed, wait, values):
    desk.app(pie=b"")
    call = join(desk, conferenceDtmfOptions={"mode": "detect", "maxDigits": 2})
    desk.press(call, pressed)
    desk.wait(wait)
    results = [sent.event["menuResult"] for sent in desk.sent if sent.name == "pie"]
    assert [result["value"] for result in results] == values
    for result in results:
        assert (result["menuId"], result["type"]) == ("room", "sequence")
    assert call.state is CallState.CONFERENCE


def test_a_room_waits_for_digits_only_after_the_first(desk):
    call = join(desk, conferenceDtmfOptions={"mode": "detect", "maxDigits": 2})
    assert desk.engine.next_due(call.id) - desk.time == timedelta(hours=4)
    desk.press(call, "1")
    assert desk.engine.next_due(call.id) - desk.time == timedelta(seconds=3)


def test_one_digit_may_be_a_hash(desk):
    call = join(desk, conferenceDtmfOptions={"mode": "detect"})
    desk.press(call, "#")
    assert desk.last("pie")["menuResult"]["value"] == "#"


def test_the_answer_to_digits_may_take_the_call_out_of_the_room(desk):
    call = join(desk, conferenceDtmfOptions={"mode": "detect"})
    desk.app(pie=[desk.svaml("continue", desk.say("Hi")), "nonsense", desk.svaml("hangup")])
    desk.press(call, "1")
    assert (desk.heard(call), call.state) == (["Hi"], CallState.CONFERENCE)
    desk.press(call, "2")
    assert (desk.last("notify")["errorCode"], call.state) == (40001, CallState.CONFERENCE)
    desk.press(call, "3")
    assert call.reason == "MANAGERHANGUP"


def test_stopping_the_recording_of_the_call_leaves_that_of_the_room(desk):
    call = join(desk, record=True)
    desk.engine.update(call.id, {"action": {"name": "startRecording"}})
    desk.engine.update(call.id, {"action": {"name": "stopRecording"}})
    stopped = [line.of for line in call.transcript if line.kind == "recording_stopped"]
    assert (stopped, call.recording) == (["call"], True)


def test_a_room_may_be_recorded(desk):
    call = join(desk, record=True)
    assert call.recording
    desk.hang_up(call)
    assert desk.events(call)[1:3] == ["notify recording_finished", "notify recording_available"]


# --- parking ------------------------------------------------------------------------------------


def park(desk, **fields):
    desk.app(ice=desk.svaml({"name": "park", **fields}))
    return desk.inbound()


def test_parking_plays_its_prompts_and_ends(desk):
    call = park(desk, introPrompt="#tts[Wait]", holdPrompt="music", maxDuration=60)
    desk.wait(5)
    assert (call.parked, desk.heard(call)) == (True, ["Wait", "music"])
    desk.wait()
    assert call.reason == "TIMEOUT"
    # the last prompt plays to its end: intro 0.267 s, then whole threes
    assert call.ended_at - call.answered_at == timedelta(seconds=60.267)


@pytest.mark.parametrize(
    ("fields", "stay"),
    [
        ({}, 600),
        ({"maxDuration": 9999}, 600),
        ({"dialTimeout": 30}, 30),
        ({"introPrompt": "a;b", "maxDuration": 1}, 6),
    ],
)
def test_how_long_parking_lasts(desk, fields, stay):
    call = park(desk, **fields)
    desk.wait()
    assert desk.last("dice")["duration"] == stay
    assert call.reason == "TIMEOUT"


def test_who_is_parked_for_no_time_hears_the_beginning(desk):
    call = park(desk, holdPrompt="music", maxDuration=-1)
    assert (call.parked, desk.heard(call)) == (True, ["music"])
    desk.wait(0)
    assert (call.reason, call.duration(desk.time)) == ("TIMEOUT", timedelta(0))


def test_continue_fetches_a_parked_call_and_goes_on(desk):
    call = park(desk)
    desk.engine.update(call.id, desk.svaml("continue", desk.say("Thank you")))
    assert (call.parked, call.ended) == (False, False)
    desk.wait(5)
    assert desk.kinds(call)[-4:] == ["unparked", "heard", "ended", "told"]
    assert (desk.heard(call), call.reason) == (["Thank you"], "MANAGERHANGUP")


def test_continue_takes_a_parked_callout_back_to_its_message(desk):
    to = {"type": "number", "endpoint": BOB}
    call = desk.callout("ttsCallout", destination=to, text="Hello")
    desk.wait(0.6)
    desk.engine.update(call.id, desk.svaml("park"))
    desk.engine.update(call.id, desk.svaml("continue"))
    desk.wait()
    assert desk.heard(call) == ["Hello", "Hello"]
    assert (call.reason, desk.engine.next_due(call.id)) == ("MANAGERHANGUP", None)


@pytest.mark.parametrize("action", [{}, {"name": "startRecording"}, {"name": "stopRecording"}])
def test_what_is_no_action_of_its_own_leaves_a_call_parked(desk, action):
    call = park(desk)
    desk.engine.update(call.id, {"instructions": [desk.say("Hi")], "action": action or None})
    assert (call.parked, desk.heard(call)) == (True, ["Hi"])
    desk.wait()
    assert (call.reason, call.duration(desk.time).total_seconds()) == ("TIMEOUT", 600)


def test_a_parked_call_is_fetched_by_any_action_of_ice(desk):
    call = park(desk)
    desk.engine.update(call.id, desk.svaml(desk.pstn(), desk.say("Fetched")))
    desk.wait(5)
    assert (call.parked, call.connected_to, desk.heard(call)) == (False, BOB, ["Fetched"])
    assert "unparked" in desk.kinds(call)
    assert desk.engine.next_due(call.id) is not None


# --- updates ------------------------------------------------------------------------------------


def connected(desk):
    desk.app(ice=desk.svaml(desk.pstn()), ace=desk.svaml("continue"))
    call = desk.inbound()
    desk.wait(1)
    return call


def test_hanging_up_by_rest(desk):
    call = connected(desk)
    desk.engine.update(call.id, desk.svaml("hangup"))
    assert call.reason == "MANAGERHANGUP"
    call = connected(desk)
    desk.engine.update(call.id, desk.svaml("hangup", desk.say("Bye")))
    assert (desk.heard(call), call.ended) == (["Bye"], False)
    desk.wait(5)
    assert call.reason == "MANAGERHANGUP"
    call = connected(desk)
    desk.engine.end(call.id)
    assert call.ended


def test_instructions_beside_the_talk(desk):
    call = connected(desk)
    instructions = [desk.say("Hi"), desk.cookie("a", "b"), {"name": "startRecording"}]
    desk.engine.update(call.id, desk.svaml("continue", *instructions))
    assert call.state is CallState.CONNECTED
    assert (desk.heard(call), call.cookies, call.recording) == (["Hi"], {"a": "b"}, True)
    desk.engine.update(call.id, {"action": {"name": "stopRecording"}})
    assert not call.recording
    desk.engine.update(call.id, {"action": {"name": "startRecording"}})
    assert call.recording


@pytest.mark.parametrize(
    ("leg", "sides"),
    [("caller", [Side.PARTY]), ("callee", [Side.FAR]), ("BOTH", [Side.PARTY, Side.FAR])],
)
def test_one_leg_hears_something(desk, leg, sides):
    call = connected(desk)
    desk.engine.update_leg(call.id, leg, {"instructions": [desk.say("Hi")]})
    assert [line.side for line in call.transcript if line.kind == "heard"] == sides
    desk.engine.update_leg(call.id, leg, {"action": {"name": "hangup"}})
    assert call.ended


def test_parking_a_connected_call_lets_the_other_go(desk):
    call = connected(desk)
    desk.engine.update(call.id, desk.svaml("park"))
    assert (call.parked, call.far) == (True, None)
    with pytest.raises(NotPossible):
        desk.hang_up(call, side=Side.FAR)


def test_an_update_supersedes_a_question(desk):
    call = desk.engine.inbound(InboundCall(from_="+46700000002", to="+46700000001"))
    ask = desk.engine.drain()[-1]
    desk.engine.update(call.id, desk.svaml("park"))
    assert desk.engine.reply(ask.id, desk.svaml("hangup")) is False
    assert call.parked


def test_a_leg_in_a_room_may_run_a_menu_and_come_back(desk):
    call = join(desk)
    desk.engine.update(call.id, desk.svaml(desk.menu(maxDigits=1)))
    assert (call.state, desk.engine.rooms()) == (CallState.MENU, {})
    desk.app(pie=desk.svaml(desk.room()))
    desk.press(call, "1")
    assert desk.engine.rooms() == {"room": (call,)}


def test_illegal_updates_may_be_told_instead_of_raised(desk):
    call = join(desk)
    script = desk.svaml({"name": "runMenu", "menus": []})
    desk.engine.update(call.id, script, tell=True)
    desk.engine.update_leg(call.id, "both", {"instructions": [{"name": "fly"}]}, tell=True)
    desk.settle()
    assert desk.events(call) == ["ice", *["notify callingerror"] * 2]
    assert call.state is CallState.CONFERENCE


# --- recording ----------------------------------------------------------------------------------

NAME = "20261122120000_669E367E-6BBA-48AB-AF15-266871C28135_{id}"


@pytest.mark.parametrize(
    ("options", "destination"),
    [
        (None, "sandbox://recordings/" + NAME + ".mp3"),
        ({"destinationUrl": "s3://bucket", "format": "wav"}, "s3://bucket/" + NAME + ".wav"),
        ({"destination": "s3://bucket/dir/"}, "s3://bucket/dir/" + NAME + ".mp3"),
        ({"destinationUrl": "azure://a/b/mine.mp3"}, "azure://a/b/mine.mp3"),
    ],
)
def test_where_recordings_go(desk, options, destination):
    start = {"name": "startRecording", **({"options": options} if options else {})}
    desk.app(ice=desk.svaml("park", start, start))
    call = desk.inbound()
    desk.engine.update(call.id, {"action": {"name": "stopRecording"}})
    desk.settle()
    assert desk.events(call) == ["ice", "notify recording_finished"]
    desk.wait(2)
    assert desk.last("notify")["type"] == "recording_available"
    assert desk.last("notify")["destination"] == destination.format(id=call.id)


def test_everything_about_recordings_is_told_before_dice(desk):
    options = {"destinationUrl": "s3://b/a.mp3", "transcriptionOptions": {"enabled": True}}
    desk.app(ice=desk.svaml("park", {"name": "startRecording", "options": options}))
    call = desk.inbound()
    desk.hang_up(call)
    assert desk.events(call) == [
        "ice",
        "notify recording_finished",
        "notify recording_available",
        "notify transcription_available",
        "dice",
    ]
    assert desk.sent[-2].event["destination"] == "s3://b/a-transcript.json"


def test_notifications_can_be_turned_off(desk):
    options = {"notificationEvents": False}
    desk.app(ice=desk.svaml("hangup", {"name": "startRecording", "options": options}))
    call = desk.inbound()
    assert desk.events(call) == ["ice", "dice"]


def test_greeting_before_or_in_the_room(make):
    for first in (False, True):
        desk = make(EngineSettings(greeting_first=first))
        to = {"type": "number", "endpoint": BOB}
        call = desk.callout(
            "conferenceCallout", destination=to, conferenceId="room", greeting="Welcome"
        )
        desk.wait(0.6)
        assert desk.heard(call) == ["Welcome"]
        assert bool(desk.engine.rooms()) is not first
        desk.wait(1)
        assert desk.engine.rooms() == {"room": (call,)}
