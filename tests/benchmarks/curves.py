"""Does a call cost the same whatever is going on? Calls in a row, tasks and threads, as a picture.

A curve that rises would mean that something piles up: a list that is searched, a lock that is held.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack

from . import async_call, picture, threads
from .blocking_call import ours
from .contest import Contestant, Row
from .environments import ROOT
from .field import Field

#: What goes along the picture's x axis, for each curve.
CURVES = {
    "calls": (1, 10, 100, 1_000, 10_000, 100_000),
    "tasks": (1, 4, 16, 64, 256, 1_024),
    "threads": (1, 2, 8, 32, 128),
}
PICTURE = ROOT / "docs" / "benchmarks.svg"


def measure(field: Field) -> list[Row]:
    """CPU time of a call at each point; draws the picture in a full run."""
    contestants = {
        f"{curve} {number}": Contestant("curves", curve, field.ours, {"number": number})
        for curve, numbers in CURVES.items()
        for number in numbers
        if not (field.quick and number > 1_000)
    }
    samples = field.between(contestants, rounds=3 if field.quick else 5)
    rows = [
        Row(f"curve: {name}", samples.median(name, "us"), None, None, "µs") for name in contestants
    ]
    if not field.quick:
        points = {
            curve: {number: samples.median(f"{curve} {number}", "us") for number in numbers}
            for curve, numbers in CURVES.items()
        }
        PICTURE.write_text(picture.draw(points), encoding="utf-8")
    return rows


def run(who: str, url: str, *, number: int) -> dict[str, float]:
    """Microseconds of one call."""
    way = {"calls": _calls, "tasks": _tasks, "threads": _threads}[who]
    return {"us": way(url, number)}


def _calls(url: str, count: int) -> float:
    call = ours(url, "sms")
    for _ in range(50):
        call()
    started = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - started) / count * 1e6


def _tasks(url: str, tasks: int) -> float:
    calls = max(1, 2_048 // tasks)

    async def main() -> float:
        async with AsyncExitStack() as stack:
            call = await async_call.ours(url, "sms", stack)

            async def work() -> None:
                for _ in range(calls):
                    await call()

            await asyncio.gather(*(call() for _ in range(tasks)))
            started = time.process_time()
            await asyncio.gather(*(work() for _ in range(tasks)))
            return (time.process_time() - started) / (calls * tasks) * 1e6

    return asyncio.run(main())


def _threads(url: str, number: int) -> float:
    calls = max(4, 1_024 // number)
    return threads.run("sinch", url, threads=number, calls=calls)["us"]
