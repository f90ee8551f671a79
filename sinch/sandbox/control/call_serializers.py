"""Calls, their transcripts and rooms, as the API under ``/_sandbox`` shows them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from sinch.engine import CallState, LegState, SimulatedCall
from sinch.engine.transcript import Entry, to_text
from sinch.sandbox.platform.conferences import ConferenceService
from sinch_api.codec import write_seconds
from sinch_api.models.common import Identity, IdentityType

from .serializers import shown

_NUMBER: Final = re.compile(r"\+?[0-9]+")


def call(record: SimulatedCall, now: datetime) -> dict[str, Any]:
    """One call; ``phase`` is a coarse state: placed, ringing, answered or ended."""
    fields = {
        **shown(record),
        "phase": phase(record),
        "status": "FINAL" if record.ended else "ONGOING",
        "duration": write_seconds(record.duration(now)),
        "parked": record.parked,
        "recording": record.recording,
    }
    if record.from_ is not None:
        fields["from"] = _caller(record.from_)
    return fields


def with_transcript(record: SimulatedCall, now: datetime) -> str:
    """One call and every line of it as JSON; the lines are not made anew each time."""
    lines = (f'{{"index":{n},{line.members}}}' for n, line in enumerate(record.transcript))
    return f'{to_text(call(record, now))[:-1]},"transcript":[{",".join(lines)}]}}'


def entry(index: int, line: Entry) -> dict[str, Any]:
    """One line of a transcript; ``text`` reads well."""
    return {"index": index, **line.shown()}


def phase(record: SimulatedCall) -> str:
    """How far a call has come."""
    if record.ended:
        return "ended"
    if record.answered_at is not None:
        return "answered"
    if record.state is CallState.RINGING or record.party.state is LegState.RINGING:
        return "ringing"
    return "placed"


def rooms(conferences: ConferenceService) -> dict[str, Any]:
    """All rooms with somebody in them."""
    listed = [{"id": room, **found.to_wire()} for room, found in conferences.ongoing()]
    return {"conferences": listed}


def _caller(endpoint: str) -> dict[str, Any]:
    kind = IdentityType.NUMBER if _NUMBER.fullmatch(endpoint) else IdentityType.USERNAME
    return Identity(type=kind, endpoint=endpoint).to_wire()
