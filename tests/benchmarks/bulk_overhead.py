"""What a job costs beside a loop that sends the same messages and forgets: processor time a message."""

from __future__ import annotations

import asyncio
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .bare import KEY, SECRET, TEXT, accept
from .contest import Row
from .field import Field

#: A job may cost this much more than the loop.
AIM = 1.15
CONCURRENCY = {"async": 100, "blocking": 10}


def measure(field: Field) -> list[Row]:
    """CPU time of a message, journal included, both ways."""
    rows = []
    for kind, tasks in CONCURRENCY.items():
        options = {"kind": kind, "count": 1_000 if field.quick else 4_000}
        samples = field.compete(__name__, ("job", "loop", "control"), options)
        subject = f"bulk job, {kind}, {tasks} at once, a message"
        rows += [
            samples.row(subject, "job", "loop", aim=AIM, against="a loop without a journal"),
            samples.control(f"{subject}: control", "control", "loop"),
        ]
    return rows


def run(who: str, url: str, *, kind: str, count: int) -> dict[str, float]:
    """Microseconds of processor time a message, after some that only warm up."""
    numbers = [f"+4670{place:07}" for place in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        if kind == "async":
            return asyncio.run(_async(who, url, numbers, Path(folder)))
        return _blocking(who, url, numbers, Path(folder))


async def _async(who: str, url: str, numbers: list[str], folder: Path) -> dict[str, float]:
    from sinch import AsyncSinchClient

    async with AsyncSinchClient(KEY, SECRET, base_url=url) as sinch:
        queue: asyncio.Queue[str] = asyncio.Queue()

        async def work() -> None:
            while not queue.empty():
                accept((await sinch.sms(queue.get_nowait(), TEXT).send()).message_id)

        async def loop(some: list[str]) -> None:
            for number in some:
                queue.put_nowait(number)
            await asyncio.gather(*(work() for _ in range(CONCURRENCY["async"])))

        await loop(numbers[:300])
        if who != "job":
            started = time.process_time()
            await loop(numbers)
            return _micro(started, numbers)
        job = _job(folder, numbers)
        started = time.process_time()
        report = await job.run(sinch, concurrency=CONCURRENCY["async"])
        assert report.sent == len(numbers)
        return _micro(started, numbers)


def _blocking(who: str, url: str, numbers: list[str], folder: Path) -> dict[str, float]:
    from sinch import SinchClient

    with SinchClient(KEY, SECRET, base_url=url) as sinch, ThreadPoolExecutor(10) as pool:

        def send(number: str) -> None:
            accept(sinch.sms(number, TEXT).send().message_id)

        list(pool.map(send, numbers[:300]))
        if who != "job":
            started = time.process_time()
            list(pool.map(send, numbers))
            return _micro(started, numbers)
        job = _job(folder, numbers)
        started = time.process_time()
        assert job.run(sinch, concurrency=CONCURRENCY["blocking"]).sent == len(numbers)
        return _micro(started, numbers)


def _job(folder: Path, numbers: list[str]):
    from sinch.bulk import SmsJob

    job = SmsJob.create(folder / "journal.db", name="bench")
    job.add((number, TEXT) for number in numbers)
    return job


def _micro(started: float, numbers: list[str]) -> dict[str, float]:
    return {"us": (time.process_time() - started) / len(numbers) * 1e6}
