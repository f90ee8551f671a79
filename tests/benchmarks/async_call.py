"""One awaited SMS, against the same request made with bare aiohttp, few and many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp

from sinch import AsyncSinchClient

from .bare import BODY, HEADERS, KEY, NUMBER, PATH, SECRET, TEXT, accept
from .harness import Batch, Row, interleave

CONCURRENCY = (1, 16, 128)
Call = Callable[[], Awaitable[None]]


def measure(url: str, *, quick: bool) -> list[Row]:
    """CPU time of a call at each level of concurrency; both have their default pool of 100."""
    calls, rounds = (128, 7) if quick else (256, 31)
    rows: list[Row] = []
    with asyncio.Runner() as runner:
        sinch = AsyncSinchClient(KEY, SECRET, base_url=url)
        session = runner.run(_session())

        async def ours() -> None:
            accept((await sinch.sms(NUMBER, TEXT).send()).message_id)

        async def bare() -> None:
            async with session.post(url + PATH, json=BODY, headers=HEADERS) as response:
                response.raise_for_status()
                accept((await response.json())["messageId"])

        for workers in CONCURRENCY:
            contestants = {
                "sinch": _batch(runner, ours, workers, calls),
                "bare": _batch(runner, bare, workers, calls),
            }
            samples = interleave(contestants, rounds=rounds)
            subject = f"async call, {workers} at once, CPU"
            row = samples.row(subject, "sinch", "bare", unit="us", aim=1.10, per=calls / 1_000_000)
            rows.append(row.against("aiohttp session.post"))

        runner.run(sinch.close())
        runner.run(session.close())
    return rows


async def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession()


def _batch(runner: asyncio.Runner, call: Call, workers: int, calls: int) -> Batch:
    async def work(count: int) -> None:
        for _ in range(count):
            await call()

    async def all_at_once() -> None:
        await asyncio.gather(*(work(calls // workers) for _ in range(workers)))

    return lambda: runner.run(all_at_once())
