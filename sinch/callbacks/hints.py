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
        case RejectionReason.REPLAYED:
            hint = (
                "the signature is genuine: a recorded callback was played again, or its first "
                "delivery was answered already"
            )
        case RejectionReason.WRONG_APPLICATION:
            hint = (
                "the signature is genuine: somebody with the secret of the one application speaks "
                "for the other"
            )
        case _:
            return found
    return attrs.evolve(found, hints=(hint,))


_LARGEST_REWRITTEN = 32 * 1024
"""Bytes of a body that is written anew on suspicion; anybody may send a forgery, and many."""
_MOST_PATHS = 8


class _Fitting:
    """Looks for the key under which a variant of the request fits, cheaply: it is a forgery's cost."""

    def __init__(self, found: Explanation, delivery: Delivery, keyring: Keyring) -> None:
        self._method, self._timestamp = delivery.method, found.timestamp or ""
        self._keyring = keyring
        authorization = delivery.headers.get("authorization") or ""
        received = authorization.partition(":")[2].strip()
        self._received = received.encode("utf-8", "surrogateescape")
        paths = dict.fromkeys(attempt.path for attempt in found.attempts)
        self.paths = list(paths)[:_MOST_PATHS]

    def key(self, body: bytes, content_type: str, *, slash: bool = False) -> str | None:
        """The key whose secret made the signature, were this the body and Content-Type."""
        # the path comes last, so the checksum of the body is made once
        head = string_to_sign(self._method, "", body, content_type, self._timestamp)
        for path in self.paths:
            text = head + (toggle_slash(path) if slash else path)
            for known in self._keyring.values():
                for credentials in known:
                    signature = credentials.sign(text).encode("ascii")
                    if hmac.compare_digest(signature, self._received):
                        return credentials.application_key
        return None


def _near_misses(found: Explanation, delivery: Delivery, keyring: Keyring) -> Explanation:
    fitting = _Fitting(found, delivery, keyring)
    body, content_type = delivery.body, found.content_type or ""
    hints: list[str] = []
    expected = None
    if key := fitting.key(body, content_type):
        hints.append(f"it fits a secret of the key {key}: the wrong application's secret?")
    if fitting.key(body, content_type, slash=True):
        hints.append(
            "it fits the path with its trailing slash toggled: make the callback URL match, "
            "or set trailing_slash='any'"
        )
    for other in _CONTENT_TYPES:
        if other != content_type and fitting.key(body, other):
            expected = other
            hints.append(
                f"it fits Content-Type {other!r}: pass the raw header on "
                "(Django's request.content_type drops the charset)"
            )
    if any(fitting.key(other, content_type) for other in _rewritten(body)):
        hints.append("it fits the same JSON written differently: verify the raw body bytes")
    if not hints:
        hints.append(
            "nothing near it fits: is this the secret of that key, does a proxy strip a path "
            "prefix (public_path_prefix=), or was the body changed?"
        )
    return attrs.evolve(found, expected_content_type=expected, hints=tuple(hints))


def _rewritten(body: bytes) -> Iterator[bytes]:
    if len(body) > _LARGEST_REWRITTEN:
        return
    stripped = body.strip()
    if stripped != body:
        yield stripped
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return
    for ascii_only in (False, True):
        try:
            text = json.dumps(payload, ensure_ascii=ascii_only, separators=(",", ":"))
        except RecursionError:
            return
        yield text.encode("utf-8", "replace")
