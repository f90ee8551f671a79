"""How a contestant is measured inside its process: processor time per call, other work excepted.

Two modes. ``warm``: one call after the other, as in a loop over a list of numbers. ``between``: about
a millisecond of other work before each call, as in a server, where the processor's caches and branch
predictors have seen something else meanwhile. The work's own time is measured and taken off.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import statistics
import time
from collections.abc import Awaitable, Callable

Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]
MODES = ("warm", "between")

_ORDERS = [
    {"id": number, "name": f"customer {number * 7919}", "lines": [{"sku": f"{number}-{line}", "n": line} for line in range(6)]}
    for number in range(36)
]  # fmt: skip
_WORD = re.compile(r"[a-z]+ [0-9]+")


def other_work() -> int:
    """What a program does between two calls, about 1 ms: text, numbers, dictionaries, sorting."""
    text = json.dumps(_ORDERS)
    orders = json.loads(text)
    names = sorted(_WORD.findall(text), key=lambda name: name[::-1])
    total = sum(line["n"] for order in orders for line in order["lines"])
    return total + len({name.title() for name in names})


def spent(call: Call, *, calls: int, batches: int, mode: str) -> float:
    """Microseconds of processor time per call: the median of ``batches``, after one that warms up."""
    between = mode == "between"
    clock = time.process_time
    taken = []
    for _ in range(batches + 1):
        gc.collect()
        aside = 0.0
        started = clock()
        for _ in range(calls):
            if between:
                before = clock()
                other_work()
                aside += clock() - before
            call()
        taken.append(clock() - started - aside)
    return statistics.median(taken[1:]) / calls * 1e6


async def spent_async(call: AsyncCall, *, tasks: int, calls: int, batches: int, mode: str) -> float:
    """The same with ``tasks`` at a time, each making its part of ``calls``."""
    between = mode == "between"
    clock = time.process_time
    aside = 0.0

    async def work() -> None:
        nonlocal aside
        for _ in range(calls // tasks):
            if between:
                before = clock()
                other_work()
                aside += clock() - before
            await call()

    taken = []
    for _ in range(batches + 1):
        gc.collect()
        aside = 0.0
        started = clock()
        await asyncio.gather(*(work() for _ in range(tasks)))
        taken.append(clock() - started - aside)
    return statistics.median(taken[1:]) / (calls // tasks * tasks) * 1e6
