"""Whatever happens, in whatever order: the rules that hold for every call.

Each run takes the same number of the same walks, so that a failure can be repeated; with
``ENGINE_WALKS=5000`` in the environment it takes that many, and different ones each time.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from sinch.callbacks import read_event
from sinch.engine import (
    AmdScript,
    Ask,
    CallbackFailure,
    CallState,
    Engine,
    EngineSettings,
    EventUrls,
    FarEnd,
    FarEndOutcome,
    Happened,
    InboundCall,
    NoSuchCall,
    NotPossible,
    Recovery,
    Side,
    Tell,
)
from sinch.engine.scheduler import Scheduler
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.rest.callouts import read_callout
from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import CallDomain, MusicOnHold

from .any_svaml import answers, good, script, updates

WALKS: Final = int(os.environ.get("ENGINE_WALKS", "0"))
START: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOST_CALLS: Final = 5
#: What may still be written about a call that is over: the last event, and what came of it.
AFTER_THE_END: Final = {"told", "status_reported", "callback_failed"}

sides = st.sampled_from(list(Side))
choices = st.fixed_dictionaries(
    {},
    optional={
        "username_ace": st.booleans(),
        "prompts_answer": st.booleans(),
        "greeting_first": st.booleans(),
        "hangup_pie": st.booleans(),
        "empty_ace_continues": st.booleans(),
        "invalid_counts_as_repeat": st.booleans(),
        "option_before_digits": st.booleans(),
        "detect_needs_enable_pie": st.booleans(),
        "dial_without_app": st.booleans(),
        "plus_in_events": st.booleans(),
        "audience_of_ace": st.sampled_from([side.value for side in Side]),
        "error_prompt": st.just(""),
        "message_length": st.just(timedelta(seconds=2)),
        "lonely_call": st.just(timedelta(seconds=7)),
        "answering": st.just(frozenset({"park"})),
        "undeclared_stream": st.sampled_from(list(FarEndOutcome)),
        "unanswered_pie": st.sampled_from(list(Recovery)),
        "illegal_ace": st.sampled_from(list(Recovery)),
        "without_pie": st.sampled_from(list(Recovery)),
    },
)
pauses = st.sampled_from([0.0, 0.1, 0.5, 3.0, 20.0]).map(lambda s: timedelta(seconds=s))
far_ends = st.builds(
    FarEnd,
    outcome=st.sampled_from([FarEndOutcome.ANSWER] * 4 + list(FarEndOutcome)),
    rings_after=pauses,
    answers_after=pauses,
    busy_after=pauses,
    hangs_up_after=st.none() | pauses,
    amd=st.builds(
        AmdScript,
        status=st.sampled_from(["human", "machine", "notsure", "hangup"]),
        analysis=pauses,
        beep_after=st.none() | pauses,
    ),
)


class AnyCalls(RuleBasedStateMachine):
    """A few calls at once, an app that answers anything, people who do anything."""

    @initialize(
        fallback=st.booleans(),
        primary=st.sampled_from(["app:", "app:", "app:", ""]),
        ends=st.tuples(far_ends, far_ends, far_ends),
        chosen=choices,
        remember=st.sampled_from([3, 1000, 1000]),
    )
    def start(self, fallback, primary, ends, chosen, remember):
        self.now = START
        self.turned_back = False
        self.scheduler = Scheduler(lambda: self.now)
        self.count = 0
        self.engine = Engine(
            self.scheduler,
            application_key="key",
            new_id=self.new_id,
            settings=EngineSettings(remember=remember, **chosen),
            urls=EventUrls(primary=primary, fallback="fallback:" if fallback else ""),
        )
        for endpoint, end in zip(("+46700000004", "eve", "wss://a.b"), ends, strict=True):
            self.engine.far_ends.set(endpoint, end)
        self.open: list[Ask | Tell] = []
        self.seen: dict[str, list[str]] = {}
        self.ended: Counter[str] = Counter()
        self.cookies: dict[str, dict[str, str]] = {}
        self.inbound(CallDomain.PSTN)

    def new_id(self):
        self.count += 1
        return f"id-{self.count}"

    # --- the driver ---

    def drain(self):
        for effect in self.engine.drain():
            if isinstance(effect, Happened):
                self.ended[effect.call_id] += effect.entry.kind == "ended"
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
            if effect.name != "notify" and effect.attempt == 1:
                sent = {c["key"]: c["value"] for c in effect.event.get("cookies", ())}
                assert set(self.cookies.get(effect.call_id, {})) <= set(sent), "a cookie got lost"
                self.cookies[effect.call_id] = sent

    def possible(self, do, *args, **options):
        with contextlib.suppress(NotPossible):
            do(*args, **options)
        self.drain()

    def update_or_leave_alone(self, do, call, *args, tell):
        """What cannot be done to a call changes nothing in it."""
        self.scheduler.run()
        before = (len(call.transcript), call.state, call.recording, dict(call.cookies))
        if tell:
            self.possible(do, call.id, *args, tell=True)
            return
        try:
            do(call.id, *args)
        except NotPossible:
            after = (len(call.transcript), call.state, call.recording, dict(call.cookies))
            assert before == after
        self.drain()

    def pick(self, data, *, running=True):
        calls = [call for call in self.engine.calls() if not call.ended or not running]
        return data.draw(st.sampled_from(calls)) if calls else None

    def there_is_room(self):
        return len(self.engine.calls()) < MOST_CALLS

    def in_rooms(self):
        return [(room, call) for room, calls in self.engine.rooms().items() for call in calls]

    # --- calls ---

    @precondition(there_is_room)
    @rule(domain=st.sampled_from([CallDomain.PSTN, CallDomain.MXP]))
    def inbound(self, domain):
        self.engine.inbound(
            InboundCall(
                from_="+46700000002",
                to="+46700000001",
                domain=domain,
                user="eve",
                call_headers={"k": "v"},
            )
        )
        self.drain()

    @precondition(there_is_room)
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
        names = ("enableAce", "enablePie", "enableDice")
        fields = {"destination": to, "text": "Hello", "conferenceId": "room", "greeting": "Hi"}
        if method == "customCallout":
            url = st.just("https://example.com/x")
            fields = {"destination": to} | {
                name: data.draw(
                    st.one_of(script.map(json.dumps), inline.map(json.dumps), url, st.none())
                )
                for name, inline in {**good, "dice": script}.items()
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

    @precondition(there_is_room)
    @rule(room=st.sampled_from(["room", "den"]))
    def dial_in(self, room):
        self.engine.join_room(room, "+46700000009")
        self.drain()

    @rule(data=st.data(), chance=st.integers(0, 4))
    def forget(self, data, chance):
        call = self.pick(data, running=False)
        if call is not None and chance == 0:
            self.engine.forget(call.id)
            assert self.engine.next_due(call.id) is None
            assert call not in self.engine.calls()
            self.drain()

    # --- the app ---

    @rule(body=answers)
    def reply(self, body):
        if self.open:
            assert self.engine.reply(self.open.pop(0).id, body) in {True, False}
            self.drain()

    @rule(data=st.data())
    def reply_well(self, data):
        for _ in range(20):  # inline answers may go round in circles
            if not self.open:
                return
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

    @rule(failure=st.sampled_from(list(CallbackFailure)))
    def fail(self, failure):
        if self.open:
            self.engine.failed(self.open.pop(0).id, failure)
            self.drain()

    @rule(body=answers)
    def reply_to_nothing(self, body):
        assert self.engine.reply("nothing", body) is False
        assert self.engine.failed("nothing", CallbackFailure.STATUS) is False

    @rule(body=answers, data=st.data())
    def reply_out_of_turn_and_twice(self, body, data):
        if self.open:
            callback = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
            self.engine.reply(callback.id, body)
            self.drain()
            assert self.engine.reply(callback.id, body) is False

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

    @rule(data=st.data(), end=far_ends)
    def machine(self, data, end):
        if call := self.pick(data):
            self.possible(self.engine.machine, call.id, end.amd)

    # --- REST ---

    @rule(data=st.data(), body=updates, tell=st.booleans())
    def update(self, data, body, tell):
        if call := self.pick(data):
            self.update_or_leave_alone(self.engine.update, call, body, tell=tell)

    @rule(data=st.data(), body=updates, leg=st.sampled_from(["caller", "callee", "both", "odd"]))
    def update_leg(self, data, body, leg):
        if call := self.pick(data):
            self.update_or_leave_alone(self.engine.update_leg, call, leg, body, tell=False)

    @rule(data=st.data(), body=updates)
    def update_what_is_over(self, data, body):
        for call in self.engine.calls():
            if call.ended:
                self.possible(self.engine.update, call.id, body, tell=True)
                assert call.ended

    @precondition(in_rooms)
    @rule(
        data=st.data(),
        command=st.sampled_from(list(ParticipantCommand)),
        moh=st.sampled_from([None, MusicOnHold("music1"), MusicOnHold("odd")]),
    )
    def command(self, data, command, moh):
        room, call = data.draw(st.sampled_from(self.in_rooms()))
        self.engine.command(room, call.id.upper(), command, moh)
        self.drain()

    @precondition(in_rooms)
    @rule(data=st.data(), everybody=st.booleans())
    def kick(self, data, everybody):
        room, call = data.draw(st.sampled_from(self.in_rooms()))
        if everybody:
            self.engine.end_room(room)
            assert room not in self.engine.rooms()
        else:
            self.engine.kick(room, call.id)
        self.drain()
        assert call.ended

    @rule(data=st.data(), command=st.sampled_from(list(ParticipantCommand)))
    def command_who_is_elsewhere(self, data, command):
        call = self.pick(data, running=False)
        if call is not None:
            for room in ("room", "den", ""):
                if call not in self.engine.rooms().get(room, ()):
                    with contextlib.suppress(NoSuchCall):
                        self.engine.command(room, call.id, command)
                        raise AssertionError("somebody was found in a room without being there")
            self.drain()

    # --- time ---

    @rule(amount=st.sampled_from([0.1, 1, 3, 6, 60]))
    def wait(self, amount):
        self.now += timedelta(seconds=amount)
        self.scheduler.run()
        self.drain()

    @rule(data=st.data())
    def wait_for_the_next_thing(self, data):
        if (due := self.engine.next_due()) is not None:
            assert due == min(filter(None, map(self.due_of, self.engine.calls())))
            self.now = max(self.now, due)
            self.scheduler.run()
            self.drain()
            if data.draw(st.booleans()):
                self.reply_well(data)

    @rule(days=st.sampled_from([1, 6, 8, 400]))
    def travel(self, days):
        if self.scheduler.ahead < timedelta(days=3000):
            self.scheduler.advance(timedelta(days=days))
            self.drain()
            held = {CallState.ASKING, CallState.PARKED, CallState.PLAYING, CallState.CONNECTED}
            assert all(call.ended or call.state in held for call in self.engine.calls())

    @rule(seconds=st.sampled_from([1, 3600]))
    def the_clock_is_set_back(self, seconds):
        self.turned_back = True
        self.now -= timedelta(seconds=seconds)
        self.scheduler.run()
        self.drain()

    def due_of(self, call):
        return self.engine.next_due(call.id)

    # --- what always holds ---

    @invariant()
    def calls_are_in_the_rooms_they_say(self):
        if not hasattr(self, "engine"):
            return
        rooms = self.engine.rooms()
        assert all(rooms.values()), "an empty room"
        for call in self.engine.calls():
            where = [room for room, members in rooms.items() if call in members]
            assert where == ([call.conference_id] if call.state is CallState.CONFERENCE else [])
            if not where:
                assert (call.muted, call.on_hold, call.music, call.moh) in {
                    (False, False, None, None),
                    (False, False, None, MusicOnHold("music1")),  # a callout that is under way
                }
            else:
                alone = len(rooms[where[0]]) == 1
                music = self.engine._rooms._rooms[where[0]][call.id].alone if alone else None
                assert call.music == (music and music.value)

    @invariant()
    def ended_calls_are_quiet(self):
        if not hasattr(self, "engine"):
            return
        for call in self.engine.calls():
            assert self.ended[call.id] == int(call.ended)
            assert (call.menu_id is not None) is (call.state is CallState.MENU)
            if call.ended:
                assert self.due_of(call) is None
                assert call.ended_at is not None
                assert not any((call.recording, call.dialling, call.parked))
                last = [line.kind for line in call.transcript].index("ended")
                assert {line.kind for line in call.transcript[last + 1 :]} <= AFTER_THE_END
            else:
                assert self.due_of(call) is not None or call.state is CallState.ASKING

    @invariant()
    def time_goes_on(self):
        if not hasattr(self, "engine"):
            return
        for call in self.engine.calls():
            assert call.duration(self.scheduler.now()) >= timedelta()
            assert call.debit.amount >= 0
            if not self.turned_back:
                times = [line.at for line in call.transcript]
                assert times == sorted(times)
                assert not times or times[-1] <= self.scheduler.now()

    def teardown(self):
        if not hasattr(self, "engine"):
            return
        for call in self.engine.calls():
            self.possible(self.engine.end, call.id)
        assert len(self.scheduler) == 0
        assert not self.engine.rooms()
        for call in self.engine.calls():
            assert self.ended[call.id] == 1
            kinds = Counter(line.kind for line in call.transcript)
            assert kinds["recording_started"] == kinds["recording_stopped"]
            assert kinds["joined"] == kinds["left"]
            due = call.flags.dice
            assert self.seen.get(call.id, []).count("dice") == int(due)
            if due:
                assert self.seen[call.id][-1] == "dice"
                told = [it for it in call.transcript if it.kind == "told" and it.event == "dice"]
                kept = {c["key"]: c["value"] for c in told[-1].payload.get("cookies", [])}
                assert kept == call.cookies


TestAnyCalls = AnyCalls.TestCase
TestAnyCalls.settings = settings(
    max_examples=WALKS or 100,
    derandomize=not WALKS,
    database=None,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
