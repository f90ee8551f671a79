"""What every way to deliver a callback has in common."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from typing import Protocol

import attrs

from sinch.errors import ConfigurationError
from sinch.testing.signing import SignedRequest


@attrs.frozen
class Received:
    """What the application answered."""

    status: int
    body: bytes = b""


class Target(Protocol):
    """One way to deliver; raises OSError when nobody is there, TimeoutError when none answers."""

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
    """Nothing to stop, and a private event loop for blocking code that meets a coroutine."""

    _runner: asyncio.Runner | None = None

    def close(self) -> None:
        """Close the private loop."""
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.close()

    async def aclose(self) -> None:
        """Nothing was started."""

    def run(self, work: Callable[[], Awaitable[Received]], limit: float) -> Received:
        """Await something in blocking code; ConfigurationError when a loop runs already."""
        if in_event_loop():
            raise ConfigurationError(
                "this application is asynchronous and an event loop is running: use AsyncPhone"
            )

        async def run() -> Received:
            async with asyncio.timeout(limit):
                return await work()

        if self._runner is None:
            self._runner = asyncio.Runner()
            # a phone that nobody closes must not leave an open loop behind
            weakref.finalize(self, self._runner.close)
        return self._runner.run(run())


def in_event_loop() -> bool:
    """Whether an event loop runs in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
