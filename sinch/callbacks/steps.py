"""Handling a callback, written once for blocking code and for event loops.

What happens to a callback is a plan: a generator that yields each call into foreign code (a store,
a handler) and gets its result. :mod:`sinch.core.driving` runs it; here is how the calls are made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from inspect import isawaitable
from typing import Any, TypeAlias, TypeVar

import attrs

from sinch.core.driving import drive, drive_async
from sinch.errors import ConfigurationError

T = TypeVar("T")


@attrs.define
class Invocation:
    """One call to make; ``what`` names it for errors. Made for one step, so not frozen, which takes longer.

    ``plain`` is the ordinary function and ``awaitable`` the coroutine function; at least one is
    there. An event loop prefers ``awaitable``. ``unbroken`` calls are those after which one must
    know what they did: a cancellation waits for their end.
    """

    what: str
    plain: Callable[[], object] | None = None
    awaitable: Callable[[], Awaitable[object]] | None = None
    unbroken: bool = False


Steps: TypeAlias = Generator[Invocation, Any, T]

RunSync: TypeAlias = Callable[[Callable[[], object]], Awaitable[object]]
"""Runs a plain function off the event loop, such as Starlette's ``run_in_threadpool``."""

Shield: TypeAlias = Callable[[Awaitable[object]], Awaitable[object]]
"""Awaits something to its end, although the task is cancelled meanwhile; the cancellation comes
at the next ``await`` instead. :func:`sinch.web.http.unbroken` is one for asyncio."""


class NotBlocking(ConfigurationError):
    """Something asynchronous is to be called by blocking code."""


def refused(what: str) -> NotBlocking:
    """The error for something asynchronous in blocking code."""
    return NotBlocking(
        f"{what} is asynchronous, but this callback is handled by blocking code: "
        "use the asynchronous entry point (dispatch_async, verify_async) or a plain function"
    )


def run(steps: Steps[T]) -> T:
    """Run a plan in blocking code; anything asynchronous is a :class:`ConfigurationError`."""
    return drive(steps, _call)


def _call(call: Invocation) -> object:
    if call.plain is None:
        raise refused(call.what)
    return blocking_result(call.plain(), call.what)


def blocking_result(value: object, what: str) -> object:
    """What a function gave to blocking code; something to be awaited is refused."""
    if isawaitable(value):
        if (close := getattr(value, "close", None)) is not None:
            close()  # else Python warns that it was never awaited
        raise refused(what)
    return value


async def run_async(
    steps: Steps[T], run_sync: RunSync | None = None, shield: Shield | None = None
) -> T:
    """Run a plan in an event loop; plain functions go through ``run_sync`` when there is one."""
    return await drive_async(steps, lambda call: _await(call, run_sync, shield))


async def _await(call: Invocation, run_sync: RunSync | None, shield: Shield | None) -> object:
    if call.unbroken and shield is not None:
        return await shield(_made(call, run_sync))
    return await _made(call, run_sync)


async def _made(call: Invocation, run_sync: RunSync | None) -> object:
    if call.awaitable is not None:
        return await call.awaitable()
    assert call.plain is not None  # noqa: S101 - a call has one of the two
    value = call.plain() if run_sync is None else await run_sync(call.plain)
    return await value if isawaitable(value) else value
