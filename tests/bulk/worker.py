"""A worker in a process of its own: ``python -m tests.bulk.worker JOURNAL URL blocking|async CONCURRENCY``."""

from __future__ import annotations

import asyncio
import sys

from sinch import AsyncSinchClient, SinchClient
from sinch.bulk import Job


async def _run(job: Job, url: str, concurrency: int) -> None:
    async with AsyncSinchClient("key", "c2VjcmV0", base_url=url) as client:
        await job.run(client, concurrency=concurrency)


def main(journal: str, url: str, kind: str, concurrency: str) -> None:
    job = Job.open(journal)
    print("ready", flush=True)
    if kind == "async":
        asyncio.run(_run(job, url, int(concurrency)))
    else:
        with SinchClient("key", "c2VjcmV0", base_url=url) as client:
            job.run(client, concurrency=int(concurrency))


if __name__ == "__main__":
    main(*sys.argv[1:])
