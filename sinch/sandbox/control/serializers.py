"""Records as the API below ``/_sandbox`` shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sinch.sandbox.platform.records import LoggedRequest, Message, ReceivedMessage, Verification
from sinch.sandbox.platform.verification_responses import DATA_PATH
from sinch_api.codec import write_datetime


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


def received(record: ReceivedMessage) -> dict[str, Any]:
    """One SMS that a phone sent to the app."""
    return {
        "id": record.id,
        "from": record.sender,
        "to": record.number,
        "message": record.text,
        "timestamp": time(record.received_at),
        "delivered": record.delivered,
        "status": record.status,
    }


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
        callback=record.callback,
    )


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


def logged_line(entry: LoggedRequest) -> dict[str, Any]:
    """One exchange in short."""
    return {
        "timestamp": time(entry.at),
        "method": entry.method,
        "path": entry.path,
        "status": entry.status,
    }
