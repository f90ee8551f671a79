"""Remembering which callbacks were accepted, so that a recorded one cannot be played again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from threading import Lock
from typing import Protocol

from sinch.errors import ConfigurationError


class SeenStore(Protocol):
    """Where tokens of accepted callbacks are kept; one store for all machines of an application.

    A store may also have ``release(token) -> None``: it is called when nobody got an answer (the
    handler failed or was cancelled, the body was refused, the connection was closed), so that
    Sinch's second attempt is not taken for a replay. Errors of a store propagate from ``verify``;
    the router logs them and answers 500. A callback is never accepted without having asked.
    """

    def claim(self, token: str, ttl: timedelta) -> bool:
        """Remember a token for at least ``ttl``; false when it was there already.

        Must be atomic: of two simultaneous claims of one token only one may win. The token is
        short printable ASCII and holds neither key, secret nor signature.
        """
        ...


class AsyncSeenStore(Protocol):
    """The same for event loops; a store may offer both. May also have ``arelease(token)``."""

    async def aclaim(self, token: str, ttl: timedelta) -> bool:
        """Do what :meth:`SeenStore.claim` does, without blocking the event loop."""
        ...


class MemorySeenStore:
    """A store in this process: for one process, development and tests.

    Holds at most ``capacity`` tokens (default 100,000, some 20 MB); when full, the oldest are
    forgotten first. Safe to use from several threads. Several worker processes each have their
    own, so a replay can succeed once in each: use Redis or the Django cache there.
    """

    def __init__(
        self, capacity: int = 100_000, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        if type(capacity) is not int or capacity < 1:
            raise ConfigurationError(
                f"capacity must be a whole number above 0, not {capacity!r:.80}",
                argument="capacity",
            )
        self._capacity = capacity
        self._now = monotonic
        self._lock = Lock()
        self._expiry: OrderedDict[str, float] = OrderedDict()

    def claim(self, token: str, ttl: timedelta) -> bool:
        """See :meth:`SeenStore.claim`."""
        with self._lock:
            now = self._now()
            known = self._expiry.get(token)
            if known is not None and known > now:
                return False
            self._expiry[token] = now + ttl.total_seconds()
            self._expiry.move_to_end(token)
            self._forget(now)
            return True

    def release(self, token: str) -> None:
        """Forget a token."""
        with self._lock:
            self._expiry.pop(token, None)

    def __len__(self) -> int:
        return len(self._expiry)

    def _forget(self, now: float) -> None:
        """Drop what has expired from the old end; what is hidden behind a longer one waits."""
        while self._expiry:
            token, expiry = next(iter(self._expiry.items()))
            if expiry > now and len(self._expiry) <= self._capacity:
                return
            del self._expiry[token]
