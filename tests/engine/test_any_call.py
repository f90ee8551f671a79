"""Whatever happens, in whatever order: the rules that hold for every call."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sinch.callbacks import read_event
from sinch.sandbox.callouts import read_callout
from sinch.sandbox.engine import (
    AmdScript,
    Ask,
    CallbackUrls,
    Engine,
    EngineSettings,
    Failure,
    FarEnd,
    FarEndOutcome,
    Happened,
    InboundCall,
    NotPossible,
    Side,
    Tell,
)
from sinch.sandbox.engine.core import Core
from sinch.sandbox.engine.states import is_legal
from sinch.sandbox.refusals import Refusal
from sinch.sandbox.timeline import Timeline
from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import CallDomain, MusicOnHold

START = datetime(2026, 11, 22, 12, tzinfo=UTC)

texts = st.text(max_size=12)
seconds = st.integers(-1, 20) | st.just(10**12)
PROMPTS = ["#tts[Hi there]", "#ssml[<speak>Hi</speak>];file", "https://example.com/a.mp3", "", None]
NUMBERS = ["+46700000003", "+46700000004", "46700000005", "+4", "", None]


def objects(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of which any field may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


def named(name: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"name": st.just(name)}, optional=fields)


option = st.fixed_dictionaries(
    {
        "dtmf": st.sampled_from(["1", "2", 3, "#", "*", "x"]),
        "action": st.sampled_from(
            [
                "return(a)",
                "return()",
                "menu(main)",
                "menu(sub)",
                "menu(nowhere)",
                "return",
                "fly(1)",
            ]
        ),
    },
    optional={
        "add": st.lists(
            st.fixed_dictionaries({"key": texts, "value": st.text(max_size=400)}), max_size=2
        ),
        "input": st.sampled_from(["sales", "help"]),
    },
)
a_menu = st.fixed_dictionaries(
    {"id": st.sampled_from(["main", "main", "sub"])},
    optional={
        "mainPrompt": st.sampled_from(PROMPTS),
        "repeatPrompt": st.sampled_from(PROMPTS),
        "repeats": st.integers(-1, 3),
        "maxDigits": st.integers(-1, 4),
        "timeoutMills": st.integers(-100, 9000) | st.just(10**17),
        "maxTimeoutMills": st.integers(0, 9000),
        "options": st.lists(option, max_size=3),
    },
)
recording = objects(
    destinationUrl=st.sampled_from(["s3://bucket", "s3://bucket/a.mp3", "odd", ""]),
    notificationEvents=st.booleans(),
    transcriptionOptions=objects(enabled=st.booleans()),
)
headers = st.lists(st.fixed_dictionaries({"key": texts, "value": texts}), max_size=2)
dtmf_options = objects(
    mode=st.sampled_from(["ignore", "forward", "detect", "odd"]),
    maxDigits=st.integers(0, 3),
    timeoutMills=st.integers(0, 3000),
)
action = st.one_of(
    named("hangup", hangupCause=st.integers(-1, 3)),
    named("continue", record=st.booleans()),
    named(
        "connectPstn",
        number=st.sampled_from(NUMBERS),
        maxDuration=seconds,
        dialTimeout=seconds,
        suppressCallbacks=st.booleans(),
        dtmf=st.sampled_from(["1w2", "x"]),
        amd=objects(enabled=st.booleans(), **{"async": st.booleans()}),
        record=st.booleans(),
    ),
    named("connectMxp", destination=st.just({"type": "username", "endpoint": "eve"})),
    named("connectSip", destination=st.just({"endpoint": "a@b"}), callHeaders=headers),
    named("connectStream", destination=st.just({"type": "Websocket", "endpoint": "wss://a.b"})),
    named(
        "connectConf",
        conferenceId=st.sampled_from(["room", "den", ""]),
        moh=st.sampled_from(["music1", "odd"]),
        conferenceDtmfOptions=dtmf_options,
        record=st.booleans(),
    ),
    named(
        "runMenu",
        menus=st.lists(a_menu, max_size=2),
        barge=st.booleans(),
        enableVoice=st.booleans(),
    ),
    st.builds(
        lambda menu: {"name": "runMenu", "menus": [{**menu, "id": "main"}], "enableVoice": True},
        a_menu,
    ),
    named(
        "park",
        introPrompt=st.sampled_from(PROMPTS),
        holdPrompt=st.sampled_from(PROMPTS),
        maxDuration=seconds,
    ),
    named("fly"),
)
instruction = st.one_of(
    named("say", text=texts, locale=st.just("sv-SE")),
    named("playFiles", ids=st.lists(st.sampled_from(PROMPTS[:4]), max_size=2)),
    named("sendDtmf", value=st.sampled_from(["1w#", "*"])),
    named("setCookie", key=texts, value=st.text(max_size=300)),
    named("answer"),
    named("startRecording", options=recording),
    named("stopRecording"),
    named("fly"),
)
script = st.builds(
    lambda instructions, action: {"instructions": instructions, "action": action},
    st.lists(instruction, max_size=3),
    action,
)


def legal(*actions: Any, says: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """SVAML that is legal everywhere, with one of these actions."""
    instructions = [
        {"name": "setCookie", "key": "a", "value": "b"},
        {"name": "startRecording", "options": {"transcriptionOptions": {"enabled": True}}},
        {"name": "stopRecording"},
        {"name": "say", "text": "Hello"},
    ]
    return st.builds(
        lambda instructions, action: {"instructions": instructions, "action": action},
        st.lists(st.sampled_from(instructions), max_size=2),
        st.sampled_from(actions),
    )


OPTIONS = [
    {"dtmf": "1", "action": "return(a)", "add": [{"key": "chosen", "value": "1"}]},
    {"dtmf": "2", "action": "menu(main)", "input": "sales"},
    {"dtmf": "3", "action": "menu(nowhere)"},
]
PLAIN_MENU = {
    "name": "runMenu",
    "menus": [{"id": "main", "mainPrompt": "#tts[Hi]", "repeats": 1, "options": OPTIONS}],
}
DIGITS_MENU = {
    "name": "runMenu",
    "enableVoice": True,
    "barge": False,
    "menus": [{"id": "main", "mainPrompt": "#tts[Hi]", "maxDigits": 3, "repeats": 1}],
}
ROOM = {
    "name": "connectConf",
    "conferenceId": "room",
    "moh": "music1",
    "conferenceDtmfOptions": {"mode": "detect", "maxDigits": 2},
}
DIAL = {
    "name": "connectPstn",
    "number": "+46700000004",
    "amd": {"enabled": True, "async": True},
    "dtmf": "1",
    "record": True,
}
WAIT_AMD = {"name": "connectPstn", "number": "+46700000004", "amd": {"enabled": True}}
everywhere = [PLAIN_MENU, DIGITS_MENU, PLAIN_MENU, ROOM]
good = {
    "ice": legal(*everywhere, DIAL, WAIT_AMD, {"name": "park", "holdPrompt": "a"}),
    "ace": legal(*everywhere, {"name": "continue"}),
    "pie": legal(*everywhere, DIAL, WAIT_AMD, {"name": "continue"}),
}
garbage = st.one_of(
    st.sampled_from(
        [
            None,
            b"",
            b"{}",
            "[]",
            "null",
            b"\xff",
            '{"action": {"name": 5}}',
            "{",
            "[" * 500 + "]" * 500,
            "[" * 99999,
        ]
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
        max_leaves=4,
    ).map(json.dumps),
    objects(action=action, Action=action, instructions=st.lists(instruction, max_size=1)),
)
answers = st.one_of(script, script, script, script.map(json.dumps), garbage)
sides = st.sampled_from(list(Side))


class AnyCalls(RuleBasedStateMachine):
    """A few calls at once, an app that answers anything, people who do anything."""

    @initialize(
        fallback=st.booleans(),
        primary=st.sampled_from(["app:", "app:", "app:", ""]),
        outcome=st.sampled_from(list(FarEndOutcome)),
        stays=st.one_of(st.none(), st.integers(0, 20)),
        beep=st.one_of(st.none(), st.integers(0, 8)),
        status=st.sampled_from(["human", "machine", "hangup"]),
    )
    def start(self, fallback, primary, outcome, stays, beep, status):
        self.now = START
        self.timeline = Timeline(lambda: self.now)
        self.count = 0
        self.engine = Engine(
            self.timeline,
            application_key="key",
            new_id=self.new_id,
            settings=EngineSettings(remember=1000),
            urls=CallbackUrls(primary=primary, fallback="fallback:" if fallback else ""),
        )
        self.engine.far_ends.set(
            "+46700000004",
            FarEnd(
                outcome=outcome,
                hangs_up_after=None if stays is None else timedelta(seconds=stays),
                amd=AmdScript(
                    status=status, beep_after=None if beep is None else timedelta(seconds=beep)
                ),
            ),
        )
        core: Core = self.engine._core
        enter = core.enter

        def checked_enter(call, state):
            assert is_legal(call.state, state), (call.state, state)
            enter(call, state)

        core.enter = checked_enter
        self.open: list[Ask | Tell] = []
        self.seen: dict[str, list[str]] = {}
        self.ended: dict[str, int] = {}
        self.cookies: dict[str, dict[str, str]] = {}
        self.inbound(CallDomain.PSTN)

    def new_id(self):
        self.count += 1
        return f"id-{self.count}"

    # --- the driver ---

    def drain(self):
        for effect in self.engine.drain():
            if isinstance(effect, Happened):
                if effect.entry.kind == "ended":
                    self.ended[effect.call_id] = self.ended.get(effect.call_id, 0) + 1
                assert str(effect.entry)
                json.dumps(effect.entry.to_json())
                continue
            self.open.append(effect)
            event = read_event(json.dumps(effect.event).encode())
            assert event.event == effect.name
            assert effect.event["callid"] == effect.call_id
            if effect.attempt == 1:
                seen = self.seen.setdefault(effect.call_id, [])
                assert "dice" not in seen, "nothing comes after DICE"
                seen.append(effect.name)
            if effect.name != "notify":
                sent = {c["key"]: c["value"] for c in effect.event.get("cookies", ())}
                before = self.cookies.get(effect.call_id, {})
                if effect.attempt == 1:
                    assert set(before) <= set(sent), "a cookie got lost"
                    self.cookies[effect.call_id] = sent

    def possible(self, do, *args):
        with contextlib.suppress(NotPossible):
            do(*args)
        self.drain()

    def pick(self, data, *, running=True):
        calls = [call for call in self.engine.calls() if not call.ended or not running]
        return data.draw(st.sampled_from(calls)) if calls else None

    # --- calls ---

    @rule(domain=st.sampled_from([CallDomain.PSTN, CallDomain.MXP]))
    def inbound(self, domain):
        if len(self.engine.calls()) < 4:
            headers = {"k": "v"}
            self.engine.inbound(
                InboundCall(
                    from_="+46700000002",
                    to="+46700000001",
                    domain=domain,
                    user="eve",
                    call_headers=headers,
                )
            )
            self.drain()

    @rule(
        data=st.data(),
        method=st.sampled_from(["ttsCallout", "conferenceCallout", "customCallout"]),
        to=st.sampled_from(
            [
                {"type": "number", "endpoint": "+46700000003"},
                {"type": "number", "endpoint": "+46700000004"},
                {"type": "username", "endpoint": "eve"},
            ]
        ),
        flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    )
    def callout(self, data, method, to, flags):
        if len(self.engine.calls()) >= 4:
            return
        names = ("enableAce", "enablePie", "enableDice")
        fields = {"destination": to, "text": "Hello", "conferenceId": "room", "greeting": "Hi"}
        if method == "customCallout":
            inline = st.one_of(script.map(json.dumps), st.just("https://example.com/x"), st.none())
            fields = {"destination": to} | {
                name: data.draw(inline) for name in ("ice", "ace", "pie", "dice")
            }
        else:
            fields |= dict(zip(names, flags, strict=True))
            fields["conferenceDtmfOptions"] = {"mode": "detect", "maxDigits": 2}
        try:
            plan = read_callout({"method": method, method: fields}, callbacks=True)
        except Refusal:
            return
        self.engine.place(plan)
        self.drain()

    @rule(room=st.sampled_from(["room", "den"]))
    def dial_in(self, room):
        if len(self.engine.calls()) < 4:
            self.engine.join_room(room, "+46700000009")
            self.drain()

    # --- the app ---

    @rule(body=answers)
    def reply(self, body):
        if self.open:
            assert self.engine.reply(self.open.pop(0).id, body) in {True, False}
            self.drain()

    @rule(data=st.data())
    def reply_well(self, data):
        while self.open:
            callback = self.open.pop(0)
            answer = data.draw(good[callback.name]) if callback.name in good else None
            self.engine.reply(callback.id, answer)
            self.drain()

    @rule(data=st.data())
    def reply_well_and_wait(self, data):
        self.reply_well(data)
        self.wait(1)

    @rule(data=st.data(), digits=st.sampled_from(["1", "2", "3", "12#", "123", "9"]))
    def reply_well_and_press(self, data, digits):
        self.reply_well(data)
        self.wait(1)
        self.press(data, digits, Side.PARTY)

    @rule(failure=st.sampled_from(list(Failure)))
    def fail(self, failure):
        if self.open:
            self.engine.failed(self.open.pop(0).id, failure)
            self.drain()

    @rule(body=answers)
    def reply_to_nothing(self, body):
        assert self.engine.reply("nothing", body) is False
        assert self.engine.failed("nothing", Failure.STATUS) is False

    # --- people ---

    @rule(data=st.data(), digits=st.text("12345*#x", max_size=3), side=sides)
    def press(self, data, digits, side):
        if call := self.pick(data):
            self.possible(self.engine.press, call.id, digits, side)

    @rule(data=st.data(), text=st.sampled_from(["sales", "1", "nonsense", ""]), side=sides)
    def speak(self, data, text, side):
        if call := self.pick(data):
            self.possible(self.engine.speak, call.id, text, side)

    @rule(data=st.data(), side=sides)
    def hang_up(self, data, side):
        if call := self.pick(data, running=False):
            self.possible(self.engine.hang_up, call.id, side)

    @rule(data=st.data())
    def answer(self, data):
        if call := self.pick(data):
            self.possible(self.engine.answer, call.id)

    @rule(data=st.data(), outcome=st.sampled_from(list(FarEndOutcome)))
    def reject(self, data, outcome):
        if call := self.pick(data):
            self.possible(self.engine.reject, call.id, outcome)

    # --- REST ---

    @rule(data=st.data(), body=script)
    def update(self, data, body):
        if call := self.pick(data, running=False):
            self.possible(self.engine.update, call.id, body)

    @rule(data=st.data(), body=script, leg=st.sampled_from(["caller", "callee", "both"]))
    def update_leg(self, data, body, leg):
        if call := self.pick(data):
            self.possible(self.engine.update_leg, call.id, leg, body)

    @rule(
        data=st.data(),
        command=st.sampled_from(list(ParticipantCommand)),
        moh=st.sampled_from([None, MusicOnHold("music1")]),
    )
    def command(self, data, command, moh):
        rooms = [(room, call) for room, calls in self.engine.rooms().items() for call in calls]
        if rooms:
            room, call = data.draw(st.sampled_from(rooms))
            self.engine.command(room, call.id, command, moh)
            self.drain()

    @rule(data=st.data(), everybody=st.booleans())
    def kick(self, data, everybody):
        rooms = [(room, call) for room, calls in self.engine.rooms().items() for call in calls]
        if rooms:
            room, call = data.draw(st.sampled_from(rooms))
            if everybody:
                self.engine.end_room(room)
            else:
                self.engine.kick(room, call.id)
            self.drain()

    # --- time ---

    @rule(amount=st.sampled_from([0.1, 1, 3, 6, 60]))
    def wait(self, amount):
        self.now += timedelta(seconds=amount)
        self.timeline.run()
        self.drain()

    # --- what always holds ---

    @invariant()
    def calls_in_rooms_are_in_conference(self):
        if hasattr(self, "engine"):
            for calls in self.engine.rooms().values():
                assert calls
                assert all(call.state.value == "conference" for call in calls)

    @invariant()
    def ended_calls_are_quiet(self):
        if hasattr(self, "engine"):
            for call in self.engine.calls():
                assert self.ended.get(call.id, 0) == int(call.ended)
                if call.ended:
                    assert self.engine.next_due(call.id) is None
                    assert call.ended_at is not None
                    assert not call.recording
                else:
                    waits = self.engine.next_due(call.id) is not None
                    assert waits or call.state.value == "asking"

    def teardown(self):
        if not hasattr(self, "engine"):
            return
        for call in self.engine.calls():
            if not call.ended:
                self.engine.end(call.id)
        self.drain()
        assert len(self.timeline) == 0
        assert not self.engine.rooms()
        for call in self.engine.calls():
            assert self.ended[call.id] == 1
            due = call.flags.dice and not call.doing.suppressed
            assert self.seen.get(call.id, []).count("dice") == int(due)
            if due:
                assert self.seen[call.id][-1] == "dice"
                kept = {c["key"]: c["value"] for c in call_cookies(self, call)}
                assert kept == call.cookies


def call_cookies(machine, call):
    told = [line for line in call.transcript if line.kind == "told" and line.event == "dice"]
    return told[-1].payload.get("cookies", [])


TestAnyCalls = AnyCalls.TestCase
TestAnyCalls.settings = settings(
    max_examples=100,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
