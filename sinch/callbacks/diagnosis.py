"""Guessing why a signature does not fit; loaded by ``explain()`` only, accepts nothing."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from sinch.callbacks.paths import toggle_slash
from sinch.core.signing import string_to_sign
from sinch.errors import RejectionReason

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.explanation import Explanation
    from sinch.callbacks.keyring import Keyring

_CONTENT_TYPES = (
    "application/json; charset=utf-8",
    "application/json",
    "application/json; charset=UTF-8",
    "application/json;charset=utf-8",
    "",
)


def with_hints(found: Explanation, delivery: Delivery, keyring: Keyring) -> Explanation:
    """Add advice to an explanation."""
    match found.reason:
        case RejectionReason.BAD_SIGNATURE if found.attempts:
            return _near_misses(found, delivery, keyring)
        case RejectionReason.STALE_TIMESTAMP:
            hint = (
                "the signature is genuine: check the clock of this machine, or whether an old "
                "callback was sent again; tolerance= widens the window"
            )
        case RejectionReason.UNKNOWN_KEY:
            hint = "add the key with its secret, or correct the callback URL of that application"
        case RejectionReason.MISSING_AUTHORIZATION | RejectionReason.MISSING_TIMESTAMP:
            hint = "not sent by Sinch, or a proxy in front removes headers"
        case _:
            return found
    return attrs.evolve(found, hints=(hint,))


def _near_misses(found: Explanation, delivery: Delivery, keyring: Keyring) -> Explanation:
    authorization = delivery.headers.get("authorization") or ""
    received = authorization.partition(":")[2].strip().encode("utf-8", "surrogateescape")

    def fits(path: str, body: bytes, content_type: str) -> str | None:
        """The key under which this variant fits."""
        text = string_to_sign(delivery.method, path, body, content_type, found.timestamp or "")
        for known in keyring.values():
            for credentials in known:
                if hmac.compare_digest(credentials.sign(text).encode("ascii"), received):
                    return credentials.application_key
        return None

    paths = dict.fromkeys(attempt.path for attempt in found.attempts)
    content_type = found.content_type or ""
    hints: list[str] = []
    expected = None
    for path in paths:
        if key := fits(path, delivery.body, content_type):
            hints.append(f"it fits a secret of the key {key}: the wrong application's secret?")
        if fits(toggle_slash(path), delivery.body, content_type):
            hints.append(
                "it fits the path with its trailing slash toggled: make the callback URL match, "
                "or set trailing_slash='any'"
            )
        for other in _CONTENT_TYPES:
            if other != content_type and fits(path, delivery.body, other):
                expected = other
                hints.append(
                    f"it fits Content-Type {other!r}: pass the raw header on "
                    "(Django's request.content_type drops the charset)"
                )
        if any(fits(path, body, content_type) for body in _rewritten(delivery.body)):
            hints.append("it fits the same JSON written differently: verify the raw body bytes")
    if not hints:
        hints.append(
            "nothing near it fits: is this the secret of that key, does a proxy strip a path "
            "prefix (public_path_prefix=), or was the body changed?"
        )
    return attrs.evolve(found, expected_content_type=expected, hints=tuple(hints))


def _rewritten(body: bytes) -> Iterator[bytes]:
    stripped = body.strip()
    if stripped != body:
        yield stripped
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return
    for ascii_only in (False, True):
        text = json.dumps(payload, ensure_ascii=ascii_only, separators=(",", ":"))
        yield text.encode("utf-8", "replace")
