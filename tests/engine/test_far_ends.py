"""Connecting: far ends that answer, are busy, ring in vain, or are machines (docs/platform/voice-events.md#amd)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.engine import (
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


def test_giving_up_is_hanging_up_once_the_call_was_answered(desk):
    desk.app(ice=desk.svaml(desk.menu(maxDigits=1)), pie=desk.svaml(desk.pstn()))
    call = desk.inbound()
    desk.press(call, "1")
    desk.wait(0.2)
    assert (call.state, call.answered_at) == (
        CallState.RINGING,
        desk.engine.call(call.id).placed_at,
    )
    desk.hang_up(call)
    assert (call.reason, call.result.value) == ("CALLERHANGUP", "ANSWERED")


def test_giving_up_before_anybody_was_dialled_is_hanging_up(desk):
    desk.app(ice=desk.svaml(desk.pstn(), desk.say("One moment")))
    call = desk.inbound()
    assert (call.state, call.answered_at) == (CallState.PLAYING, None)
    desk.hang_up(call)
    assert (call.reason, call.result.value) == ("CALLERHANGUP", "N/A")


def steps(call):
    """What became of the dialling, by the seconds since it began."""
    (start,) = [line.at for line in call.transcript if line.kind == "dialling"]
    kinds = {"ringing", "answered", "not_answered"}
    return [
        (line.kind, (line.at - start).total_seconds())
        for line in call.transcript
        if line.kind in kinds
    ]


@pytest.mark.parametrize(
    ("end", "dial_timeout", "expected"),
    [
        ({"rings": 2, "answers": 1}, 60, [("ringing", 2), ("answered", 2), ("answered", 2)]),
        ({"rings": 0, "answers": 0}, 60, [("ringing", 0), ("answered", 0), ("answered", 0)]),
        ({"rings": 2, "answers": 3}, 1, [("not_answered", 1)]),
        ({"rings": 1, "answers": 5}, 3, [("ringing", 1), ("not_answered", 3)]),
        (
            {"rings": 1, "outcome": FarEndOutcome.NO_ANSWER},
            3,
            [("ringing", 1), ("not_answered", 3)],
        ),
        ({"rings": 0, "busy": 2, "outcome": FarEndOutcome.BUSY}, 60, [("not_answered", 2)]),
        ({"busy": 9, "outcome": FarEndOutcome.BUSY}, 3, [("not_answered", 3)]),
    ],
)
def test_nobody_answers_before_it_rings_or_after_the_time_out(desk, end, dial_timeout, expected):
    outcome = end.pop("outcome", FarEndOutcome.ANSWER)
    times = {f"{name}_after": timedelta(seconds=value) for name, value in end.items()}
    desk.engine.far_ends.default = FarEnd(outcome=outcome, **times)
    call = dial(desk, dialTimeout=dial_timeout)
    desk.wait(10)
    assert steps(call) == expected


def test_picking_up_by_hand_before_it_rings_makes_it_ring(desk):
    desk.engine.far_ends.default = FarEnd(rings_after=timedelta(seconds=2))
    call = dial(desk)
    desk.engine.answer(call.id)
    desk.wait(5)
    assert [kind for kind, _ in steps(call)] == ["ringing", "answered", "answered"]


def test_a_far_end_hangs_up_by_itself(desk):
    desk.engine.far_ends.default = FarEnd(hangs_up_after=timedelta(seconds=30))
    call = dial(desk)
    desk.wait()
    assert (call.reason, desk.last("dice")["duration"]) == ("CALLEEHANGUP", 30)


def test_no_script_turns_time_back(desk):
    before = timedelta(seconds=-5)
    desk.engine.far_ends.set(BOB, FarEnd(rings_after=before, answers_after=before))
    call = dial(desk)
    desk.wait(1)
    times = [line.at for line in call.transcript]
    assert call.state is CallState.CONNECTED
    assert times == sorted(times)


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
    desk.engine.far_ends.set("wss://a.b", FarEnd())
    desk.app(ice=desk.svaml(action))
    call = desk.inbound()
    desk.wait(1)
    assert call.connected_to == to


def stream(desk, endpoint):
    desk.app(
        ice=desk.svaml({"name": "connectStream", "destination": {"endpoint": endpoint}}),
        ace=desk.svaml("continue"),
    )
    call = desk.inbound()
    desk.wait(1)
    return call


@pytest.mark.parametrize(
    ("declared", "address", "listens"),
    [
        ("wss://a.b", "wss://a.b", True),
        ("wss://a.b/", "wss://A.B", True),
        ("wss://a.b", "wss://a.b/calls/1?token=x/y", True),
        ("wss://a.b", "wss://a.b?token=x", True),
        ("wss://a.b/calls", "wss://a.b/calls/", True),
        ("wss://a.b/calls", "wss://a.b/callsigns", False),
        ("wss://a.b/calls", "wss://a.b", False),
        ("wss://a.b", "wss://a.b:8443", False),
        ("wss://a.b", "ws://a.b", False),
        ("wss://a.b/?room=1", "wss://a.b/?room=2", False),
        ("+46700000003", "wss://a.b", False),
    ],
)
def test_a_stream_is_connected_only_where_somebody_is_declared_to_listen(
    desk, declared, address, listens
):
    desk.engine.far_ends.set(declared, FarEnd())
    call = stream(desk, address)
    assert (call.state is CallState.CONNECTED) is listens
    assert call.connected_to == (address if listens else None)
    assert desk.events(call) == (["ice", "ace"] if listens else ["ice", "dice"])
    if not listens:
        assert (call.result.value, call.reason) == ("FAILED", "GENERALERROR")
        (line,) = [line for line in call.transcript if line.kind == "not_answered"]
        assert "nobody listens there" in str(line)


def test_the_nearest_declaration_of_a_stream_counts(desk):
    desk.engine.far_ends.set("wss://a.b", FarEnd())
    desk.engine.far_ends.set("wss://a.b/full", FarEnd(outcome=FarEndOutcome.BUSY))
    call = stream(desk, "wss://a.b/full/1")
    assert call.result.value == "BUSY"
    assert all("nobody listens" not in str(line) for line in call.transcript)
    assert stream(desk, "wss://a.b/fuller").connected_to == "wss://a.b/fuller"


def test_only_streams_have_addresses_below_each_other(desk):
    desk.engine.far_ends.set("eve", FarEnd(outcome=FarEndOutcome.BUSY))
    desk.app(ice=desk.svaml({"name": "connectMxp", "destination": {"endpoint": "eve/desk"}}))
    call = desk.inbound()
    desk.wait(1)
    assert call.connected_to == "eve/desk"


def test_every_address_may_be_taken_for_a_listening_one(make):
    desk = make(EngineSettings(undeclared_stream=FarEndOutcome.ANSWER))
    assert stream(desk, "wss://a.b/made-up").connected_to == "wss://a.b/made-up"


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


def test_nothing_comes_of_a_far_end_that_was_let_go(desk):
    script = AmdScript(status="hangup", beep_after=timedelta(seconds=7))
    desk.engine.far_ends.set(BOB, FarEnd(amd=script, hangs_up_after=timedelta(seconds=9)))
    desk.app(ice=desk.svaml(desk.pstn(amd=ASYNC)), ace=desk.svaml(desk.room()))
    call = desk.inbound()
    desk.wait(60)
    assert desk.events(call) == ["ice", "ace"]
    assert call.state is CallState.CONFERENCE


def test_an_update_ends_asynchronous_detection(desk):
    machine(desk, status="machine")
    call = dial(desk, amd=ASYNC)
    desk.wait(1)
    desk.engine.update(call.id, desk.svaml(desk.menu(maxDigits=1)))
    desk.wait(4)
    assert desk.events(call) == ["ice", "ace"]


def test_an_update_lets_a_far_end_go_that_still_rings(desk):
    call = dial(desk)
    desk.wait(0.2)
    desk.engine.update(call.id, desk.svaml(desk.menu(maxDigits=1)))
    assert (call.state, call.far) == (CallState.MENU, None)
    desk.wait(2)
    assert "ace" not in desk.events(call)


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
