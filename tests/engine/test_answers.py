"""Events, answers, and what happens without them (docs/platform/voice-events.md)."""

from __future__ import annotations

import json

import attrs
import pytest

from sinch.callbacks import read_event
from sinch.engine import (
    Ask,
    CallbackFailure,
    EngineSettings,
    EventUrls,
    FarEnd,
    FarEndOutcome,
    InboundCall,
    NoSuchCall,
    NotPossible,
    Recovery,
    Side,
)
from sinch_api.models.common import CallDomain, Identity, IdentityType

BOB = "+46700000003"
SOMEBODY = InboundCall(from_="+46700000002", to="+46700000001")
TO = {"type": "number", "endpoint": BOB}


# --- ICE ----------------------------------------------------------------------------------------


def test_ice_has_the_documented_fields(desk):
    call = desk.inbound(rdnis="+46700000009", call_headers={"x": "y"})
    assert desk.last("ice") == {
        "event": "ice",
        "callid": call.id,
        "version": 1,
        "timestamp": "2026-11-22T12:00:00Z",
        "applicationKey": "669E367E-6BBA-48AB-AF15-266871C28135",
        "callResourceUrl": f"http://localhost/calling/v1/calls/id/{call.id}",
        "userRate": {"currencyId": "EUR", "amount": 0.01},
        "cli": "+46700000002",
        "to": {"type": "did", "endpoint": "+46700000001"},
        "domain": "pstn",
        "originationType": "PSTN",
        "rdnis": "+46700000009",
        "callHeaders": [{"key": "x", "value": "y"}],
    }


def test_an_app_user_calls(desk):
    desk.inbound(
        from_="alice",
        to=Identity(type=IdentityType.USERNAME, endpoint="bob"),
        domain=CallDomain.MXP,
        user="alice",
    )
    ice = desk.last("ice")
    assert (ice["domain"], ice["originationType"], ice["user"]) == ("mxp", "MXP", "alice")
    assert ice["to"] == {"type": "username", "endpoint": "bob"}


def test_numbers_without_plus_as_they_were_seen(make):
    desk = make(EngineSettings(plus_in_events=False))
    desk.inbound()
    assert desk.last("ice")["cli"] == "46700000002"


def test_instructions_run_in_order_before_the_action(desk):
    desk.app(
        ice=desk.svaml(
            "hangup",
            desk.say("one", locale="sv-SE"),
            desk.cookie("a", "b"),
            {"name": "PLAYFILES", "ids": ["#tts[two];three", "https://example.com/4.mp3"]},
            {"name": "sendDtmf", "value": "1w2"},
            desk.say("five"),
        )
    )
    call = desk.inbound()
    desk.wait()
    assert desk.heard(call) == ["one", "two", "three", "https://example.com/4.mp3", "five"]
    lines = [line for line in call.transcript if line.kind == "heard"]
    assert [line.source for line in lines] == ["tts", "tts", "file", "url", "tts"]
    assert (lines[0].locale, lines[1].locale) == ("sv-SE", "en-US")
    times = [line.at for line in lines]
    assert times == sorted(set(times)), "each prompt takes its time"
    order = [k for k in desk.kinds(call) if k in {"heard", "cookie_set", "tone_heard", "ended"}]
    assert order == [
        "heard",
        "cookie_set",
        "heard",
        "heard",
        "heard",
        "tone_heard",
        "heard",
        "ended",
    ]
    assert desk.last("dice")["cookies"] == [{"key": "a", "value": "b"}]


def test_prompts_are_early_media_until_the_call_is_answered(desk, make):
    answers = desk.svaml("hangup", desk.say("Welcome"))
    desk.app(ice=answers)
    call = desk.inbound()
    desk.wait()
    assert (call.result.value, call.reason) == ("N/A", "MANAGERHANGUP")
    assert "duration" not in desk.last("dice")

    desk.app(ice=desk.svaml("hangup", {"name": "answer"}, desk.say("x" * 30)))
    call = desk.inbound()
    desk.wait()
    dice = desk.last("dice")
    assert (dice["result"], dice["duration"], dice["debit"]["amount"]) == ("ANSWERED", 2, 0.01)

    desk = make(EngineSettings(prompts_answer=True))
    desk.app(ice=answers)
    call = desk.inbound()
    assert call.answered_at is not None


