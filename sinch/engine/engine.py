"""The call engine's face: inputs are methods, outputs are drained (docs/call-engine.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from sinch_api.codec import Malformed
from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import MusicOnHold
from sinch_api.models.svaml import Svamlet

from . import originate, teardown, updates
from .call import EventUrls, InboundCall, SimulatedCall
from .call_plan import CallPlan
from .call_runtime import CallRuntime
from .effects import CallbackFailure, Effect
from .exchange import Exchange
from .far_ends import AmdScript, FarEndOutcome, FarEnds
from .lifecycle import live
from .notices import refuse
from .originate import Origin
from .outbox import Outbox
from .rooms import Rooms
from .scheduler import Scheduler
from .script import Ending, Key, Ring, Wait, Words
from .settings import EngineSettings
from .transcript import Pressed, Side, Spoken
from .validation import IllegalSvaml

_KEYS: Final = frozenset("0123456789*#")
_DEFAULTS: Final = EngineSettings()
_NO_URLS: Final = EventUrls()


class NoSuchCall(KeyError):
    """There is no call with this id."""


class NotPossible(ValueError):
    """The call is not where this could be done to it."""


class Engine:
    """Plays Sinch's side of any number of calls.

    Nothing happens but by a method or by a timer of ``scheduler``. What the app has to be asked
    and told comes out of :meth:`drain`. Not thread-safe: one lock around everything.

    ``new_id`` makes ids of calls and callbacks. ``urls``, ``far_ends`` and ``settings`` may be
    replaced at any time.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        application_key: str,
        new_id: Callable[[], str],
        settings: EngineSettings = _DEFAULTS,
        far_ends: FarEnds | None = None,
        urls: EventUrls = _NO_URLS,
    ) -> None:
        self._exchange = Exchange(
            scheduler,
            application_key=application_key,
            new_id=new_id,
            settings=settings,
            far_ends=far_ends or FarEnds(),
            urls=urls,
        )
        self._outbox = Outbox(self._exchange)
        self._rooms = Rooms(self._exchange)
        self._runtimes: dict[str, CallRuntime] = {}

    @property
    def settings(self) -> EngineSettings:
        """How it decides where Sinch's documents are silent."""
        return self._exchange.settings

    @settings.setter
    def settings(self, settings: EngineSettings) -> None:
        self._exchange.settings = settings

    @property
    def now(self) -> datetime:
        """The time in the engine."""
        return self._exchange.now

    @property
    def urls(self) -> EventUrls:
        """Where events go; events placed later see a change."""
        return self._exchange.urls

    @urls.setter
    def urls(self, urls: EventUrls) -> None:
        self._exchange.urls = urls

    @property
    def far_ends(self) -> FarEnds:
        """What destinations do when dialled."""
        return self._exchange.far_ends

    @far_ends.setter
    def far_ends(self, far_ends: FarEnds) -> None:
        self._exchange.far_ends = far_ends

    # --- calls begin ------------------------------------------------------------------------

    def inbound(self, inbound: InboundCall) -> SimulatedCall:
        """Somebody calls the app."""
        self._exchange.catch_up()
        return self._begin(originate.inbound(self._exchange, inbound))

    def place(self, plan: CallPlan) -> SimulatedCall:
        """Place a callout."""
        self._exchange.catch_up()
        return self._begin(originate.callout(self._exchange, plan))

    def join_room(self, room: str, cli: str) -> SimulatedCall:
        """Somebody dials straight into a conference; such a call gives no events."""
        self._exchange.catch_up()
        return self._begin(originate.dial_in(self._exchange, room, cli))

    # --- what people do ---------------------------------------------------------------------

    def press(self, call_id: str, digits: str, side: Side = Side.PARTY) -> None:
        """Press keys ``0-9 * #``, one after the other; those nobody listens to are only logged.

        Raises :class:`NotPossible` for other keys, and on a phone that is not in the call.
        """
        runtime = self._on_phone(call_id, side)
        if not digits or not _KEYS.issuperset(digits):
            raise NotPossible("keys are 0-9, * and #")
        for digit in digits:
            if runtime.call.ended:
                return
            # logged first, since what follows from it comes after it
            used = runtime.listens(side)
            runtime.log(Pressed, digits=digit, side=side, used=used)
            if used:
                runtime.deliver(Key(digit, side))

    def speak(self, call_id: str, text: str, side: Side = Side.PARTY) -> None:
        """Say something; a menu with ``enableVoice`` listens.

        Raises :class:`NotPossible` on a phone that is not in the call.
        """
        runtime = self._on_phone(call_id, side)
        used = runtime.listens(side, voice=True)
        runtime.log(Spoken, text=text, side=side, used=used)
        if used:
            runtime.deliver(Words(text, side))

    def hang_up(self, call_id: str, side: Side = Side.PARTY) -> None:
        """One side hangs up. Raises :class:`NotPossible` if nobody is there."""
        if not teardown.hang_up(self._running(call_id), side):
            raise NotPossible("nobody is on that side of the call")

    def answer(self, call_id: str) -> None:
        """The phone that is dialled picks up now. Raises :class:`NotPossible` if none is."""
        self._ringing(call_id)[0].deliver(FarEndOutcome.ANSWER)

    def reject(self, call_id: str, outcome: FarEndOutcome = FarEndOutcome.BUSY) -> None:
        """The phone that is dialled does not pick up. Raises :class:`NotPossible` if none is."""
        runtime, _ = self._ringing(call_id)
        if outcome in {FarEndOutcome.ANSWER, FarEndOutcome.WAIT}:
            raise NotPossible("that is no way to reject a call")
        runtime.deliver(outcome)

    def machine(self, call_id: str, script: AmdScript) -> None:
        """What answers, should the phone that is dialled be answered."""
        _, ring = self._ringing(call_id)
        ring.leg.callee = attrs.evolve(ring.leg.callee, amd=script)

    # --- what REST requests do --------------------------------------------------------------

    def update(
        self, call_id: str, svaml: Svamlet | Mapping[str, Any], *, tell: bool = False
    ) -> None:
        """Apply SVAML to a call.

        If it is not legal, raises :class:`NotPossible`, or with ``tell`` notifies the app.
        """
        runtime = self._running(call_id)
        try:
            updates.apply(runtime, _script(svaml))
        except IllegalSvaml as problem:
            _refuse(runtime, str(problem), tell=tell)

    def update_leg(
        self,
        call_id: str,
        leg: str,
        svaml: Svamlet | Mapping[str, Any],
        *,
        tell: bool = False,
    ) -> None:
        """Apply SVAML to ``caller``, ``callee`` or ``both``.

        If it is not legal, raises :class:`NotPossible`, or with ``tell`` notifies the app.

        .. code-block:: python

            warning = {"name": "say", "text": "A minute left", "locale": "en-US"}
            engine.update_leg(call.id, "callee", {"instructions": [warning]})
        """
        runtime = self._running(call_id)
        try:
            updates.apply_to_leg(runtime, leg, _script(svaml))
        except IllegalSvaml as problem:
            _refuse(runtime, str(problem), tell=tell)

    def end(self, call_id: str, reason: str = "MANAGERHANGUP") -> None:
        """End a call."""
        self._running(call_id).interrupt(Ending(reason))

    def command(
        self,
        room: str,
        call_id: str,
        command: ParticipantCommand,
        moh: MusicOnHold | None = None,
    ) -> None:
        """Mute, unmute, hold or resume. Raises :class:`NoSuchCall` for who is not in the room."""
        self._rooms.command(self._member(room, call_id), command, moh)

    def kick(self, room: str, call_id: str) -> None:
        """Hang up on one participant. Raises :class:`NoSuchCall` for who is not in the room."""
        self._find(self._member(room, call_id).id).interrupt(Ending("MANAGERHANGUP"))

    def end_room(self, room: str) -> None:
        """Hang up on everybody in a room."""
        self._exchange.catch_up()
        for call in self._rooms.members(room):
            self._find(call.id).interrupt(Ending("MANAGERHANGUP"))

    # --- callbacks --------------------------------------------------------------------------

    def reply(self, callback_id: str, body: bytes | str | Mapping[str, Any] | None) -> bool:
        """The app answered with a good status. False if nobody waits for this answer (any more)."""
        self._exchange.catch_up()
        return self._outbox.reply(callback_id, body)

    def failed(self, callback_id: str, failure: CallbackFailure, detail: str = "") -> bool:
        """The app did not answer well. False if nobody waits for this answer (any more)."""
        self._exchange.catch_up()
        return self._outbox.failed(callback_id, failure, detail)

    def drain(self) -> list[Effect]:
        """What there is to do, in order; the next call brings only what is new."""
        return self._exchange.drain()

    # --- reading ----------------------------------------------------------------------------

    def next_due(self, call_id: str | None = None) -> datetime | None:
        """When something happens by itself next, in one call or in any."""
        if call_id is not None:
            found = self._runtimes.get(call_id.casefold())
            return found.next_due() if found is not None else None
        planned = (runtime.next_due() for runtime in self._runtimes.values())
        return min((due for due in planned if due is not None), default=None)

    def waiting(self, call_id: str) -> Wait:
        """What a call waits for: :class:`.Play`, :class:`.Listen`, :class:`.AskApp`, :class:`.Ring`.

        Raises :class:`NoSuchCall`.
        """
        return self._find(call_id).request

    def call(self, call_id: str) -> SimulatedCall:
        """A call, running or over; ids are compared without regard to case.

        Raises :class:`NoSuchCall`.
        """
        return self._find(call_id).call

    def calls(self) -> tuple[SimulatedCall, ...]:
        """All calls that are remembered, oldest first."""
        return tuple(runtime.call for runtime in self._runtimes.values())

    def rooms(self) -> dict[str, tuple[SimulatedCall, ...]]:
        """Who is in which conference."""
        return self._rooms.all()

    def forget(self, call_id: str) -> None:
        """Drop a call without a trace, even a running one."""
        runtime = self._find(call_id)
        runtime.close()
        self._outbox.forget(runtime.call, everything=True)
        del self._runtimes[runtime.call.id.casefold()]

    def clear(self) -> None:
        """Forget everything."""
        for call in self.calls():
            self.forget(call.id)
        self.drain()

    # --- inside -----------------------------------------------------------------------------

    def _begin(self, origin: Origin) -> SimulatedCall:
        call = origin.call
        runtime = CallRuntime(self._exchange, self._outbox, self._rooms, call, origin.going_on)
        self._runtimes[call.id.casefold()] = runtime
        while len(self._runtimes) > self.settings.remember:
            known = self._runtimes.values()
            oldest = next((it for it in known if it.call.ended), next(iter(known)))
            self.forget(oldest.call.id)
        runtime.run(live(runtime, origin.opening(runtime)))
        return call

    def _find(self, call_id: str) -> CallRuntime:
        try:
            return self._runtimes[call_id.casefold()]
        except KeyError:
            raise NoSuchCall(call_id) from None

    def _running(self, call_id: str) -> CallRuntime:
        self._exchange.catch_up()
        runtime = self._find(call_id)
        if runtime.call.ended:
            raise NotPossible("the call is over")
        return runtime

    def _ringing(self, call_id: str) -> tuple[CallRuntime, Ring]:
        runtime = self._running(call_id)
        if not isinstance(runtime.request, Ring):
            raise NotPossible("no phone rings in this call")
        return runtime, runtime.request

    def _on_phone(self, call_id: str, side: Side) -> CallRuntime:
        runtime = self._running(call_id)
        leg = runtime.call.party if side is Side.PARTY else runtime.call.far
        if leg is None or not (leg.answered or leg.role == "caller"):
            raise NotPossible("nobody is on that side of the call")
        return runtime

    def _member(self, room: str, call_id: str) -> SimulatedCall:
        self._exchange.catch_up()
        for call in self._rooms.members(room):
            if call.id.casefold() == call_id.casefold():
                return call
        raise NoSuchCall(call_id)


def _refuse(runtime: CallRuntime, problem: str, *, tell: bool) -> None:
    if not tell:
        raise NotPossible(problem)
    refuse(runtime, "update", problem)


def _script(svaml: Svamlet | Mapping[str, Any]) -> Svamlet:
    if isinstance(svaml, Svamlet):
        return svaml
    try:
        return Svamlet.from_wire(svaml)
    except Malformed as problem:
        raise IllegalSvaml(f"This is not SVAML: {problem}.") from None
