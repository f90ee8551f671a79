"""The lifespan of an ASGI application: started before the first callback, stopped after the last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from sinch.testing.errors import LifespanFailed
from sinch.testing.witness import from_user

__tracebackhide__ = True
_LONGEST: Final = 30.0
_Message = MutableMapping[str, Any]
_App = Callable[[Any, Any, Any], Awaitable[None]]


class Lifespan:
    """Runs in one task, from :meth:`start` to :meth:`stop`, as a server would have it."""

    def __init__(self, app: _App) -> None:
        self._app = app
        self.state: dict[str, Any] = {}
        """What the application keeps for its requests; each gets a copy."""
        self._said: asyncio.Queue[_Message] = asyncio.Queue()
        self._heard: asyncio.Queue[_Message] = asyncio.Queue()
        self._listened = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> bool:
        """Start the application; False if it knows no lifespan, as Django's does not.

        Raises :class:`.LifespanFailed`, from the application's own exception.
        """
        scope = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self.state,
        }
        self._task = asyncio.create_task(self._run(scope))
        return await self._ask("startup")

    async def stop(self) -> None:
        """Stop it. Raises :class:`.LifespanFailed`, from the application's own exception."""
        await self._ask("shutdown")

    async def _run(self, scope: dict[str, Any]) -> None:
        await self._app(scope, self._receive, self._send)

    async def _receive(self) -> _Message:
        self._listened = True
        return await self._said.get()

    async def _send(self, message: _Message) -> None:
        await self._heard.put(message)

    async def _ask(self, what: str) -> bool:
        assert self._task is not None  # noqa: S101 - it was started
        await self._said.put({"type": f"lifespan.{what}"})
        answer = asyncio.create_task(self._heard.get())
        done, _ = await asyncio.wait(
            {answer, self._task}, timeout=_LONGEST, return_when=asyncio.FIRST_COMPLETED
        )
        if not done:
            answer.cancel()
            self._task.cancel()
            raise LifespanFailed(f"the app did not answer lifespan.{what} within {_LONGEST:g} s")
        if answer not in done:
            answer.cancel()
            return self._over(what)
        message = answer.result()
        if message["type"] == f"lifespan.{what}.failed":
            raise await self._failure(what, str(message.get("message", "")))
        if what == "shutdown" and (error := await self._outcome()):
            raise _failed(what, error) from error
        return True

    def _over(self, what: str) -> bool:
        """The application left without an answer: it failed, or does not know what was asked."""
        assert self._task is not None  # noqa: S101 - it was started
        error = self._task.exception()
        if isinstance(error, Exception) and self._listened:
            raise _failed(what, error) from error
        return False

    async def _failure(self, what: str, message: str) -> LifespanFailed:
        error = await self._outcome()
        if error is None:
            last = message.strip().rpartition("\n")[2]
            return LifespanFailed(f"the {what} of the app failed: {last or 'it does not say why'}")
        failure = _failed(what, error)
        failure.__cause__ = error
        return failure

    async def _outcome(self) -> Exception | None:
        assert self._task is not None  # noqa: S101 - it was started
        await asyncio.wait({self._task}, timeout=_LONGEST)
        if not self._task.done() or self._task.cancelled():
            self._task.cancel()
            return None
        error = self._task.exception()
        return error if isinstance(error, Exception) else None


def _failed(what: str, error: Exception) -> LifespanFailed:
    error.__traceback__ = from_user(error.__traceback__)
    return LifespanFailed(f"the {what} of the app failed: {type(error).__name__}: {error}")
