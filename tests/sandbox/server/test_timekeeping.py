"""When the sandbox looks whether there is something to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from sinch.sandbox.server.timekeeping import Timekeeper


@pytest.fixture
def looks() -> list[float]:
    return []


def noting(looks: list[float], pauses: list[float | None]) -> Callable[[], float | None]:
    def look() -> float | None:
        looks.append(asyncio.get_running_loop().time())
        return pauses.pop(0) if pauses else None

    return look


async def test_it_looks_at_once_when_it_is_due_and_when_it_is_told(looks: list[float]) -> None:
    time = Timekeeper(noting(looks, [0.05]))
    time.start()
    await asyncio.sleep(0.2)
    assert len(looks) == 2
    assert looks[1] - looks[0] >= 0.05
    time.tell()
    time.tell()  # once is enough
    await asyncio.sleep(0.01)
    assert len(looks) == 3
    await asyncio.to_thread(time.tell)
    await asyncio.sleep(0.01)
    assert len(looks) == 4
    time.stop()


async def test_it_does_not_look_once_it_is_stopped(looks: list[float]) -> None:
    time = Timekeeper(noting(looks, [0.01]))
    time.start()
    await asyncio.sleep(0)
    looks.clear()
    time.tell()
    time.stop()
    await asyncio.sleep(0.05)
    assert looks == []


async def test_a_look_that_fails_is_repeated(looks: list[float]) -> None:
    def fail() -> float | None:
        looks.append(0.0)
        raise RuntimeError("a bug")

    time = Timekeeper(fail)
    time.start()
    await asyncio.sleep(0.2)
    time.stop()
    assert len(looks) >= 2
