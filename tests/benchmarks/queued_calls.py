"""Ten thousand messages asked for at once: do all go out, and how much memory do they take?

Each contestant runs in a process of its own (``python -m tests.benchmarks.queued_calls WHO URL
COUNT``), which prints by how many bytes its memory rose at the peak.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from .bare import BODY, HEADERS, KEY, NUMBER, PATH, SECRET, TEXT, accept
from .harness import Row, Samples

Call = Callable[[], Awaitable[None]]


def measure(url: str, *, quick: bool) -> list[Row]:
    """Peak memory of 10,000 calls, each contestant in fresh processes, in turns."""
    count, rounds = (2_000, 1) if quick else (10_000, 3)
    memory, processor = Samples(), Samples()
    for _ in range(rounds):
        for who in CONTESTANTS:
            command = [sys.executable, "-m", "tests.benchmarks.queued_calls", who, url, str(count)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            peak, seconds = map(float, done.stdout.split())
            memory.add(who, peak)
            processor.add(who, seconds)
    subject = f"{count:,} async calls queued"
    note = "aiohttp session.post"
    return [
        memory.row(f"{subject}, memory", "sinch", "bare", unit="MiB", aim=0.5, per=2**20).against(
            note
        ),
        processor.row(f"{subject}, CPU", "sinch", "bare", unit="s", aim=None).against(note),
    ]


async def _sinch(url: str, stack: AsyncExitStack) -> Call:
    from sinch import AsyncSinchClient

    client = await stack.enter_async_context(AsyncSinchClient(KEY, SECRET, base_url=url))

    async def call() -> None:
        accept((await client.sms(NUMBER, TEXT).send()).message_id)

    return call


async def _bare(url: str, stack: AsyncExitStack) -> Call:
    import aiohttp

    session = await stack.enter_async_context(aiohttp.ClientSession())

    async def call() -> None:
        async with session.post(url + PATH, json=BODY, headers=HEADERS) as response:
            response.raise_for_status()
            accept((await response.json())["messageId"])

    return call


CONTESTANTS = {"sinch": _sinch, "bare": _bare}


async def _run(who: str, url: str, count: int) -> None:
    async with AsyncExitStack() as stack:
        call = await CONTESTANTS[who](url, stack)
        await asyncio.gather(*(call() for _ in range(200)))  # imports, connections, caches
        before, started = _peak_memory(), _processor_time()
        await asyncio.gather(*(call() for _ in range(count)))
        print(_peak_memory() - before, _processor_time() - started)


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_memory() -> int:
    """The most this process ever used, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count the process that started this one, on Linux
        lines = status.read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], sys.argv[2], int(sys.argv[3])))
