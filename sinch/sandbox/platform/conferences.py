"""Conference rooms: who is in them, and what is done to them (docs/platform/calling.md#conferences)."""

from __future__ import annotations

from collections.abc import Iterator

from sinch import limits
from sinch.engine import SimulatedCall
from sinch.values import Cli
from sinch_api.models.calling import (
    CallReason,
    Conference,
    ConferenceParticipant,
    ParticipantCommandRequest,
)

from . import checks
from .calls import CallService
from .errors import Refusal
from .state import State


class ConferenceService:
    """A room exists while somebody is in it."""

    def __init__(self, state: State, calls: CallService) -> None:
        self._state = state
        self._calls = calls

    def get(self, conference_id: str) -> Conference:
        """Who is in a room; raises :class:`.Refusal` 40400 for an empty one."""
        now = self._state.scheduler.now()
        return Conference(
            participants=tuple(
                # exactly these five: an older client takes neither fewer nor more (docs/platform/other-clients.md#answers)
                ConferenceParticipant(
                    id=call.id,
                    cli=_peer(call),
                    duration=call.duration(now),
                    muted=call.muted,
                    on_hold=call.on_hold,
                )
                for call in self._legs(conference_id)
            )
        )

    def ongoing(self) -> Iterator[tuple[str, Conference]]:
        """Every room with somebody in it."""
        for conference_id in self._calls.rooms():
            yield conference_id, self.get(conference_id)

    def end(self, conference_id: str) -> None:
        """Hang up on everybody; raises :class:`.Refusal` 40400."""
        for call in self._legs(conference_id):
            self._calls.end(call, CallReason.MANAGER_HANGUP)

    def kick(self, conference_id: str, call_id: str) -> None:
        """Hang up on one participant; raises :class:`.Refusal` 40400."""
        self._calls.end(self._leg(conference_id, call_id), CallReason.MANAGER_HANGUP)

    def command(self, conference_id: str, call_id: str, request: ParticipantCommandRequest) -> None:
        """Mute, unmute, hold or resume; raises :class:`.Refusal` 40001, 40400.

        ``moh`` beside another command than ``onhold`` has no effect.
        """
        call = self._leg(conference_id, call_id)
        checks.known(request.command, "command")
        checks.known(request.moh, "moh")
        self._calls.command(call, request.command, request.moh)

    def join(self, conference_id: str, cli: str) -> SimulatedCall:
        """Somebody dials in; raises :class:`.Refusal` 40001."""
        checks.text(conference_id, "conferenceId", limits.CONFERENCE_ID)
        return self._calls.dial_in(conference_id, checks.text(cli, "cli", limits.USER_NAME))

    def _legs(self, conference_id: str) -> tuple[SimulatedCall, ...]:
        legs = self._calls.in_conference(conference_id)
        if not legs:
            raise Refusal(40400, "There is no such ongoing conference of this application.")
        return legs

    def _leg(self, conference_id: str, call_id: str) -> SimulatedCall:
        for call in self._legs(conference_id):
            if call.id == call_id.casefold():
                return call
        raise Refusal(40400, "There is no such participant in the conference.")


def _peer(call: SimulatedCall) -> Cli:
    """The outside party: who dialled in, or whom we called."""
    return Cli.parse(call.from_ if call.party.role == "caller" else call.party.identity.endpoint)
