"""Calls: a simple simulation of what happens to a callout, driven by the clock.

A call is placed, rings, is answered and ends by itself; SVAML is checked and recorded, not
executed. :class:`Calls` is all that the rest of the sandbox knows about calls, so an engine that
executes SVAML can take its place: it plans legs from a :class:`.CallPlan`, tells who is in which
conference, and lets the peer answer, reject and hang up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sinch_api.models.calling import CalloutMethod, CallReason, ParticipantCommand
from sinch_api.models.common import CallResult, Identity, IdentityType, MusicOnHold
from sinch_api.models.svaml import Park, Svamlet

from .callouts import LONGEST_CALL, CallPlan
from .records import Call, Store
from .refusals import Refusal
from .state import State
from .svaml_checks import action_name, check_leg_update, check_update, dialled

_MOST_UPDATES = 50
_LONGEST_PARKING = timedelta(seconds=600)
_KEEP_PARKED = frozenset({"startrecording", "stoprecording"})
_Step = Callable[[Call, datetime], None]


class Calls:
    """All calls that are remembered (facts 7)."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.placed: Store[str, Call] = Store(state.settings.remember, self._forget)
        self._rooms: dict[str, dict[str, Call]] = {}

    # --- what an application does -----------------------------------------------------------

    def place(self, plan: CallPlan) -> Call:
        """Place a call; it rings and is answered by itself later."""
        now, timings = self._state.timeline.now(), self._state.settings.timings
        call = Call(
            id=self._state.ids.guid(),
            to=plan.to,
            placed_at=now,
            kind=plan.method.value,
            from_=_caller(plan.cli),
            domain=plan.domain,
            custom=plan.custom,
            request=plan.request,
            callback_headers=plan.callback_headers,
            max_duration=plan.max_duration,
            conference_id=plan.conference_id,
            moh=plan.moh,
        )
        self.placed.add(call.id, call)

        def ring(_: datetime) -> None:
            call.phase = "ringing"
            self._plan(call, now + max(timings.answering, timings.ringing), self._pick_up)

        self._state.timeline.set(_timer(call), now + timings.ringing, ring)
        return call

    def find(self, call_id: str) -> Call:
        """A call, running or over; raises :class:`.Refusal` 40400."""
        call = self.placed.get(call_id.casefold())
        if call is None:
            raise Refusal(40400, "There is no such call.")
        return call

    def running(self, call_id: str) -> Call:
        """A call that is not over; raises :class:`.Refusal` 40400."""
        call = self.find(call_id)
        if call.phase == "ended":
            raise Refusal(40400, "The call is over.")
        return call

    def update(self, call: Call, script: Svamlet) -> None:
        """Apply SVAML to a running call; raises :class:`.Refusal` 40003."""
        name = check_update(script, parked=call.parked, conference=self._is_in_room(call))
        now = self._state.timeline.now()
        if name == "hangup":
            self.end(call, CallReason.MANAGER_HANGUP)
        elif name == "park":
            longest = script.action.max_duration if isinstance(script.action, Park) else None
            call.parked = True
            self._leave(call)
            self._plan(call, now + (longest or _LONGEST_PARKING), self._time_out)
        elif call.parked and name not in _KEEP_PARKED:
            call.parked = False
            if name == "connectconf":
                _, call.conference_id = dialled(script.action)
                self._join(call, now)
            else:
                self._plan(call, now + self._state.settings.timings.custom_call, self._hang_up)
        self._record(call, "call", script)

    def update_leg(self, call: Call, leg: str, script: Svamlet) -> None:
        """Play something to one side of a running call; raises :class:`.Refusal` 40003."""
        check_leg_update(script)
        self._record(call, leg, script)
        if action_name(script.action) == "hangup":
            self.end(call, CallReason.MANAGER_HANGUP)

    # --- what the peer does -----------------------------------------------------------------

    def answer(self, call: Call) -> None:
        """The peer picks up now instead of later."""
        if call.answered_at is None and call.phase != "ended":
            self._pick_up(call, self._state.timeline.now())

    def reject(self, call: Call, result: CallResult = CallResult.BUSY) -> None:
        """The peer does not pick up: BUSY, NOANSWER or FAILED."""
        reasons = {
            CallResult.NO_ANSWER: CallReason.TIMEOUT,
            CallResult.FAILED: CallReason.GENERAL_ERROR,
        }
        self.end(call, reasons.get(result, CallReason.NOT_AVAILABLE), result)

    def end(self, call: Call, reason: CallReason, result: CallResult | None = None) -> None:
        """End a call now; the result is ANSWERED if it was, else N/A, unless given."""
        self._finish(call, self._state.timeline.now(), reason, result)

    def dial_in(self, conference_id: str, cli: str) -> Call:
        """Somebody joins a conference by calling in."""
        now = self._state.timeline.now()
        call = Call(
            id=self._state.ids.guid(),
            to=Identity(type=IdentityType.CONFERENCE, endpoint=conference_id),
            placed_at=now,
            kind="incoming",
            from_=_caller(cli),
            max_duration=LONGEST_CALL,
            conference_id=conference_id,
        )
        self.placed.add(call.id, call)
        self._pick_up(call, now)
        return call

    # --- conferences ------------------------------------------------------------------------

    def in_conference(self, conference_id: str) -> tuple[Call, ...]:
        """The legs in a room, in the order they joined; nobody is no room."""
        return tuple(self._rooms.get(conference_id, {}).values())

    def rooms(self) -> tuple[str, ...]:
        """The rooms with somebody in them."""
        return tuple(self._rooms)

    def command(self, call: Call, command: ParticipantCommand, moh: MusicOnHold | None) -> None:
        """Mute, unmute, hold or resume a leg in a room."""
        match command:
            case ParticipantCommand.MUTE | ParticipantCommand.UNMUTE:
                call.muted = command == ParticipantCommand.MUTE
            case _:
                call.on_hold = command == ParticipantCommand.ON_HOLD
                call.moh = moh if call.on_hold else None

    # --- bookkeeping ------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget every call."""
        self.placed.clear()
        self._rooms.clear()

    def __iter__(self) -> Iterator[Call]:
        return iter(self.placed)

    def _pick_up(self, call: Call, moment: datetime) -> None:
        call.phase, call.answered_at = "answered", moment
        call.result = CallResult.ANSWERED
        timings = self._state.settings.timings
        longest = moment + call.max_duration
        if call.conference_id is not None:
            self._join(call, moment)
        elif call.kind == CalloutMethod.TTS:
            self._plan(call, min(moment + timings.speaking, longest), self._hang_up)
        else:
            self._plan(call, min(moment + timings.custom_call, longest), self._hang_up)

    def _join(self, call: Call, moment: datetime) -> None:
        room = call.conference_id or ""
        self._rooms.setdefault(room, {})[call.id] = call
        started = call.answered_at or moment
        self._plan(call, max(moment, started + call.max_duration), self._time_out)

    def _leave(self, call: Call) -> None:
        room = self._rooms.get(call.conference_id or "")
        if room is not None and room.pop(call.id, None) is not None and not room:
            del self._rooms[call.conference_id or ""]

    def _is_in_room(self, call: Call) -> bool:
        return call.id in self._rooms.get(call.conference_id or "", {})

    def _hang_up(self, call: Call, moment: datetime) -> None:
        self._finish(call, moment, CallReason.MANAGER_HANGUP, None)

    def _time_out(self, call: Call, moment: datetime) -> None:
        self._finish(call, moment, CallReason.TIMEOUT, None)

    def _finish(
        self, call: Call, moment: datetime, reason: CallReason, result: CallResult | None
    ) -> None:
        if call.phase == "ended":
            return
        self._state.timeline.cancel(_timer(call))
        self._leave(call)
        call.phase, call.ended_at, call.reason = "ended", moment, reason
        call.result = result or call.result
        call.parked = call.muted = call.on_hold = False

    def _plan(self, call: Call, due: datetime, step: _Step) -> None:
        self._state.timeline.set(_timer(call), due, lambda moment: step(call, moment))

    def _record(self, call: Call, leg: str, script: Svamlet) -> None:
        call.updates.append({"leg": leg, "svaml": script.to_wire()})
        del call.updates[:-_MOST_UPDATES]

    def _forget(self, call: Call) -> None:
        self._state.timeline.cancel(_timer(call))
        self._leave(call)


def _timer(call: Call) -> str:
    return f"call {call.id}"


def _caller(cli: str | None) -> Identity | None:
    """Who a call comes from; nobody when the number is withheld."""
    if cli is None or cli.casefold() == "private":
        return None
    return Identity(type=IdentityType.NUMBER, endpoint=cli)
