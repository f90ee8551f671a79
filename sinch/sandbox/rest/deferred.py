"""Answers that have to wait for something outside: a callback, or time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

import attrs

from sinch.sandbox.delivery.callbacks import Outcome, OutgoingCallback

from .http import Response

T = TypeVar("T")


class Runner(Protocol):
    """Who lets time pass and has callbacks sent while a sandbox runs."""

    def wake(self) -> None:
        """Something may have to be done."""
        ...

    async def ask(self, callback: OutgoingCallback) -> Outcome:
        """Send a callback in its turn and wait for the outcome."""
        ...

    async def settled(self, stream: str | None = None) -> bool:
        """Wait until all callbacks, or those of one stream, are answered; False if it took too long."""
        ...

    async def advance(self, amount: timedelta) -> bool:
        """Move the clock, with the callbacks that this brings about. Raises ValueError."""
        ...


@attrs.frozen(kw_only=True)
class Deferred(Generic[T]):
    """An answer that follows once ``wait`` is over.

    ``then`` gets what ``wait`` returned, under the lock. Where nothing runs the sandbox it gets
    None at once, and does without.
    """

    wait: Callable[[Runner], Awaitable[T]]
    then: Callable[[T | None], Response]
