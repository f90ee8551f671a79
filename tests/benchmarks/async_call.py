"""One awaited SMS or callout, against the same request made with bare aiohttp, few and many at once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from .bare import HEADERS, KEY, KINDS, NUMBER, SECRET, TEXT, accept
from .contest import Row
from .field import Field
from .loops import MODES, AsyncCall, spent_async

#: How many tasks, and the aim of each.
AIMS = {1: 1.05, 16: 1.08, 128: 1.00}


def measure(field: Field) -> list[Row]:
    """CPU time of a call at each level of concurrency; both have their default pool of 100."""
    rows: list[Row] = []
    calls, batches = (128, 3) if field.quick else (256, 9)
    for kind in ("sms",) if field.quick else KINDS:
        for tasks, aim in AIMS.items():
            options = {"kind": kind, "tasks": tasks, "calls": calls, "batches": batches}
            samples = field.compete(__name__, ("sinch", "bare", "control"), options)
            for mode in MODES:
                subject = f"async {kind}, {tasks} at once, {mode}"
                row = samples.row(
                    subject, "sinch", "bare", key=mode, aim=aim, against="aiohttp session.post"
                )
                rows += [row, samples.control(f"{subject}: control", "control", "bare", key=mode)]
    return rows


def run(who: str, url: str, *, kind: str, tasks: int, calls: int, batches: int) -> dict[str, float]:
    """Microseconds of one call, in each mode."""

    async def main() -> dict[str, float]:
        async with AsyncExitStack() as stack:
            call = await (ours if who == "sinch" else by_hand)(url, kind, stack)
            return {
                mode: await spent_async(call, tasks=tasks, calls=calls, batches=batches, mode=mode)
                for mode in MODES
            }

    return asyncio.run(main())


async def ours(url: str, kind: str, stack: AsyncExitStack) -> AsyncCall:
    """The SDK."""
    from sinch import AsyncSinchClient

    sinch = await stack.enter_async_context(AsyncSinchClient(KEY, SECRET, base_url=url))

    async def sms() -> None:
        accept((await sinch.sms(NUMBER, TEXT).send()).message_id)

    async def callout() -> None:
        accept((await sinch.callouts.tts(NUMBER, TEXT).call()).call_id)

    return sms if kind == "sms" else callout


async def by_hand(url: str, kind: str, stack: AsyncExitStack) -> AsyncCall:
    """The way without it."""
    import aiohttp

    session = await stack.enter_async_context(aiohttp.ClientSession())
    path, body, receipt = KINDS[kind]

    async def call() -> None:
        async with session.post(url + path, json=body, headers=HEADERS) as response:
            response.raise_for_status()
            accept((await response.json())[receipt])

    return call
