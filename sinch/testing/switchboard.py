"""Between phones and applications: drives the call engine, and knows no I/O."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import attrs

from sinch.core.signing import Clock, Credentials, utc_now
from sinch.engine import (
    Ask,
    CallbackFailure,
    CallState,
    Engine,
    EngineSettings,
    EventUrls,
    FarEnd,
    FarEndOutcome,
    Play,
    Ring,
    SimulatedCall,
    Tell,
)
from sinch.engine import NotPossible as EngineNotPossible
from sinch.engine.scheduler import Scheduler
from sinch.engine.transcript import Replied
from sinch.testing.clock import FrozenClock
from sinch.testing.delivering import Target
from sinch.testing.errors import CallbackUnanswered, NotPossible, PhoneError
from sinch.testing.failures import Failures
from sinch.testing.judging import illegal, judged, unheard_menus
from sinch.testing.signing import signed_request
from sinch.testing.steps import Lost, Post, Steps
from sinch.testing.transcript import standing

__tracebackhide__ = True
PRIMARY: Final = "http://app.localhost"
FALLBACK: Final = "http://fallback.localhost"
_MOST_STEPS: Final = 10_000
_ON_THE_WAY: Final = frozenset({CallState.DIALLING, CallState.ASKING, CallState.PLAYING})


def _once(_: str) -> int:
    return 1


@attrs.define(eq=False)
class Switchboard:
    """One engine, its clock, and the applications it asks."""

    engine: Engine
    scheduler: Scheduler
    credentials: Credentials
    targets: dict[str, tuple[Target, str]]
    """By URL: where it is and its path."""
    signing_clock: Clock
    clock: FrozenClock
    """The clock of the scheduler."""
    failures: Failures
    lock: AbstractContextManager[Any] = attrs.field(factory=threading.RLock)
    barge_in: bool = False
    times_sent: Callable[[str], int] = _once
    """How often the callback of a name is sent: 0 where a fault of the sandbox drops it."""

    # --- doing ------------------------------------------------------------------------------

    def act(self, call_id: str, action: Callable[[], object]) -> Steps[None]:
        """Do something in a call, and go on until the call waits for somebody."""
        with self.lock:
            try:
                action()
            except EngineNotPossible as problem:
                raise NotPossible(str(problem), standing(self.find(call_id))) from None
        yield from self.settle(call_id)

    def settle(self, call_id: str) -> Steps[None]:
        """Let time pass until nothing happens any more without somebody doing something."""
        for _ in range(_MOST_STEPS):
            yield from self.deliver()
            with self.lock:
                due = None if self._waits(call_id) else self.engine.next_due(call_id)
            if due is None:
                self.failures.check()
                return
            yield from self.pass_until(due)
        self.failures.check()
        raise PhoneError(
            f"the call still goes on after {_MOST_STEPS} steps: does it loop?",
            standing(self.find(call_id)),
        )

    def pass_time(self, amount: timedelta) -> Steps[None]:
        """Let time pass for every call."""
        if amount < timedelta():
            raise ValueError("time does not go back")
        yield from self.deliver()
        yield from self.pass_until(self.scheduler.now() + amount)
        self.failures.check()

    def pass_until(self, moment: datetime) -> Steps[None]:
        """Let time pass, from one timer to the next, so that answers arrive in between."""
        while True:
            with self.lock:
                due = self.engine.next_due()
                last = due is None or due >= moment
                self._move(moment if due is None or last else due)
            yield from self.deliver()
            if last:
                return

    def deliver(self) -> Steps[None]:
        """Deliver callbacks until there are none."""
        while True:
            with self.lock:
                effects = self.engine.drain()
            if not effects:
                return
            for effect in effects:
                if isinstance(effect, Ask | Tell):
                    self._notice(effect)
                    if effect.url:
                        yield from self._deliver(effect)

    def _notice(self, effect: Ask | Tell) -> None:
        """See what Sinch complains about, whether or not the application hears of it."""
        if effect.name == "notify" and effect.event.get("type") == "callingerror":
            call = self.find(effect.call_id)
            replies = [entry.payload for entry in call.transcript if isinstance(entry, Replied)]
            self._fail(illegal(effect.event, replies[-1] if replies else None), call)

    def _deliver(self, effect: Ask | Tell) -> Steps[None]:
        call = self.find(effect.call_id)
        if effect.url not in self.targets:
            with self.lock:
                self.engine.failed(
                    effect.id, CallbackFailure.UNREACHABLE, f"no phone plays {effect.url}"
                )
            self._fail(_elsewhere(effect), call)
            return
        with self.lock:
            times = self.times_sent(effect.name)
        if times == 0:
            with self.lock:
                self.engine.failed(effect.id, CallbackFailure.TIMEOUT, "dropped on purpose")
            return
        target, path = self.targets[effect.url]
        # a sandbox has a key of its own, but an application only believes who signs for its own
        named = {"applicationKey": self.credentials.application_key}
        request = signed_request(
            {**effect.event, **(named if "applicationKey" in effect.event else {})},
            path,
            credentials=self.credentials,
            clock=self.signing_clock,
            headers=effect.headers,
        )
        in_room = call.state is CallState.CONFERENCE
        post = Post(target, request, effect.timeout.total_seconds())
        outcome = yield post
        if times > 1:
            yield post
        with self.lock:
            if isinstance(outcome, Lost):
                self.engine.failed(effect.id, outcome.failure, outcome.detail)
            elif 200 <= outcome.status < 300:
                self.engine.reply(effect.id, outcome.body)
            else:
                self.engine.failed(effect.id, CallbackFailure.STATUS, f"HTTP {outcome.status}")
        awaited = isinstance(effect, Ask)
        problem = judged(
            effect.name, post, outcome, self.credentials, decisive=awaited and not in_room
        )
        if problem is None and awaited and call.flags.pie:
            replies = [entry.payload for entry in call.transcript if isinstance(entry, Replied)]
            problem = unheard_menus(effect.name, post, replies[-1] if replies else None)
        if problem is not None:
            self._fail(problem, call)

    def _fail(self, error: PhoneError, call: SimulatedCall) -> None:
        error.where = standing(call)
        self.failures.add(error)

    # --- time -------------------------------------------------------------------------------

    def _move(self, moment: datetime) -> None:
        ahead = moment - self.scheduler.now()
        if ahead > timedelta():
            self.clock.advance(ahead)
        self.scheduler.run()

    def _waits(self, call_id: str) -> bool:
        """Whether a call goes on only when somebody does something, or waits for long."""
        call = self.engine.call(call_id)
        if call.ended:
            return True
        if call.state is CallState.RINGING:
            return self._is_undecided(call_id)
        if call.state in _ON_THE_WAY:
            return False
        speaking = isinstance(self.engine.waiting(call_id), Play)
        return self.barge_in or call.state is CallState.PARKED or not speaking

    def _is_undecided(self, call_id: str) -> bool:
        """Whether the destination that rings was told to wait, and has not been answered."""
        waiting = self.engine.waiting(call_id)
        return isinstance(waiting, Ring) and waiting.leg.callee.outcome is FarEndOutcome.WAIT

    # --- reading ----------------------------------------------------------------------------

    def find(self, call_id: str) -> SimulatedCall:
        """The call of the engine."""
        with self.lock:
            return self.engine.call(call_id)

    def far_end(self, endpoint: str, script: FarEnd) -> None:
        """Script a destination."""
        with self.lock:
            self.engine.far_ends.set(endpoint, script)


def _elsewhere(effect: Ask | Tell) -> CallbackUnanswered:
    error = CallbackUnanswered(
        f"{effect.name} goes to {effect.url}, where no phone of this test delivers: the code under "
        "test has named that URL, in a callout or for the whole application"
    )
    error.event = effect.name
    return error


def standalone(
    credentials: Credentials,
    targets: dict[str, tuple[Target, str]],
    *,
    clock: FrozenClock | None,
    signing_clock: Clock,
    settings: EngineSettings | None,
    strict: bool,
    barge_in: bool,
) -> Switchboard:
    """A switchboard with an engine of its own, at the time of now when no clock is given."""
    clock = clock or FrozenClock(utc_now())
    scheduler = Scheduler(clock)
    engine = Engine(
        scheduler,
        application_key=credentials.application_key,
        new_id=lambda: str(uuid4()),
        settings=settings or EngineSettings(),
        urls=EventUrls(primary=PRIMARY, fallback=FALLBACK if FALLBACK in targets else ""),
    )
    return Switchboard(
        engine, scheduler, credentials, targets, signing_clock, clock, Failures(strict=strict),
        barge_in=barge_in,
    )  # fmt: skip
