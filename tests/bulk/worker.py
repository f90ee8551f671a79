"""A worker in a process of its own: ``python -m tests.bulk.worker JOURNAL URL blocking|async CONCURRENCY``."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from sinch import AsyncSinchClient, SinchClient
from sinch.bulk import Job

KEYS: dict[str, Any] = {
    "application_key": "key",
    "application_secret": "c2VjcmV0",
    "service_plan_id": "4c1f2a93d1e4427a",
    "api_token": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
}


async def _run(job: Job[Any], url: str, concurrency: int) -> None:
    async with AsyncSinchClient(**KEYS, base_url=url) as client:
        await job.run(client, concurrency=concurrency)


def main(journal: str, url: str, kind: str, concurrency: str) -> None:
    job: Job[Any] = Job.open(journal)
    print("ready", flush=True)
    if kind == "async":
        asyncio.run(_run(job, url, int(concurrency)))
    else:
        with SinchClient(**KEYS, base_url=url) as client:
            job.run(client, concurrency=int(concurrency))


if __name__ == "__main__":
    main(*sys.argv[1:])
