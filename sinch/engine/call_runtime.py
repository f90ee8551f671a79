"""Runs the script of one call: its timers, its state, and whatever it waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from sinch_api.models.svaml import Svamlet

from .call import SimulatedCall
from .exchange import Exchange
from .far_ends import FarEndOutcome
from .legs import LegState
from .outbox import Outbox
from .prompts import Prompt
from .rooms import Rooms
from .script import Interrupt, Listen, Play, Ring, Script, Wait
from .states import CallState, check_transition
from .transcript import Entry, Heard, Ringing, Side

#: No call lasts this long; keeps absurd time-outs from running out of the calendar.
LONGEST_DELAY: Final = timedelta(days=7)
_RING_TIMERS: Final = ("dial", "ring", "outcome")
_OVER: Final = Listen()
_PENDING: Final = object()


class CallRuntime:
    """One call while it is played. Scripts hold it; nothing in it knows of any script.

    ``going_on`` makes the script of what ``continue`` does where it does not connect two legs.
    """

    def __init__(
        self,
        exchange: Exchange,
        outbox: Outbox,
        rooms: Rooms,
        call: SimulatedCall,
        going_on: Callable[[CallRuntime], Script[Any]],
    ) -> None:
        self.exchange = exchange
        self.outbox = outbox
        self.rooms = rooms
        self.call = call
        self.going_on = going_on
        self.put_off: list[Svamlet] = []
        """The update to execute once the callee answers, in place of ACE."""
        self.request: Wait = _OVER
        """What the script waits for."""
        self._script: Script[None] = _nothing()
        self._due: dict[str, datetime] = {}

    # --- the script -------------------------------------------------------------------------

    def run(self, script: Script[None]) -> None:
        """Start the script of the call, which is its whole life."""
        self._script = script
        self._go(script.send, None)

    def deliver(self, event: object) -> None:
        """Give the script what it waits for."""
        self._disarm()
        self._go(self._script.send, event)

    def interrupt(self, why: Interrupt) -> None:
        """Let something come in between."""
        self._disarm()
        self._go(self._script.throw, why)

    def close(self) -> None:
        """Give the call up where it stands."""
        self.cancel()
        self._script.close()
        self.request = _OVER

    def _disarm(self) -> None:
        """The script waits no more."""
        if isinstance(self.request, Ring):
            self.cancel(*_RING_TIMERS)
        else:
            self.cancel("wait")

    def _go(self, resume: Callable[[Any], Wait], event: object) -> None:
        """Let the script go on until it waits for something that is not there yet."""
        while event is not _PENDING:
            try:
                self.request = resume(event)
            except StopIteration:
                self.request = _OVER
                return
            resume = self._script.send
            event = self._begin(self.request)

    def _begin(self, request: Wait) -> object:
        """Begin what the script waits for; what came of it, if that is known at once."""
        if isinstance(request, Listen):
            if request.timeout is not None:
                self.later("wait", request.timeout, self._no_more)
        elif isinstance(request, Play):
            if not request.prompts:
                return None
            self._play(request, 0)
        elif isinstance(request, Ring):
            self._dial(request)
        else:
            self.enter(CallState.ASKING)
            answer = self.outbox.ask(self.call, request.name, request.event, self.deliver)
            if answer is not None:
                return answer
        return _PENDING

    def _no_more(self) -> None:
        self.deliver(None)

    def _play(self, play: Play, number: int) -> None:
        if number == len(play.prompts):
            self.deliver(None)
            return
        prompt = play.prompts[number]
        self.hear(prompt, play.side)
        self.later("wait", prompt.length, lambda: self._play(play, number + 1))

    def _dial(self, ring: Ring) -> None:
        callee, outcome = ring.leg.callee, ring.leg.callee.outcome
        no_answer = FarEndOutcome.NO_ANSWER
        self.later("dial", ring.leg.dial.timeout, lambda: self.deliver(no_answer))
        if outcome in {FarEndOutcome.ANSWER, FarEndOutcome.WAIT, no_answer}:
            self.later("ring", callee.rings_after, lambda: self.ring(ring))
        if outcome is FarEndOutcome.ANSWER:
            delay = max(callee.answers_after, callee.rings_after)
            self.later("outcome", delay, lambda: self.deliver(outcome))
        elif outcome not in {FarEndOutcome.WAIT, no_answer}:
            self.later("outcome", callee.busy_after, lambda: self.deliver(outcome))

    def ring(self, ring: Ring) -> None:
        """A phone that is dialled begins to ring."""
        ring.leg.state = LegState.RINGING
        self.enter(CallState.RINGING)
        self.log(Ringing, to=ring.leg.identity.endpoint, side=ring.side)

    def hear(self, prompt: Prompt, side: Side) -> None:
        """A prompt is heard, whatever else goes on."""
        heard = {"text": prompt.text, "source": prompt.source, "locale": prompt.locale}
        self.log(Heard, **heard, side=side)

    # --- the state --------------------------------------------------------------------------

    def enter(self, state: CallState, *, by_update: bool = False) -> None:
        """Change the state. Raises :class:`.IllegalTransition`."""
        check_transition(self.call.state, state, by_update=by_update)
        self.call.state = state

    def log(self, entry: type[Entry], **fields: Any) -> None:
        """Add a line to the transcript."""
        self.exchange.add(self.call, entry(at=self.exchange.now, **fields))

    # --- time -------------------------------------------------------------------------------

    def later(self, name: str, delay: timedelta, action: Callable[[], object]) -> None:
        """Plan something, in place of what was planned under the same name."""
        due = self.exchange.now + min(max(delay, timedelta()), LONGEST_DELAY)
        self._due[name] = due
        self.exchange.scheduler.set(
            self._key(name), due, lambda moment: self._fire(name, action, moment)
        )

    def cancel(self, *names: str) -> None:
        """Drop what is planned under these names; without names, everything."""
        for name in names or tuple(self._due):
            if self._due.pop(name, None) is not None:
                self.exchange.scheduler.cancel(self._key(name))

    def next_due(self) -> datetime | None:
        """The moment of the earliest plan."""
        return min(self._due.values(), default=None)

    def _fire(self, name: str, action: Callable[[], object], moment: datetime) -> None:
        if self._due.pop(name, None) is not None:
            self.exchange.at(moment, action)

    def _key(self, name: str) -> str:
        return f"call {self.call.id} {name}"

    # --- people -----------------------------------------------------------------------------

    def listens(self, side: Side, *, voice: bool = False) -> bool:
        """Whether a key, or a word, on that side counts now."""
        request = self.request
        if voice and not (isinstance(request, Play | Listen) and request.voice):
            return False
        return request.hears(side)


def _nothing() -> Script[None]:
    return
    yield  # what makes it a generator
