"""Ten thousand messages asked for at once: do all go out, and how much memory do they take?"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from . import async_call
from .contest import Row
from .field import Field


def measure(field: Field) -> list[Row]:
    """Peak memory and processor time of 10,000 calls; a lost one ends the run."""
    count = 2_000 if field.quick else 10_000
    samples = field.compete(__name__, ("sinch", "bare", "control"), {"count": count})
    subject, note = f"{count:,} async calls queued", "aiohttp session.post"
    memory, mebibyte = {"key": "memory", "unit": "MiB"}, 2**20
    return [
        samples.row(
            f"{subject}, memory", "sinch", "bare", **memory, aim=0.28, per=mebibyte, against=note
        ),
        samples.control(f"{subject}, memory: control", "control", "bare", **memory, per=mebibyte),
        samples.row(f"{subject}, CPU of all", "sinch", "bare", key="s", unit="s", against=note),
    ]


def run(who: str, url: str, *, count: int) -> dict[str, float]:
    """By how many bytes memory rose at the peak, and seconds of processor time."""
    return asyncio.run(_run(who, url, count))


async def _run(who: str, url: str, count: int) -> dict[str, float]:
    done = 0
    async with AsyncExitStack() as stack:
        call = await (async_call.ours if who == "sinch" else async_call.by_hand)(url, "sms", stack)

        async def counted() -> None:
            nonlocal done
            await call()
            done += 1

        await asyncio.gather(*(counted() for _ in range(200)))  # imports, connections, caches
        before, started = peak_memory(), time.process_time()
        await asyncio.gather(*(counted() for _ in range(count)))
        spent = time.process_time() - started
        if done != count + 200:
            raise AssertionError(f"{count + 200 - done} calls were lost")
        return {"memory": peak_memory() - before, "s": spent}


def peak_memory() -> int:
    """The most this process ever used, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count the process that started this one, on Linux
        lines = status.read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
