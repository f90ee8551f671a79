"""From what the wire did to what it means: failures of the transports become errors of our tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from sinch.errors import (
    ClientStateError,
    ConfigurationError,
    NotSent,
    OutcomeUnknown,
    SinchError,
    TimedOutConnecting,
    TimedOutWaiting,
    UnreadableAnswer,
    api_error,
)
from sinch.redaction import one_line
from sinch_api.codec import Malformed, loads
from sinch_api.error_codes import ERROR_CODES
from sinch_api.failures import (
    ErrorResponse,
    Failure,
    Misconfigured,
    NoResponse,
    UnreadableResponse,
)
from sinch_api.models.common import ErrorBody
from sinch_api.operation import Operation


def translate(failure: Failure, operation: Operation[Any]) -> SinchError:
    """The error to raise for a failure of one attempt."""
    method, path = operation.method, operation.path
    match failure:
        case ErrorResponse():
            return _api_error(failure, method, path)
        case UnreadableResponse() if 200 <= failure.status < 300:
            return UnreadableAnswer(
                str(failure),
                method=method,
                path=path,
                status=failure.status,
                headers=failure.headers,
                body=failure.body,
            )
        case UnreadableResponse():
            # Too large to be read whole, but the status has said no already.
            return _api_error(failure, method, path)
        case NoResponse(sent=False, timed_out=True):
            return TimedOutConnecting(str(failure), method=method, path=path)
        case NoResponse(sent=False):
            return NotSent(str(failure), method=method, path=path)
        case NoResponse(timed_out=True):
            return TimedOutWaiting(str(failure), method=method, path=path)
        case NoResponse():
            return OutcomeUnknown(str(failure), method=method, path=path)
        case Misconfigured():
            return ConfigurationError(
                str(failure), argument=failure.argument, variable=failure.variable
            )
        case _:
            return ClientStateError(str(failure))


def _api_error(failure: ErrorResponse | UnreadableResponse, method: str, path: str) -> SinchError:
    try:
        body = ErrorBody.from_wire(loads(failure.body))
    except Malformed:
        # A gateway's HTML page, or nothing at all: the status is what there is to go by.
        body = ErrorBody()
    code = body.error_code if body.error_code is not None else _text(body.raw, "code")
    return api_error(failure.status)(
        one_line(body.message or _text(body.raw, "text") or "") or _fallback(failure.status, code),
        status=failure.status,
        method=method,
        path=path,
        error_code=code,
        reference=body.reference,
        retry_after=retry_after(failure.headers),
        headers=failure.headers,
        body=failure.body,
    )


def _text(raw: Mapping[str, Any], name: str) -> str | None:
    """What the SMS REST API has for code and message."""
    value = raw.get(name)
    return one_line(value) if isinstance(value, str) and value else None


def _fallback(status: int, error_code: int | str | None) -> str:
    if isinstance(error_code, int) and error_code in ERROR_CODES:
        return ERROR_CODES[error_code].meaning
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no explanation given"


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its forms; None when unusable."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