@pytest.mark.parametrize(("cause", "result"), [(0, "N/A"), (1, "BUSY"), (2, "FAILED")])
def test_hangup_causes(desk, cause, result):
    desk.app(ice=desk.svaml({"name": "hangup", "hangupCause": cause}))
    call = desk.inbound()
    assert (call.result.value, call.reason) == (result, "MANAGERHANGUP")


def test_an_inbound_call_does_not_ring_for_ever(desk):
    call = desk.engine.inbound(SOMEBODY)
    desk.engine.drain()
    desk.time += desk.engine.settings.longest_setup
    desk.scheduler.run()
    assert (call.reason, call.result.value) == ("TIMEOUT", "N/A")


# --- no answer ----------------------------------------------------------------------------------


def test_ice_without_an_answer_plays_an_error_and_disconnects(desk):
    desk.app(ice=CallbackFailure.TIMEOUT)
    call = desk.inbound()
    desk.wait()
    assert desk.heard(call) == [desk.engine.settings.error_prompt]
    assert call.reason == "CALLBACKERROR"
    assert desk.events(call) == ["ice", "dice"]


def test_ace_without_an_answer_connects(desk):
    desk.app(ice=desk.svaml(desk.pstn()), ace=CallbackFailure.STATUS)
    call = desk.inbound()
    desk.wait(5)
    assert call.connected_to == BOB


def test_pie_without_an_answer_hangs_up(desk):
    desk.app(ice=desk.svaml(desk.menu(maxDigits=1)), pie=CallbackFailure.UNREACHABLE)
    call = desk.inbound()
    desk.press(call, "1")
    assert call.reason == "CALLBACKERROR"


def test_recoveries_can_be_chosen(make):
    desk = make(EngineSettings(unanswered_pie=Recovery.CONTINUE, unanswered_ace=Recovery.HANG_UP))
    desk.app(ice=desk.svaml(desk.pstn()), ace=CallbackFailure.STATUS)
    call = desk.inbound()
    desk.wait(5)
    assert (call.ended, call.reason) == (True, "CALLBACKERROR")


def test_the_fallback_url_gets_its_chance(make):
    desk = make(urls=EventUrls(primary="first:", fallback="second:"))
    answer = desk.svaml("hangup")
    desk.answer = lambda sent: answer if sent.url == "second:" else CallbackFailure.STATUS
    call = desk.inbound()
    desk.wait()
    tries = [(sent.name, sent.url, sent.attempt) for sent in desk.sent]
    assert tries == [
        ("ice", "first:", 1),
        ("ice", "second:", 2),
        ("dice", "first:", 1),
        ("dice", "second:", 2),
    ]
    assert len({sent.id for sent in desk.sent}) == 4
    assert call.reason == "MANAGERHANGUP"
    assert desk.kinds(call).count("callback_failed") == 2


def test_without_any_url_nothing_is_asked(make):
    desk = make(urls=EventUrls())
    call = desk.inbound()
    desk.wait()
    assert call.reason == "CALLBACKERROR"
    assert [(sent.name, sent.url) for sent in desk.sent] == [("dice", "")]


def test_late_and_unknown_answers_are_ignored(desk):
    desk.answer = lambda _: None
    call = desk.engine.inbound(SOMEBODY)
    (ask,) = [effect for effect in desk.engine.drain() if isinstance(effect, Ask)]
    desk.engine.hang_up(call.id)
    assert desk.engine.reply(ask.id, desk.svaml(desk.pstn())) is False
    assert desk.engine.failed(ask.id, CallbackFailure.TIMEOUT) is False
    assert desk.engine.reply("nothing", None) is False
    assert call.reason == "CALLERHANGUP"


# --- illegal answers ----------------------------------------------------------------------------

