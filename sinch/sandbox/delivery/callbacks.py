"""Callbacks on their way to the app: what is sent, how it is signed, what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import attrs

from sinch.core.signing import Credentials, string_to_sign
from sinch.engine import CallbackFailure
from sinch_api.codec import dumps

CONTENT_TYPE: Final = "application/json; charset=utf-8"
TIMEOUT: Final = timedelta(seconds=5)


class Signing(StrEnum):
    """How a callback is signed: an app has to take the first, and none of the others."""

    RIGHT = "right"
    WRONG = "wrong"
    """The signature fits nothing."""
    OLD = "old"
    """The signature is right, and an hour old."""
    MISSING = "missing"
    """There is no Authorization header."""


class Scheme(StrEnum):
    """Whose callback it is, which says how it is signed."""

    APPLICATION = "application"
    """Key and secret of the application."""
    PLAN = "plan"
    """The webhook secret of the service plan, or a user name and a password."""


class Origin(StrEnum):
    """Why a callback goes out."""

    EVENT = "event"
    """Something happened in the sandbox, which uses the answer."""
    RESEND = "resend"
    """Somebody wants to see the answer again; nothing comes of it."""
    TRIGGER = "trigger"
    """Somebody wants to see the answer to an event of theirs; nothing comes of it."""


_OLD: Final = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of a callback: an answer, or a ``failure`` with the reason in ``detail``."""

    status: int | None = None
    body: bytes = b""
    failure: CallbackFailure | None = None
    detail: str = ""
    seconds: float = 0.0


Done = Callable[[Outcome], None]


@attrs.frozen(kw_only=True)
class OutgoingCallback:
    """One event for the app.

    Callbacks of one ``stream`` go out one after the other. ``subject`` is the record it is about:
    the name of a field in the log, and the id. ``done`` hears of the outcome under the lock.
    """

    id: str
    event: str
    url: str
    body: Mapping[str, Any]
    stream: str
    subject: tuple[str, str]
    attempt: int = 1
    headers: Mapping[str, str] = attrs.field(factory=dict)
    timeout: timedelta = TIMEOUT
    signing: Signing = Signing.RIGHT
    scheme: Scheme = Scheme.APPLICATION
    origin: Origin = Origin.EVENT
    awaited: bool = False
    """Whether something waits for the answer, so that it cannot be held back."""
    done: Done | None = attrs.field(default=None, eq=False, repr=False)


@attrs.define(kw_only=True)
class CallbackDelivery:
    """One callback that was tried, to look at afterwards."""

    callback: OutgoingCallback
    at: datetime
    outcome: Outcome
    faults: tuple[str, ...] = ()


class DeliveryLog:
    """The newest deliveries."""

    def __init__(self, limit: int) -> None:
        self._entries: deque[CallbackDelivery] = deque(maxlen=limit)

    def add(self, delivery: CallbackDelivery) -> None:
        """Keep one."""
        self._entries.append(delivery)

    def clear(self) -> None:
        """Forget all."""
        self._entries.clear()

    def find(self, callback_id: str) -> CallbackDelivery | None:
        """The newest of a callback; those of voice events may be tried at two URLs."""
        newest_first = reversed(self._entries)
        return next((one for one in newest_first if one.callback.id == callback_id), None)

    def __iter__(self) -> Iterator[CallbackDelivery]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)


class CallbackOutbox:
    """Callbacks that wait for a runner to send them; those about calls come from the engine.

    ``listener`` hears of each one that is put in.
    """

    def __init__(self, listener: Callable[[], None] | None = None) -> None:
        self._waiting: list[OutgoingCallback] = []
        self._listener = listener

    def add(self, callback: OutgoingCallback) -> None:
        """Put one in."""
        self._waiting.append(callback)
        if self._listener is not None:
            self._listener()

    def drain(self) -> list[OutgoingCallback]:
        """Take all out, oldest first."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def clear(self) -> None:
        """Forget all."""
        self._waiting.clear()


def encode(body: Mapping[str, Any]) -> bytes:
    """The bytes of an event."""
    return dumps(dict(body))


def signed_headers(
    credentials: Credentials,
    path: str,
    body: bytes,
    now: datetime,
    signing: Signing = Signing.RIGHT,
) -> dict[str, str]:
    """The headers of a signed callback (docs/platform/callback-signing.md).

    ``path`` is that of the URL as it is sent, without the query. The scheme is in lower case and
    the key as configured, since some validators compare them exactly.
    """
    stamp = timestamp(now - _OLD if signing is Signing.OLD else now)
    headers = {"Content-Type": CONTENT_TYPE, "x-timestamp": stamp}
    if signing is Signing.MISSING:
        return headers
    text = string_to_sign("POST", path, body, CONTENT_TYPE, stamp)
    signature = credentials.sign(text + "." if signing is Signing.WRONG else text)
    return {**headers, "Authorization": f"application {credentials.application_key}:{signature}"}


def timestamp(moment: datetime) -> str:
    """ISO 8601 with seven digits of fraction, as Sinch's callbacks have it (docs/platform/callback-signing.md)."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}0Z"
