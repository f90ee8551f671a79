"""Running one plan both ways: blocking and in an event loop.

What happens to a callback is written once, as a generator that yields each call into foreign code
(a store, a handler) and gets its result. The two drivers below make those calls.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from inspect import isawaitable
from typing import Any, TypeAlias, TypeVar

import attrs

from sinch.errors import ConfigurationError

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Call:
    """One call to make; ``what`` names it for errors.

    ``plain`` is the ordinary function and ``awaitable`` the coroutine function; at least one is
    there. An event loop prefers ``awaitable``.
    """

    what: str
    plain: Callable[[], object] | None = None
    awaitable: Callable[[], Awaitable[object]] | None = None


Steps: TypeAlias = Generator[Call, Any, T]

RunSync: TypeAlias = Callable[[Callable[[], object]], Awaitable[object]]
"""Runs a plain function off the event loop, such as Starlette's ``run_in_threadpool``."""


def _refused(what: str) -> ConfigurationError:
    return ConfigurationError(
        f"{what} is asynchronous, but this callback is handled by blocking code: "
        "use the asynchronous entry point (dispatch_async, verify_async) or a plain function"
    )


def run(steps: Steps[T]) -> T:
    """Run a plan in blocking code; anything asynchronous is a :class:`ConfigurationError`."""
    try:
        call = next(steps)
        while True:
            if call.plain is None:
                steps.close()
                raise _refused(call.what)
            try:
                value = call.plain()
            except Exception as error:  # noqa: BLE001 - the plan decides what it means
                call = steps.throw(error)
                continue
            if isawaitable(value):
                if (close := getattr(value, "close", None)) is not None:
                    close()  # else Python warns that it was never awaited
                steps.close()
                raise _refused(call.what)
            call = steps.send(value)
    except StopIteration as stop:
        result: T = stop.value
        return result


async def run_async(steps: Steps[T], run_sync: RunSync | None = None) -> T:
    """Run a plan in an event loop; plain functions go through ``run_sync`` when there is one."""
    try:
        call = next(steps)
        while True:
            try:
                value = await _await(call, run_sync)
            except Exception as error:  # noqa: BLE001 - the plan decides what it means
                call = steps.throw(error)
            else:
                call = steps.send(value)
    except StopIteration as stop:
        result: T = stop.value
        return result


async def _await(call: Call, run_sync: RunSync | None) -> object:
    if call.awaitable is not None:
        return await call.awaitable()
    assert call.plain is not None  # noqa: S101 - a call has one of the two
    value = call.plain() if run_sync is None else await run_sync(call.plain)
    return await value if isawaitable(value) else value
