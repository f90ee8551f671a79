"""Real Celery workers over a real Redis, with the journal in a real PostgreSQL; they are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from sinch.bulk import SmsJob

from .conftest import ROOT
from .platform import Platform

PEOPLE = 300


@pytest.fixture
def environment(
    redis_url: str, postgres_url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    import redis

    redis.Redis.from_url(redis_url).flushdb()
    path = redis_url.removeprefix("unix://").partition("?")[0]
    return {
        **os.environ,
        "BROKER": f"redis+socket://{path}",
        "JOURNAL": postgres_url,
        "SINCH_BASE_URL": platform.url,
    }


@pytest.fixture
def workers(environment: dict[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers of two processes each."""
    command = [sys.executable, "-m", "celery", "-A", "tests.bulk.celery_app", "worker"]
    started = [
        subprocess.Popen(
            [*command, "-c", "2", "-n", f"w{place}", "--without-gossip", "--without-mingle"],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for place in range(2)
    ]  # fmt: skip
    yield started
    for worker in started:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)


def test_workers_that_are_killed(
    environment: dict[str, str],
    workers: list[subprocess.Popen[bytes]],
    postgres_url: str,
    platform: Platform,
) -> None:
    platform.latency = 0.03
    job = SmsJob.create(postgres_url, name="november")
    job.add((f"+4670{place:07}", "Hello") for place in range(PEOPLE))
    queue = "from tests.bulk.celery_app import send; [send.delay('november') for _ in range(4)]"
    subprocess.run([sys.executable, "-c", queue], cwd=ROOT, env=environment, check=True)

    _until(lambda: platform.sent > PEOPLE / 4)
    # a process that works on a slice, and then a whole worker as a machine that vanishes
    [child, *_] = psutil.Process(workers[0].pid).children()
    child.kill()
    _until(lambda: platform.sent > PEOPLE / 2)
    os.killpg(workers[1].pid, signal.SIGKILL)
    _until(lambda: job.status().complete)

    report = job.status()
    assert (report.total, report.sent + report.unknown) == (PEOPLE, PEOPLE)
    assert platform.twice == []
    assert report.unknown <= 3 * 2  # three processes died, with two requests each
    lost = {f"+4670{place:07}" for place in range(PEOPLE)} - set(platform.counts)
    assert lost <= {row.number for row in job.rows("unknown")}


def _until(true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)
