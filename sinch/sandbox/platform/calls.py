"""Calls as the REST API has them: requests checked, then carried out by the call engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sinch.engine import (
    CallPlan,
    Engine,
    EngineSettings,
    FarEnd,
    FarEnds,
    NoSuchCall,
    SimulatedCall,
)
from sinch_api.models.calling import CallInfo, CallReason, CallStatus, ParticipantCommand
from sinch_api.models.common import Identity, IdentityType, MusicOnHold
from sinch_api.models.svaml import Svamlet

from .errors import Refusal
from .state import State
from .svaml_checks import check_leg_update, check_update

_MOST_UPDATES: Final = 50


class CallService:
    """All calls that are remembered (docs/platform/calling.md); ``engine`` is what plays them."""

    def __init__(self, state: State) -> None:
        timings = state.settings.timings
        usual = FarEnd(rings_after=timings.ringing, answers_after=timings.answering)
        self.engine = Engine(
            state.scheduler,
            application_key=state.credentials.application_key,
            new_id=state.ids.guid,
            settings=EngineSettings(
                message_length=timings.speaking,
                lonely_call=timings.custom_call,
                remember=state.settings.remember,
            ),
            far_ends=FarEnds(usual),
        )

    # --- what an application does -----------------------------------------------------------

    def place(self, plan: CallPlan) -> SimulatedCall:
        """Place a call; it rings and is answered by itself later."""
        return self.engine.place(plan)

    def find(self, call_id: str) -> SimulatedCall:
        """A call, running or over; raises :class:`.Refusal` 40400."""
        try:
            return self.engine.call(call_id)
        except NoSuchCall:
            raise Refusal(40400, "There is no such call.") from None

    def running(self, call_id: str) -> SimulatedCall:
        """A call that is not over; raises :class:`.Refusal` 40400."""
        call = self.find(call_id)
        if call.ended:
            raise Refusal(40400, "The call is over.")
        return call

    def info(self, call: SimulatedCall) -> CallInfo:
        """A call as GET shows it; nobody is ``from`` when the number is withheld."""
        return CallInfo(
            call_id=call.id,
            from_=caller(call),
            to=call.to if call.to.endpoint else None,
            domain=call.domain,
            duration=call.duration(self.engine.now),
            status=CallStatus.FINAL if call.ended else CallStatus.ONGOING,
            result=call.result,
            reason=CallReason(call.reason),
            timestamp=call.placed_at,
            custom=call.custom,
            user_rate=call.rate,
            debit=call.debit,
        )

    def update(self, call: SimulatedCall, script: Svamlet) -> None:
        """Apply SVAML to a running call; raises :class:`.Refusal` 40003.

        What only the call engine finds illegal, the app hears of by a notify event.
        """
        check_update(script, parked=call.parked, conference=self._is_in_room(call))
        self._record(call, "call", script)
        self.engine.update(call.id, script, tell=True)

    def update_leg(self, call: SimulatedCall, leg: str, script: Svamlet) -> None:
        """Play something to one side of a running call; raises :class:`.Refusal` 40003."""
        check_leg_update(script)
        self._record(call, leg, script)
        self.engine.update_leg(call.id, leg, script, tell=True)

    # --- what the peer does -----------------------------------------------------------------

    def end(self, call: SimulatedCall, reason: CallReason) -> None:
        """End a call now."""
        if not call.ended:
            self.engine.end(call.id, reason.value)

    def dial_in(self, conference_id: str, cli: str) -> SimulatedCall:
        """Somebody joins a conference by calling in."""
        return self.engine.join_room(conference_id, cli)

    # --- conferences ------------------------------------------------------------------------

    def in_conference(self, conference_id: str) -> tuple[SimulatedCall, ...]:
        """The legs in a room, in the order they joined; nobody is no room."""
        return self.engine.rooms().get(conference_id, ())

    def rooms(self) -> tuple[str, ...]:
        """The rooms with somebody in them."""
        return tuple(self.engine.rooms())

    def command(
        self, call: SimulatedCall, command: ParticipantCommand, moh: MusicOnHold | None
    ) -> None:
        """Mute, unmute, hold or resume a leg in a room."""
        self.engine.command(call.conference_id or "", call.id, command, moh)

    # --- bookkeeping ------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget every call."""
        self.engine.clear()

    def __iter__(self) -> Iterator[SimulatedCall]:
        return iter(self.engine.calls())

    def _is_in_room(self, call: SimulatedCall) -> bool:
        return any(member is call for member in self.in_conference(call.conference_id or ""))

    def _record(self, call: SimulatedCall, leg: str, script: Svamlet) -> None:
        call.updates.append({"leg": leg, "svaml": script.to_wire()})
        del call.updates[:-_MOST_UPDATES]


def caller(call: SimulatedCall) -> Identity | None:
    """Who a call comes from; nobody when the number is withheld."""
    cli = call.from_
    if cli is None or cli.casefold() == "private":
        return None
    if call.party.role == "caller" and call.kind == "inbound":
        return call.party.identity
    return Identity(type=IdentityType.NUMBER, endpoint=cli)
