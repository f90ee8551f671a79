"""Records as the read-back API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sinch_api.codec import write_datetime, write_seconds

from .records import Call, LoggedRequest, Message, Verification
from .verification_answers import DATA_PATH


def time(moment: datetime) -> str:
    """ISO 8601 in UTC."""
    return write_datetime(moment)


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def message(record: Message) -> dict[str, Any]:
    """One SMS."""
    shown = _given(
        id=record.id,
        to=record.number,
        message=record.text,
        status=record.status.value,
        timestamp=time(record.sent_at),
    )
    return shown if record.sender is None else {**shown, "from": record.sender}


def verification(record: Verification, base_url: str) -> dict[str, Any]:
    """One verification with its secret: the code, the caller, or the link."""
    text = None
    if record.template is not None and record.code is not None:
        text = record.template.replace("{{CODE}}", record.code)
    return _given(
        id=record.id,
        method=record.method.value,
        number=record.number,
        status=record.status.value,
        reason=record.reason and record.reason.value,
        code=record.code,
        cli=record.cli,
        targetUri=record.token and f"{base_url}{DATA_PATH}/{record.token}",
        text=text,
        language=record.language,
        reference=record.reference,
        custom=record.custom,
        metadata=None if record.metadata is None else dict(record.metadata),
        attempts=record.attempts,
        createdAt=time(record.created_at),
        expiresAt=time(record.expires_at),
        settledAt=record.settled_at and time(record.settled_at),
    )


def call(record: Call, now: datetime) -> dict[str, Any]:
    """One call with its phase: placed, ringing, answered or ended."""
    shown = _given(
        callId=record.id,
        kind=record.kind,
        phase=record.phase,
        to=record.to.to_wire(),
        domain=record.domain.value,
        status=record.status.value,
        result=record.result.value,
        reason=record.reason.value,
        duration=write_seconds(record.duration(now)),
        custom=record.custom,
        conferenceId=record.conference_id,
        parked=record.parked,
        muted=record.muted,
        onhold=record.on_hold,
        moh=record.moh and record.moh.value,
        request=dict(record.request),
        callbackHeaders=dict(record.callback_headers),
        updates=list(record.updates),
        placedAt=time(record.placed_at),
        answeredAt=record.answered_at and time(record.answered_at),
        endedAt=record.ended_at and time(record.ended_at),
    )
    return shown if record.from_ is None else {**shown, "from": record.from_.to_wire()}


def logged(entry: LoggedRequest) -> dict[str, Any]:
    """One exchange."""
    return {
        "timestamp": time(entry.at),
        "method": entry.method,
        "path": entry.path,
        "headers": entry.headers,
        "body": entry.body,
        "status": entry.status,
        "answer": entry.answer,
    }