ILLEGAL = [
    b"\xff",
    "{",
    "[]",
    "{}",
    "",
    {"action": "hangup"},
    {"instructions": [{"name": "say", "text": "no action"}]},
    {"action": {"name": "fly"}},
    {"action": {"name": "hangup"}, "Action": {"name": "hangup"}},
    {"action": {"name": "continue"}},
    {"action": {"name": "hangup"}, "instructions": [{"name": "fly"}]},
    {"action": {"name": "hangup"}, "instructions": [{"name": "say", "text": "x" * 601}]},
    {"action": {"name": "hangup"}, "instructions": [{"name": "setCookie"}]},
    {"action": {"name": "hangup"}, "instructions": [{"name": "sendDtmf", "value": "x"}]},
    {"action": {"name": "hangup"}, "instructions": [{"name": "playFiles", "ids": []}]},
    {"action": {"name": "connectPstn", "number": "+1"}},
    {"action": {"name": "connectPstn", "number": BOB, "dialTimeout": -1}},
    {"action": {"name": "connectMxp"}},
    {"action": {"name": "connectSip", "destination": {"endpoint": "nobody"}}},
    {"action": {"name": "connectStream", "destination": {"endpoint": "https://a"}}},
    {"action": {"name": "connectConf", "conferenceId": "x" * 65}},
    {"action": {"name": "runMenu", "menus": []}},
    {"action": {"name": "runMenu", "menus": [{"id": "main"}, {"id": "main"}]}},
    {"action": {"name": "runMenu", "mainMenu": "b", "menus": [{"id": "main"}]}},
    *(
        {"action": {"name": "runMenu", "menus": [{"id": "main", "options": options}]}}
        for options in (
            [{"dtmf": "1", "action": "return"}],
            [{"dtmf": "12", "action": "return(x)"}],
            [{"dtmf": "1", "action": "return(x)"}, {"dtmf": "1", "action": "return(y)"}],
        )
    ),
]


@pytest.mark.parametrize("answer", ILLEGAL, ids=str)
def test_illegal_svaml_is_notified_and_ends_the_call(desk, answer):
    desk.app(ice=answer)
    call = desk.inbound()
    desk.wait()
    notify = desk.last("notify")
    assert (notify["type"], notify["errorCode"]) == ("callingerror", 40001)
    assert notify["errorMsg"]
    assert "timestamp" not in notify
    assert "cookies" not in notify
    assert (call.ended, call.reason) == (True, "INVALIDSVAMLACTION")
    assert desk.events(call) == ["ice", "notify callingerror", "dice"]
    assert desk.last("dice")["reason"] == "GENERALERROR"
    assert desk.heard(call) == [desk.engine.settings.error_prompt]


@pytest.mark.parametrize("action", ["park", "connectPstn", "connectStream", "connectMxp"])
def test_an_action_in_the_wrong_place(desk, action):
    answer = {"name": action, "destination": {"endpoint": "wss://a@b"}}
    desk.app(ice=desk.svaml(desk.pstn()), ace=desk.svaml(answer))
    call = desk.inbound()
    desk.wait()
    assert desk.events(call) == ["ice", "ace", "notify callingerror", "dice"]


def test_the_places_can_be_widened_as_in_2018(make):
    usual = EngineSettings().contexts
    wide = {**usual, "ace": usual["ace"] | {"park"}}
    desk = make(EngineSettings(contexts=wide))
    desk.app(ice=desk.svaml(desk.pstn()), ace=desk.svaml("park"))
    call = desk.inbound()
    desk.wait(5)
    assert call.parked


def test_an_empty_answer_to_ace_continues(desk, make):
    desk.app(ice=desk.svaml(desk.pstn()), ace=[b"", "{}"])
    assert [_connected(desk), _connected(desk)] == [BOB, BOB]
    desk = make(EngineSettings(empty_ace_continues=False))
    desk.app(ice=desk.svaml(desk.pstn()), ace=b"")
    assert _connected(desk) is None


