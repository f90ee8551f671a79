"""One text to many numbers over the SMS REST API: requests as the server counts them, CPU and memory a recipient."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from .bare import accept
from .contest import Row, Samples
from .field import Field
from .queued_calls import peak_memory
from .server import counted

Send = Callable[[list[str]], None]
Way = Callable[[str, ExitStack, Path], Send]

PLAN, TOKEN = "4c1f2a93d1e4427a", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
SENDER, TEXT = "Acme", "We are open again from Monday on, nine to five. Welcome!"
BATCH = 1_000
AT_ONCE = 8
BARE = {"blocking": "requests.Session.post", "async": f"aiohttp session.post, {AT_ONCE} at once"}


def measure(field: Field) -> list[Row]:
    """What 100,000 recipients take, in both ways and as a job with a journal."""
    count = 20_000 if field.quick else 100_000
    rows: list[Row] = []
    for kind, note in BARE.items():
        names = ("sinch", "job", "bare", "control")
        samples = field.compete(__name__, names, {"kind": kind, "count": count})
        subject = f"{count:,} recipients of one text, {kind}"
        rows.append(requests_of(samples, f"{subject}: requests the server counted", count))
        rows += [
            samples.row(f"{subject}, a recipient", "sinch", "bare", against=note),
            samples.row(f"{subject}, a job with its journal", "job", "bare", against=note),
            samples.control(f"{subject}: control", "control", "bare"),
            samples.row(
                f"{subject}, memory a recipient",
                "sinch",
                "bare",
                key="bytes",
                unit="B",
                against=note,
            ),
        ]
    return rows


def requests_of(samples: Samples, subject: str, count: int) -> Row:
    """As few requests as recipients fit into."""
    few = -(-count // BATCH)
    found = samples.median("sinch", "requests")
    aim, good = f"= {few}", {found.low, found.high} == {few}
    bare = samples.median("bare", "requests")
    return Row(subject, found, bare, None, "", aim, good, "batches cut by hand")


def run(who: str, url: str, *, kind: str, count: int) -> dict[str, float]:
    """Microseconds and bytes a recipient, and requests; a lost recipient ends the run."""
    numbers = [f"+4670{place:07}" for place in range(count)]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        way = {"sinch": WAYS[kind][0], "job": WAYS[kind][1]}.get(who, WAYS[kind][2])
        send = way(url, stack, Path(folder))
        send(numbers[:BATCH])  # imports, connections, caches
        before, memory, started = counted(url), peak_memory(), time.process_time()
        send(numbers)
        spent, memory = time.process_time() - started, peak_memory() - memory
    after = counted(url)
    if after["recipients"] - before["recipients"] != count:
        raise AssertionError(f"sent to {after['recipients'] - before['recipients']} of {count}")
    return {
        "us": spent / count * 1e6,
        "bytes": memory / count,
        "requests": after["batches"] - before["batches"],
    }


def ours(url: str, stack: ExitStack, _: Path) -> Send:
    """The SDK."""
    from sinch import SinchClient

    sinch = stack.enter_context(SinchClient(**PAIR, base_url=url))

    def send(numbers: list[str]) -> None:
        for some in slices(numbers):
            accept(sinch.messages(some, TEXT).with_sender(SENDER).send().id)

    return send


def job(url: str, stack: ExitStack, folder: Path) -> Send:
    """The SDK, with a journal."""
    from sinch import SinchClient

    sinch = stack.enter_context(SinchClient(**PAIR, base_url=url))
    return _through_a_job(folder, lambda it: it.run(sinch, concurrency=1))


def by_hand(url: str, stack: ExitStack, _: Path) -> Send:
    """The way without it."""
    import requests

    session = stack.enter_context(requests.Session())

    def send(numbers: list[str]) -> None:
        for some in slices(numbers):
            with session.post(
                url + PATH, json=request(some), headers=HEADERS, timeout=30
            ) as answer:
                answer.raise_for_status()
                accept(answer.json()["id"])

    return send


def ours_async(url: str, stack: ExitStack, _: Path) -> Send:
    """The SDK, awaited."""
    from sinch import AsyncSinchClient

    run, sinch = _in_loop(stack, lambda: AsyncSinchClient(**PAIR, base_url=url))

    async def one(some: list[str]) -> None:
        accept((await sinch.messages(some, TEXT).with_sender(SENDER).send()).id)

    return lambda numbers: run(at_once(one, numbers))


def job_async(url: str, stack: ExitStack, folder: Path) -> Send:
    """The SDK, awaited, with a journal."""
    from sinch import AsyncSinchClient

    run, sinch = _in_loop(stack, lambda: AsyncSinchClient(**PAIR, base_url=url))

    async def whole(it: Any) -> Any:
        return await it.run(sinch, concurrency=AT_ONCE)

    return _through_a_job(folder, lambda it: run(whole(it)))


def by_hand_async(url: str, stack: ExitStack, _: Path) -> Send:
    """The way without it, awaited."""
    import aiohttp

    run, session = _in_loop(stack, aiohttp.ClientSession)

    async def one(some: list[str]) -> None:
        async with session.post(url + PATH, json=request(some), headers=HEADERS) as answer:
            answer.raise_for_status()
            accept((await answer.json())["id"])

    return lambda numbers: run(at_once(one, numbers))


WAYS: dict[str, tuple[Way, Way, Way]] = {
    "blocking": (ours, job, by_hand),
    "async": (ours_async, job_async, by_hand_async),
}
PAIR: dict[str, Any] = {"service_plan_id": PLAN, "api_token": TOKEN}
PATH = f"/xms/v1/{PLAN}/batches"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}


def request(numbers: list[str]) -> dict[str, Any]:
    """What every contestant sends."""
    return {"type": "mt_text", "to": numbers, "from": SENDER, "body": TEXT}


def slices(numbers: list[str]) -> list[list[str]]:
    """As many recipients as one request takes."""
    return [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]


async def at_once(one: Callable[[list[str]], Any], numbers: list[str]) -> None:
    """Send all slices, a few at a time."""
    waiting = slices(numbers)

    async def work() -> None:
        while waiting:
            await one(waiting.pop())

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


def _in_loop(stack: ExitStack, make: Callable[[], Any]) -> tuple[Callable[[Any], Any], Any]:
    """A loop that stays open, and what is made and closed in it."""
    runner = stack.enter_context(asyncio.Runner())

    async def opened() -> Any:
        return await make().__aenter__()

    made = runner.run(opened())
    stack.callback(lambda: runner.run(made.close()))
    return runner.run, made


def _through_a_job(folder: Path, run_job: Callable[[Any], Any]) -> Send:
    from sinch.bulk import MessageJob

    def send(numbers: list[str]) -> None:
        it = MessageJob.create(folder / f"{len(numbers)}.db", name="n", sender=SENDER)
        it.add((number, TEXT) for number in numbers)
        report = run_job(it)
        if report.sent != len(numbers):
            raise AssertionError(f"sent to {report.sent} of {len(numbers)}")

    return send
