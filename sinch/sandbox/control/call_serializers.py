"""Calls as the API under ``/_sandbox`` shows them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from sinch.engine import CallState, Leg, LegState, SimulatedCall
from sinch.engine.transcript import Entry
from sinch_api.codec import write_datetime, write_seconds
from sinch_api.models.common import Identity, IdentityType

_NUMBER: Final = re.compile(r"\+?[0-9]+")


def call(record: SimulatedCall, now: datetime, *, transcript: bool = False) -> dict[str, Any]:
    """One call; ``phase`` is a coarse state: placed, ringing, answered or ended."""
    shown: dict[str, Any] = {
        "callId": record.id,
        "kind": record.kind,
        "state": record.state.value,
        "phase": phase(record),
        "from": record.from_ and _caller(record.from_),
        "to": record.to.to_wire(),
        "domain": record.domain.value,
        "status": "FINAL" if record.ended else "ONGOING",
        "party": leg(record.party),
        "far": record.far and leg(record.far),
        "result": record.result.value,
        "reason": record.reason,
        "duration": write_seconds(record.duration(now)),
        "custom": record.custom,
        "user": record.user,
        "cookies": dict(record.cookies),
        "callHeaders": dict(record.call_headers),
        "conferenceId": record.conference_id,
        "muted": record.muted,
        "onhold": record.on_hold,
        "moh": record.moh and record.moh.value,
        "music": record.music,
        "menuId": record.menu_id,
        "parked": record.parked,
        "recording": record.recording,
        "connectedTo": record.connected_to,
        "request": dict(record.request),
        "callbackHeaders": dict(record.callback_headers),
        "updates": list(record.updates),
        "placedAt": write_datetime(record.placed_at),
        "answeredAt": record.answered_at and write_datetime(record.answered_at),
        "endedAt": record.ended_at and write_datetime(record.ended_at),
    }
    shown = {name: value for name, value in shown.items() if value is not None}
    if transcript:
        shown["transcript"] = [entry(n, line) for n, line in enumerate(record.transcript)]
    return shown


def entry(index: int, line: Entry) -> dict[str, Any]:
    """One line of a transcript; ``text`` reads well."""
    fields = line.to_json()
    if "text" in fields:
        # what was heard or said; ``text`` is the line as it reads
        fields["words"] = fields.pop("text")
    return {"index": index, **fields, "text": str(line)}


def leg(record: Leg) -> dict[str, Any]:
    """One end of a call."""
    return {
        "role": record.role,
        "state": record.state.value,
        "identity": record.identity.to_wire(),
    }


def phase(record: SimulatedCall) -> str:
    """How far a call has come."""
    if record.ended:
        return "ended"
    if record.answered_at is not None:
        return "answered"
    if record.state is CallState.RINGING or record.party.state is LegState.RINGING:
        return "ringing"
    return "placed"


def _caller(endpoint: str) -> dict[str, Any]:
    kind = IdentityType.NUMBER if _NUMBER.fullmatch(endpoint) else IdentityType.USERNAME
    return Identity(type=kind, endpoint=endpoint).to_wire()
