"""Who sent this request? Signed, Basic and public authorisation as Sinch checks them (docs/platform/signing.md)."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import unquote

from sinch.core.signing import Credentials, string_to_sign
from sinch.sandbox.platform.errors import Refusal

from .http import Request, Scheme

# Everything that SDKs were seen to send: no fraction up to 9 digits, Z, an offset, or no zone.
_TIMESTAMP: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_OLD_BASIC_USER: Final = "application\\"


def authenticate(
    request: Request, credentials: Credentials, *, now: datetime, window: timedelta
) -> Scheme:
    """Check the Authorization header; raises :class:`.Refusal` 40100, 40101, 40102, 40105, 40107, 40301.

    ``now`` is the real time: pushing the sandbox's clock does not make honest clients late.
    """
    header = request.headers.get("authorization", "").strip()
    scheme, _, rest = header.partition(" ")
    rest = rest.strip()
    match scheme.casefold():
        case "application" if rest:
            key, colon, signature = rest.partition(":")
            _check_key(key, credentials)
            if not colon:
                return Scheme.PUBLIC
            _check_signature(request, signature, credentials, now, window)
            return Scheme.SIGNED
        case "basic" if rest:
            _check_password(rest, credentials)
            return Scheme.BASIC
        case "user" | "instance" if rest:
            raise Refusal(40301, f"The authorization scheme {scheme} is not allowed here.")
        case "":
            raise Refusal(40100, "The Authorization header is missing.")
        case "application" | "basic":
            raise Refusal(40100, "The Authorization header holds no credentials.")
        case _:
            raise Refusal(40107, "The authorization type is unknown; use Application or Basic.")


def _check_key(key: str, credentials: Credentials) -> None:
    if not key.strip():
        raise Refusal(40100, "The Authorization header holds no application key.")
    if not _same(key.strip().casefold(), credentials.application_key.casefold()):
        raise Refusal(40107, "The application key is not known.")


def _check_signature(
    request: Request, signature: str, credentials: Credentials, now: datetime, window: timedelta
) -> None:
    if not signature.strip():
        raise Refusal(40100, "The Authorization header holds no signature.")
    stamp = request.headers.get("x-timestamp", "")
    sent_at = _read_timestamp(stamp)
    content_type = request.headers.get("content-type", "")
    # SDKs differ: some sign the path as sent, some as it was before encoding (docs/platform/other-clients.md)
    for path in dict.fromkeys((request.path, unquote(request.path, errors="surrogateescape"))):
        text = string_to_sign(request.method, path, request.body, content_type, stamp)
        if _same(credentials.sign(text), signature.strip()):
            break
    else:
        raise Refusal(40102, "The signature does not match the request.")
    if abs(now - sent_at) > window:
        raise Refusal(40105, "The x-timestamp is too far from the current time.")


def _read_timestamp(stamp: str) -> datetime:
    text = stamp.strip()
    if not text:
        raise Refusal(40101, "The x-timestamp header is missing.")
    unreadable = Refusal(40101, "The x-timestamp header is not an ISO 8601 time.")
    if _TIMESTAMP.fullmatch(text) is None:
        raise unreadable
    try:
        moment = datetime.fromisoformat(text.upper())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise unreadable from None


def _check_password(encoded: str, credentials: Credentials) -> None:
    try:
        user, colon, password = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        raise Refusal(40100, "The Basic credentials are not base64.") from None
    if not colon:
        raise Refusal(40100, "The Basic credentials hold no colon.")
    if user.casefold().startswith(_OLD_BASIC_USER):
        user = user[len(_OLD_BASIC_USER) :]
    known = _same(user.casefold(), credentials.application_key.casefold())
    # both are compared, so that the time taken tells nothing about either
    if not _same(password, credentials.secret) or not known:
        raise Refusal(40107, "The application key or secret is wrong.")


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(
        left.encode("utf-8", "surrogateescape"), right.encode("utf-8", "surrogateescape")
    )
