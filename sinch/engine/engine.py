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

from .call import Call, CallbackUrls, InboundCall
from .call_plan import CallPlan
from .callbacks import Callbacks
from .core import Core
from .dialling import Dialling
from .effects import Effect, Failure
from .ending import Ending
from .far_ends import AmdScript, FarEndOutcome, FarEnds
from .menus import Menus
from .parking import Parking
from .placing import Placing
from .player import Player
from .programs import Programs
from .recorder import Recorder
from .rooms import Rooms
from .scheduler import Timeline
from .scripts import IllegalSvaml
from .settings import EngineSettings
from .states import CallState
from .transcript import Pressed, Side, Spoken, ToneHeard
from .updates import Updates

_KEYS: Final = frozenset("0123456789*#")
_DEFAULTS: Final = EngineSettings()
_NO_URLS: Final = CallbackUrls()


class NoSuchCall(KeyError):
    """There is no call with this id."""


class NotPossible(ValueError):
    """The call is not where this could be done to it."""


class Engine:
    """Plays Sinch's side of any number of calls.

    Nothing happens but by a method or by a timer of ``timeline``. What the app has to be asked
    and told comes out of :meth:`drain`. Not thread-safe: one lock around everything.

    ``new_id`` makes ids of calls and callbacks. ``urls``, ``far_ends`` and ``settings`` may be
    replaced at any time.
    """

    def __init__(
        self,
        timeline: Timeline,
        *,
        application_key: str,
        new_id: Callable[[], str],
        settings: EngineSettings = _DEFAULTS,
        far_ends: FarEnds | None = None,
        urls: CallbackUrls = _NO_URLS,
    ) -> None:
        self._core = core = Core(
            timeline,
            application_key=application_key,
            new_id=new_id,
            settings=settings,
            far_ends=far_ends or FarEnds(),
            urls=urls,
        )
        core.callbacks = Callbacks(core)
        core.dialling = Dialling(core)
        core.ending = Ending(core)
        core.menus = Menus(core)
        core.parking = Parking(core)
        core.player = Player(core)
        core.programs = Programs(core)
        core.recorder = Recorder(core)
        core.rooms = Rooms(core)
        core.updates = Updates(core)
        self._placing = Placing(core)

    @property
    def settings(self) -> EngineSettings:
        """How it decides where the facts are silent."""
        return self._core.settings

    @settings.setter
    def settings(self, settings: EngineSettings) -> None:
        self._core.settings = settings

    @property
    def now(self) -> datetime:
        """The time in the engine."""
        return self._core.now

    @property
    def urls(self) -> CallbackUrls:
        """Where events go; events placed later see a change."""
        return self._core.urls

    @urls.setter
    def urls(self, urls: CallbackUrls) -> None:
        self._core.urls = urls

    @property
    def far_ends(self) -> FarEnds:
        """What destinations do when dialled."""
        return self._core.far_ends

    @far_ends.setter
    def far_ends(self, far_ends: FarEnds) -> None:
        self._core.far_ends = far_ends

    # --- calls begin ------------------------------------------------------------------------

    def inbound(self, inbound: InboundCall) -> Call:
        """Somebody calls the app."""
        self._catch_up()
        return self._placing.inbound(inbound)

    def place(self, plan: CallPlan) -> Call:
        """Place a callout."""
        self._catch_up()
        return self._placing.place(plan)

    def join_room(self, room: str, cli: str) -> Call:
        """Somebody dials straight into a conference; such a call gives no events."""
        self._catch_up()
        return self._placing.join_room(room, cli)

    # --- what people do ---------------------------------------------------------------------

    def press(self, call_id: str, digits: str, side: Side = Side.PARTY) -> None:
        """Press keys ``0-9 * #``, one after the other; those nobody listens to are only logged.

        Raises :class:`NotPossible` for other keys, and on a phone that is not in the call.
        """
        call = self._on_phone(call_id, side)
        if not digits or not _KEYS.issuperset(digits):
            raise NotPossible("keys are 0-9, * and #")
        for digit in digits:
            if call.ended:
                return
            # logged first, since what follows from it comes after it
            used = self._is_listening(call, side)
            self._core.log(call, Pressed, digits=digit, side=side, used=used)
            if call.state is CallState.MENU:
                self._core.menus.press(call, digit, side)
            elif call.state is CallState.CONFERENCE:
                self._core.rooms.press(call, digit)
            elif call.state is CallState.CONNECTED and call.far is not None:
                other = Side.FAR if side is Side.PARTY else Side.PARTY
                self._core.log(call, ToneHeard, digits=digit, side=other)

    def speak(self, call_id: str, text: str, side: Side = Side.PARTY) -> None:
        """Say something; a menu with ``enableVoice`` listens.

        Raises :class:`NotPossible` on a phone that is not in the call.
        """
        call = self._on_phone(call_id, side)
        menu = call.doing.menu
        used = menu is not None and menu.voice and self._is_listening(call, side)
        self._core.log(call, Spoken, text=text, side=side, used=used)
        self._core.menus.speak(call, text, side)

    def hang_up(self, call_id: str, side: Side = Side.PARTY) -> None:
        """One side hangs up. Raises :class:`NotPossible` if nobody is there."""
        call = self._running(call_id)
        if not self._core.ending.hang_up(call, side):
            raise NotPossible("nobody is on that side of the call")

    def answer(self, call_id: str) -> None:
        """The phone that is dialled picks up now. Raises :class:`NotPossible` if none is."""
        call = self._running(call_id)
        if not call.dialling:
            raise NotPossible("no phone rings in this call")
        self._core.dialling.pick_up(call)

    def reject(self, call_id: str, outcome: FarEndOutcome = FarEndOutcome.BUSY) -> None:
        """The phone that is dialled does not pick up. Raises :class:`NotPossible` if none is."""
        call = self._running(call_id)
        if not call.dialling:
            raise NotPossible("no phone rings in this call")
        if outcome in {FarEndOutcome.ANSWER, FarEndOutcome.WAIT}:
            raise NotPossible("that is no way to reject a call")
        self._core.dialling.fail(call, outcome)

    def machine(self, call_id: str, script: AmdScript) -> None:
        """What answers, should the phone that is dialled be answered."""
        call = self._running(call_id)
        dial = call.doing.dial
        if dial is None or not call.dialling:
            raise NotPossible("no phone rings in this call")
        call.doing.dial = attrs.evolve(dial, script=attrs.evolve(dial.script, amd=script))

    # --- what REST requests do --------------------------------------------------------------

    def update(
        self, call_id: str, svaml: Svamlet | Mapping[str, Any], *, tell: bool = False
    ) -> None:
        """Apply SVAML to a call.

        If it is not legal, raises :class:`NotPossible`, or with ``tell`` notifies the app.
        """
        call = self._running(call_id)
        try:
            self._core.updates.apply(call, _script(svaml))
        except IllegalSvaml as problem:
            self._refuse(call, str(problem), tell=tell)

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
        """
        call = self._running(call_id)
        try:
            self._core.updates.apply_to_leg(call, leg, _script(svaml))
        except IllegalSvaml as problem:
            self._refuse(call, str(problem), tell=tell)

    def end(self, call_id: str, reason: str = "MANAGERHANGUP") -> None:
        """End a call."""
        self._core.ending.end(self._running(call_id), reason)

    def command(
        self,
        room: str,
        call_id: str,
        command: ParticipantCommand,
        moh: MusicOnHold | None = None,
    ) -> None:
        """Mute, unmute, hold or resume. Raises :class:`NoSuchCall` for who is not in the room."""
        self._core.rooms.command(self._member(room, call_id), command, moh)

    def kick(self, room: str, call_id: str) -> None:
        """Hang up on one participant. Raises :class:`NoSuchCall` for who is not in the room."""
        self._core.ending.end(self._member(room, call_id), "MANAGERHANGUP")

    def end_room(self, room: str) -> None:
        """Hang up on everybody in a room."""
        self._catch_up()
        for call in self._core.rooms.members(room):
            self._core.ending.end(call, "MANAGERHANGUP")

    # --- callbacks --------------------------------------------------------------------------

    def reply(self, callback_id: str, body: bytes | str | Mapping[str, Any] | None) -> bool:
        """The app answered with a good status. False if nobody waits for this answer (any more)."""
        self._catch_up()
        return self._core.callbacks.reply(callback_id, body)

    def failed(self, callback_id: str, failure: Failure, detail: str = "") -> bool:
        """The app did not answer well. False if nobody waits for this answer (any more)."""
        self._catch_up()
        return self._core.callbacks.failed(callback_id, failure, detail)

    def drain(self) -> list[Effect]:
        """What there is to do, in order; the next call brings only what is new."""
        effects, self._core.effects = self._core.effects, []
        return effects

    @property
    def pending(self) -> bool:
        """Whether there is something to drain."""
        return bool(self._core.effects)

    # --- reading ----------------------------------------------------------------------------

    def next_due(self, call_id: str | None = None) -> datetime | None:
        """When something happens by itself next, in one call or in any."""
        return self._core.next_due(call_id)

    def call(self, call_id: str) -> Call:
        """A call, running or over; ids are compared without regard to case.

        Raises :class:`NoSuchCall`.
        """
        try:
            return self._core.calls[call_id.casefold()]
        except KeyError:
            raise NoSuchCall(call_id) from None

    def calls(self) -> tuple[Call, ...]:
        """All calls that are remembered, oldest first."""
        return tuple(self._core.calls.values())

    def rooms(self) -> dict[str, tuple[Call, ...]]:
        """Who is in which conference."""
        return self._core.rooms.all()

    def forget(self, call_id: str) -> None:
        """Drop a call without a trace, even a running one."""
        self._placing.forget(self.call(call_id))

    def clear(self) -> None:
        """Forget everything."""
        for call in self.calls():
            self._core.cancel(call)
        self._core.calls.clear()
        self._core.rooms.clear()
        self._core.callbacks.clear()
        self._core.effects.clear()

    # --- inside -----------------------------------------------------------------------------

    def _catch_up(self) -> None:
        """Let happen first what is due by now."""
        if not self._core.in_timer:
            self._core.timeline.run()

    def _running(self, call_id: str) -> Call:
        self._catch_up()
        call = self.call(call_id)
        if call.ended:
            raise NotPossible("the call is over")
        return call

    def _refuse(self, call: Call, problem: str, *, tell: bool) -> None:
        if not tell:
            raise NotPossible(problem)
        self._core.programs.refuse(call, "update", problem)

    def _on_phone(self, call_id: str, side: Side) -> Call:
        call = self._running(call_id)
        leg = call.party if side is Side.PARTY else call.far
        if leg is None or not (leg.answered or leg.role == "caller"):
            raise NotPossible("nobody is on that side of the call")
        return call

    def _is_listening(self, call: Call, side: Side) -> bool:
        match call.state:
            case CallState.MENU:
                return self._core.menus.is_listening(call, side)
            case CallState.CONFERENCE:
                return self._core.rooms.is_listening(call)
            case state:
                return state is CallState.CONNECTED and call.far is not None

    def _member(self, room: str, call_id: str) -> Call:
        self._catch_up()
        for call in self._core.rooms.members(room):
            if call.id.casefold() == call_id.casefold():
                return call
        raise NoSuchCall(call_id)


def _script(svaml: Svamlet | Mapping[str, Any]) -> Svamlet:
    if isinstance(svaml, Svamlet):
        return svaml
    try:
        return Svamlet.from_wire(svaml)
    except Malformed as problem:
        raise IllegalSvaml(f"This is not SVAML: {problem}.") from None
