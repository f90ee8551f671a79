"""Running a generator that says what to do next: the one loop, for blocking code and for event loops.

Whatever this SDK decides in several steps (a call with its retries, a callback with its handlers, a
phone call in a test) is written once, as a generator that yields each thing to be done and gets back
what came of it. Only ``perform``, which does these things, knows sockets, clocks or an event loop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeVar

S = TypeVar("S")
T = TypeVar("T")


def drive(steps: Generator[S, Any, T], perform: Callable[[S], object]) -> T:
    """Do what is yielded until the generator returns; gives what it returned.

    Whatever ends a step early, exits and interrupts included, is thrown into the generator, which
    may have something to put right before it goes on its way.
    """
    try:
        step = next(steps)
        while True:
            try:
                outcome = perform(step)
            except BaseException as error:  # noqa: BLE001 - the generator decides what it means
                step = steps.throw(error)
            else:
                step = steps.send(outcome)
    except StopIteration as finished:
        result: T = finished.value
        return result
    finally:
        steps.close()


async def drive_async(steps: Generator[S, Any, T], perform: Callable[[S], Awaitable[object]]) -> T:
    """The same in an event loop: what ``perform`` gives is awaited, and cancelling is thrown in too."""
    try:
        step = next(steps)
        while True:
            try:
                outcome = await perform(step)
            except BaseException as error:  # noqa: BLE001 - the generator decides what it means
                step = steps.throw(error)
            else:
                step = steps.send(outcome)
    except StopIteration as finished:
        result: T = finished.value
        return result
    finally:
        steps.close()
