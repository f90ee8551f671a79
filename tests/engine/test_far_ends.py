"""Connecting: far ends that answer, are busy, ring in vain, or are machines (facts 8.2, 9.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.sandbox.engine import (
    AmdScript,
    CallState,
    EngineSettings,
    FarEnd,
    FarEndOutcome,
    NotPossible,
    Side,
)

BOB = "+46700000003"
SYNC = {"enabled": True}
ASYNC = {"enabled": "true", "async": True}


def dial(desk, **fields):
    desk.app(ice=desk.svaml(desk.pstn(**fields)), ace=desk.svaml("continue"))
    return desk.inbound()


def machine(desk, **fields):
    desk.engine.far_ends.set(BOB, FarEnd(amd=AmdScript(**fields)))


def test_it_rings_is_answered_and_connected(desk):
    call = dial(desk, cli="+46700000009")
    assert (call.state, call.answered_at) == (CallState.DIALLING, None)
    assert [line.cli for line in call.transcript if line.kind == "dialling"] == ["+46700000009"]
    desk.wait(0.2)
    assert call.state is CallState.RINGING
    desk.wait(0.4)
    assert (call.state, call.connected_to) == (CallState.CONNECTED, BOB)
    assert desk.events(call) == ["ice", "ace"]
    assert "amd" not in desk.last("ace")


@pytest.mark.parametrize(
    ("outcome", "result", "reason"),
    [
        (FarEndOutcome.BUSY, "BUSY", "N/A"),
        (FarEndOutcome.FAILED, "FAILED", "GENERALERROR"),
        (FarEndOutcome.CONGESTION, "FAILED", "CONGESTION"),
        (FarEndOutcome.NO_ANSWER, "NOANSWER", "TIMEOUT"),
    ],
)
def test_it_is_not_answered(desk, outcome, result, reason):
    desk.engine.far_ends.set("46700000003", FarEnd(outcome=outcome))
    call = dial(desk)
    desk.wait()
    dice = desk.last("dice")
    assert (dice["result"], dice["reason"], "duration" in dice) == (result, reason, False)
    assert desk.events(call) == ["ice", "dice"]
    assert call.connected_to is None


def test_dial_timeout(desk):
    desk.engine.far_ends.default = FarEnd(outcome=FarEndOutcome.WAIT)
    call = dial(desk, dialTimeout=20)
    desk.wait(19)
    assert call.state is CallState.RINGING
    desk.wait(2)
    assert (call.result.value, call.reason) == ("NOANSWER", "TIMEOUT")
    assert call.ended_at - call.placed_at == timedelta(seconds=20)


def test_an_app_that_does_not_answer_is_busy(desk):
    desk.engine.far_ends.default = FarEnd(outcome=FarEndOutcome.NO_ANSWER)
    desk.app(ice=desk.svaml({"name": "connectMxp", "destination": {"endpoint": "eve"}}))
    call = desk.inbound()
    desk.wait()
    assert (call.result.value, call.reason) == ("BUSY", "N/A")


def test_answering_and_rejecting_by_hand(desk):
    desk.engine.far_ends.default = FarEnd(outcome=FarEndOutcome.WAIT)
    call = dial(desk)
    desk.engine.machine(call.id, AmdScript(status="machine"))
    desk.engine.answer(call.id)
    desk.settle()
    assert call.connected_to == BOB
    with pytest.raises(NotPossible):
        desk.engine.answer(call.id)
    with pytest.raises(NotPossible):
        desk.engine.machine(call.id, AmdScript())
    call = dial(desk)
    desk.engine.reject(call.id, FarEndOutcome.BUSY)
    assert call.result.value == "BUSY"
    call = dial(desk)
    desk.wait(1)
    desk.hang_up(call, side=Side.FAR)
    assert call.result.value == "BUSY", "who hangs up a ringing phone rejects the call"


def test_who_hangs_up(desk):
    for side, reason in ((Side.PARTY, "CALLERHANGUP"), (Side.FAR, "CALLEEHANGUP")):
        call = dial(desk)
        desk.wait(1)
        desk.hang_up(call, side=side)
        assert call.reason == reason
    call = dial(desk)
    desk.hang_up(call)
    assert (call.reason, call.result.value) == ("CANCEL", "N/A")


def test_a_far_end_hangs_up_by_itself(desk):
    desk.engine.far_ends.default = FarEnd(hangs_up_after=timedelta(seconds=30))
    call = dial(desk)
    desk.wait()
    assert (call.reason, desk.last("dice")["duration"]) == ("CALLEEHANGUP", 30)


def test_max_duration_counts_from_the_answer(desk):
    call = dial(desk, maxDuration=60)
    desk.wait()
    assert (call.reason, desk.last("dice")["duration"]) == ("TIMEOUT", 60)
    call = dial(desk, maxDuration=99999)
    desk.wait(5 * 3600)
    assert desk.last("dice")["duration"] == 14400


def test_tones_and_recording_of_the_action(desk):
    call = dial(desk, dtmf="1w2", record=True)
    desk.wait(1)
    (tones,) = [line for line in call.transcript if line.kind == "tone_heard"]
    assert (tones.digits, tones.side) == ("1w2", Side.FAR)
    assert call.recording
    desk.press(call, "5")
    assert (call.transcript[-1].kind, call.transcript[-1].side) == ("tone_heard", Side.FAR)


def test_ace_may_end_the_call_or_go_elsewhere(desk):
    desk.app(ice=desk.svaml(desk.pstn()), ace=desk.svaml("hangup", desk.say("Sorry")))
    call = desk.inbound()
    desk.wait()
    assert (call.reason, desk.heard(call)) == ("MANAGERHANGUP", ["Sorry"])
    desk.app(ace=desk.svaml(desk.room()))
    call = desk.inbound()
    desk.wait(1)
    assert (call.conference_id, call.far) == ("room", None)


# --- the other kinds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "to"),
    [
        ({"name": "connectMxp", "destination": {"type": "username", "endpoint": "eve"}}, "eve"),
        ({"name": "connectSip", "destination": {"type": "Sip", "endpoint": "a@b"}}, "a@b"),
        ({"name": "connectSip", "account": "desk"}, "desk"),
        ({"name": "connectStream", "destination": {"endpoint": "wss://a.b"}}, "wss://a.b"),
        ({"name": "connectPSTN"}, "+46700000001"),
        ({"name": "connectpstn", "destination": {"type": "number", "endpoint": BOB}}, BOB),
    ],
)
def test_destinations(desk, action, to):
    desk.app(ice=desk.svaml(action))
    call = desk.inbound()
    desk.wait(1)
    assert call.connected_to == to


@pytest.mark.parametrize(("ace", "dice"), [(False, True), (True, False)])
def test_user_names_give_ace_and_dice_as_set(make, ace, dice):
    desk = make(EngineSettings(username_ace=ace, username_dice=dice))
    desk.app(ice=desk.svaml({"name": "connectMxp", "destination": {"endpoint": "eve"}}))
    call = desk.inbound()
    desk.wait(1)
    desk.hang_up(call)
    assert desk.events(call) == ["ice", *["ace"] * ace, *["dice"] * dice]


# --- answering machines -------------------------------------------------------------------------


def test_synchronous_detection_delays_ace(desk):
    machine(desk, status="machine", reason="longgreeting", analysis=timedelta(seconds=4))
    call = dial(desk, amd=SYNC)
    desk.wait(4)
    assert desk.events(call) == ["ice"]
    desk.wait(1)
    assert desk.last("ace")["amd"] == {
        "status": "machine",
        "reason": "longgreeting",
        "duration": 4,
    }


def test_synchronous_detection_takes_five_seconds_at_most(desk):
    machine(desk, analysis=timedelta(seconds=60))
    call = dial(desk, amd=SYNC)
    desk.wait(6)
    assert desk.events(call) == ["ice", "ace"]


def test_asynchronous_detection_notifies(desk):
    machine(desk, status="machine", reason="longgreeting", beep_after=timedelta(seconds=9))
    call = dial(desk, amd=ASYNC)
    desk.wait(1)
    assert desk.last("ace")["amd"] == {"status": "inprogress"}
    desk.wait(3)
    assert desk.last("notify")["amd"]["status"] == "machine"
    desk.wait(9)
    desk.hang_up(call)
    assert desk.events(call) == ["ice", "ace", "notify amd", "notify amd_beep", "dice"]


@pytest.mark.parametrize("amd", [SYNC, ASYNC])
def test_hung_up_while_it_listens(desk, amd):
    machine(desk, status="hangup")
    call = dial(desk, amd=amd)
    desk.wait()
    assert call.reason == "CALLEEHANGUP"


def test_without_detection_nothing_is_detected(desk):
    machine(desk, status="machine", beep_after=timedelta(seconds=1))
    call = dial(desk, amd={"enabled": False})
    desk.wait(60)
    assert desk.events(call) == ["ice", "ace"]
