"""What every way to deliver a callback has in common."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

import attrs

from sinch.testing.loops import Loop
from sinch.testing.signing import SignedRequest

__tracebackhide__ = True


@attrs.frozen
class Received:
    """What the application answered."""

    status: int
    body: bytes = b""
    location: str = ""
    """Where a redirection points."""
    crash: Exception | None = None
    """What the application let through; a server would have logged it."""


class Target(Protocol):
    """One way to deliver; raises OSError when nobody is there, TimeoutError when none answers.

    Whatever an application in this process raises is in what it returns.
    """

    def open(self) -> None:
        """Start the application in blocking code. Raises :class:`.LifespanFailed`."""
        ...

    async def aopen(self) -> None:
        """Start it in the running event loop."""
        ...

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in blocking code."""
        ...

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        ...

    def close(self) -> None:
        """Stop what was started for it in blocking code."""
        ...

    async def aclose(self) -> None:
        """Stop what was started for it in the running event loop."""
        ...


class BaseTarget:
    """Nothing to start and stop, and a private event loop for blocking code."""

    def __init__(self) -> None:
        self.loop = Loop()

    def open(self) -> None:
        """There is nothing to start."""

    async def aopen(self) -> None:
        """There is nothing to start."""

    def close(self) -> None:
        """Close the private loop."""
        self.loop.close()

    async def aclose(self) -> None:
        """Nothing was started."""


@contextmanager
def afterwards_in_time(limit: float) -> Generator[None]:
    """Raise TimeoutError for what took longer than Sinch would have waited.

    Blocking code cannot be given up half-way, so it is asked afterwards.
    """
    started = time.monotonic()
    yield
    taken = time.monotonic() - started
    if taken > limit:
        raise TimeoutError(f"the answer came after {taken:.2f} s")


@asynccontextmanager
async def in_time(limit: float) -> AsyncGenerator[None]:
    """The same in an event loop, where what waits is given up."""
    import asyncio  # who has only blocking handlers pays nothing for it

    with afterwards_in_time(limit):
        async with asyncio.timeout(limit):
            yield
