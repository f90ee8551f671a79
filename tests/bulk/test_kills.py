"""Workers die at any moment and answers get lost: nobody is sent to twice, and nobody is forgotten."""

from __future__ import annotations

import random
import time

import pytest

from sinch.bulk import SmsJob

from .conftest import Start
from .platform import Platform

PEOPLE = 250
CONCURRENCY = 4


def people(count: int = PEOPLE) -> list[tuple[str, str]]:
    return [(f"+4670{place:07}", f"Hello {place}") for place in range(1, count + 1)]


@pytest.mark.parametrize(
    ("database", "kind", "workers"),
    [("sqlite_journal", "blocking", 4), ("postgres_url", "async", 2)],
)
def test_killed_at_random(
    database: str,
    platform: Platform,
    start_worker: Start,
    kind: str,
    workers: int,
    request: pytest.FixtureRequest,
) -> None:
    journal = request.getfixturevalue(database)
    job = SmsJob.create(journal, name="november")
    job.add(people())
    platform.cut, platform.latency = 0.03, 0.02
    chance = random.Random(workers)
    kills = 4
    running = [start_worker(journal, kind, CONCURRENCY) for _ in range(workers)]

    for kill in range(kills):
        goal = PEOPLE * (kill + 1) // (kills + 2)
        while platform.sent < goal:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.02))
        victim = running.pop(chance.randrange(len(running)))
        victim.kill()
        victim.communicate()
        running.append(start_worker(journal, kind, CONCURRENCY))
    for worker in running:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors

    report = job.status()
    rows = list(job.rows())
    # every one in exactly one bucket, all of them done with
    assert [row.number for row in rows] == [number for number, _ in people()]
    assert (report.total, report.left) == (PEOPLE, 0)
    # nobody twice, as the platform counts
    assert platform.twice == []
    # nobody lost: sent is sent, and whom it never heard of may only be among the unknown
    missing = {row.number for row in rows} - set(platform.counts)
    assert missing <= {row.number for row in rows if row.state == "unknown"}
    assert report.unknowns.get("WorkerLost", 0) <= kills * CONCURRENCY
    cut = sum(count for reason, count in report.unknowns.items() if reason != "WorkerLost")
    assert 0 < cut < PEOPLE * 0.1