def _connected(desk):
    call = desk.inbound()
    desk.wait(5)
    return call.connected_to


# --- cookies, headers, DICE ---------------------------------------------------------------------


def test_cookies_go_through_all_later_events_but_notify(desk):
    desk.app(
        ice=desk.svaml(desk.menu(maxDigits=1), desk.cookie("a", "1")),
        pie=desk.svaml(desk.pstn(), desk.cookie("a", "2"), desk.cookie("b", "3")),
        ace=desk.svaml("continue"),
    )
    call = desk.inbound()
    desk.press(call, "1")
    desk.wait(5)
    desk.hang_up(call)
    both = [{"key": "a", "value": "2"}, {"key": "b", "value": "3"}]
    assert "cookies" not in desk.last("ice")
    assert desk.last("pie")["cookies"] == [{"key": "a", "value": "1"}]
    assert desk.last("ace")["cookies"] == desk.last("dice")["cookies"] == both


def test_too_many_cookies_are_refused_and_the_others_kept(desk):
    desk.app(ice=desk.svaml("hangup", desk.cookie("a", "x" * 1000), desk.cookie("b", "y" * 30)))
    call = desk.inbound()
    assert list(call.cookies) == ["a"]
    assert desk.events(call) == ["ice", "notify callingerror", "dice"]


def test_call_headers_come_back_in_dice(desk):
    action = {
        "name": "connectSip",
        "destination": {"endpoint": "a@b"},
        "callHeaders": [{"key": "X-a", "value": "1"}],
    }
    desk.app(ice=desk.svaml(action))
    call = desk.inbound(call_headers={"k": "v"})
    desk.wait(5)
    desk.hang_up(call)
    keys = [header["key"] for header in desk.last("dice")["callHeaders"]]
    assert keys == ["k", "X-a"]


def test_dice_tells_how_it_ended(desk):
    desk.app(ice=desk.svaml(desk.pstn()), ace=desk.svaml("continue"))
    call = desk.inbound()
    desk.wait(61.5)
    desk.hang_up(call, side=Side.FAR)
    dice = desk.last("dice")
    assert {name: dice[name] for name in ("reason", "result", "duration", "from", "to")} == {
        "reason": "CALLEEHANGUP",
        "result": "ANSWERED",
        "duration": 61,
        "from": "+46700000002",
        "to": TO,
    }
    assert dice["debit"] == {"currencyId": "EUR", "amount": 0.02}
    assert dice["userRate"] == {"currencyId": "EUR", "amount": 0.01}


def test_the_answer_to_dice_may_report(desk):
    report = {"name": "ReportCallStatus", "value": "SUCCESS", "details": "d" * 70}
    odd = [{"name": "ReportCallStatus", "value": "perhaps"}, "odd", {"name": "say"}]
    desk.app(ice=desk.svaml("hangup"), dice={"instructions": [report, *odd]})
    call = desk.inbound()
    (line,) = [line for line in call.transcript if line.kind == "status_reported"]
    assert (line.value, line.details) == ("success", "d" * 64)


def test_suppressed_callbacks(desk):
    desk.app(ice=desk.svaml(desk.pstn(suppressCallbacks=True)))
    call = desk.inbound()
    desk.wait(5)
    desk.hang_up(call)
    assert desk.events(call) == ["ice"]
    assert call.connected_to == BOB


# --- the transcript -----------------------------------------------------------------------------


def test_every_line_reads_well_and_is_json(desk):
    desk.app(ice=desk.svaml(desk.menu(maxDigits=1), desk.say("Hi")), pie=desk.svaml("hangup"))
    call = desk.inbound()
    desk.press(call, "1")
    desk.wait()
    for line in call.transcript:
        assert str(line)
        shown = json.loads(json.dumps(line.to_json()))
        assert shown["kind"] == line.kind
        assert set(shown) == {"kind", *attrs.asdict(line)}
    (hi,) = [line for line in call.transcript if line.kind == "heard" and line.text == "Hi"]
    assert str(hi) == 'party hears "Hi" (tts, en-US)'


@pytest.mark.parametrize("body", ["[" * 900 + "]" * 900, "[" * 99999, '{"a": 1.5e3}', b"\xff"])
def test_odd_answers_can_still_be_shown(desk, body):
    desk.app(ice=body)
    call = desk.inbound()
    desk.wait()
    for line in call.transcript:
        assert json.dumps(line.to_json())
        assert str(line)
    assert call.ended


def test_events_read_as_models(desk):
    desk.app(ice=desk.svaml(desk.pstn()))
    call = desk.inbound()
    desk.wait(5)
    desk.hang_up(call)
    for sent in desk.sent:
        event = read_event(json.dumps(sent.event))
        assert event.call_id == call.id


# --- what is not possible -----------------------------------------------------------------------


def test_inputs_that_make_no_sense(desk):
    call = desk.inbound()
    engine = desk.engine
    desk.app(ice=desk.svaml(desk.pstn()))
    desk.engine.far_ends.set(BOB, FarEnd(outcome=FarEndOutcome.WAIT))
    call = desk.inbound()
    for do in (
        lambda: engine.press(call.id, "x"),
        lambda: engine.press(call.id, ""),
        lambda: engine.press(call.id, "1", Side.FAR),
        lambda: engine.speak(call.id, "hello", Side.FAR),
        lambda: engine.reject(call.id, FarEndOutcome.ANSWER),
        lambda: engine.update(call.id, {"action": {"name": "fly"}}),
        lambda: engine.update(call.id, {"action": "fly"}),
        lambda: engine.update_leg(call.id, "both", {"instructions": [{"name": "fly"}]}),
    ):
        with pytest.raises(NotPossible):
            do()
    desk.hang_up(call)
    for do in (
        lambda: engine.hang_up(call.id),
        lambda: engine.press(call.id, "1"),
        lambda: engine.answer(call.id),
        lambda: engine.end(call.id),
    ):
        with pytest.raises(NotPossible, match="over"):
            do()
    with pytest.raises(NoSuchCall):
        engine.call("nobody")
    with pytest.raises(NoSuchCall):
        engine.kick("room", call.id)


def test_what_the_app_is_told_goes_to_the_fallback_url_even_after_the_end(make):
    desk = make(urls=EventUrls(primary="first:", fallback="second:"))
    desk.app(ice=desk.svaml("park", {"name": "startRecording"}), notify=CallbackFailure.TIMEOUT)
    call = desk.inbound()
    desk.engine.update(call.id, {"action": {"name": "stopRecording"}})
    desk.engine.hang_up(call.id)
    desk.settle()
    sent = [(it.name, it.url) for it in desk.sent if it.name == "notify"]
    assert sent == [("notify", "first:")] * 2 + [("notify", "second:")] * 2


@pytest.mark.parametrize(("too_many", "left"), [(0, 50), (1, 2), (49, 50), (50, 2)])
def test_what_nobody_drains_is_bounded_and_questions_are_kept(desk, monkeypatch, too_many, left):
    monkeypatch.setattr("sinch.engine.exchange._MOST_EFFECTS", 50)
    desk.engine.inbound(SOMEBODY)
    of_a_call = len(desk.engine.drain())
    call = desk.engine.inbound(SOMEBODY)
    for _ in range(50 - of_a_call + too_many):
        desk.engine.press(call.id, "1")
    effects = desk.engine.drain()
    assert len(effects) == left
    assert [effect.name for effect in effects if isinstance(effect, Ask)] == ["ice"]


def test_memory_is_bounded_and_ended_calls_go_first(make):
    desk = make(EngineSettings(remember=2))
    desk.app(ice=desk.svaml("park"))
    first = desk.inbound()
    second = desk.inbound()
    desk.hang_up(second)
    third = desk.inbound()
    assert desk.engine.calls() == (first, third)
    fourth = desk.inbound()
    assert desk.engine.calls() == (third, fourth)
    desk.engine.clear()
    assert (desk.engine.calls(), desk.engine.next_due(), len(desk.scheduler)) == ((), None, 0)
