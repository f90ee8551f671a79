"""Jobs over the SMS REST API: few requests, and after any crash nobody is left unknown."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sinch import SinchClient
from sinch.bulk import MessageJob

from .conftest import Start
from .platform import Platform
from .worker import KEYS


@pytest.fixture
def client(platform: Platform) -> Iterator[Any]:
    with SinchClient(**KEYS, base_url=platform.url) as client:
        yield client


def rows(count: int, texts: int = 1) -> list[tuple[str, str]]:
    return [(f"+4670{place:07}", f"Hello {place % texts}") for place in range(count)]


def test_a_thousand_recipients_of_one_text_are_one_request(
    platform: Platform, client: Any, sqlite_journal: str
) -> None:
    job = MessageJob.create(sqlite_journal, name="n", sender="Acme", delivery_report="full")
    job.add(rows(5000))
    assert job.run(client, concurrency=3).sent == 5000

    assert (len(platform.batches), platform.sent, platform.twice) == (5, 5000, [])
    first = next(iter(platform.batches.values()))
    assert (first["from"], first["body"], first["delivery_report"]) == ("Acme", "Hello 0", "full")
    found = job.reconcile(client)
    assert (found.delivered, found.failed, found.open) == (4500, 500, 0)
    assert job.status().failures == {"Rejected 408": 500}


def test_killed_at_random_and_nobody_stays_unknown(
    platform: Platform, client: Any, sqlite_journal: str, start_worker: Start
) -> None:
    people, kills = 300, 4
    job = MessageJob.create(sqlite_journal, name="n", grace=0)
    job.add(rows(people, texts=100))  # three recipients a request
    platform.cut, platform.latency = 0.05, 0.03
    chance = random.Random(3)
    running = [start_worker(sqlite_journal, "blocking", 3) for _ in range(2)]
    for kill in range(kills):
        goal = people * (kill + 1) // (kills + 2)
        while platform.sent < goal:
            time.sleep(0.005)
        victim = running.pop(chance.randrange(len(running)))
        victim.kill()
        victim.communicate()
        running.append(start_worker(sqlite_journal, "blocking", 3))
    for worker in running:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors

    unknown = job.status().unknown
    assert unknown > 0
    platform.cut = 0.0
    found = job.reconcile(client)
    assert (found.found + found.not_sent, found.cannot_ask) == (unknown, 0)
    report = job.run(client)  # who was not sent to goes out now

    done = report.sent + report.delivered + report.failed
    assert (report.unknown, report.refused, done, report.total) == (0, 0, people, people)
    assert platform.twice == []
    assert len(platform.counts) == people
    ids = {number: batch for batch, asked in platform.batches.items() for number in asked["to"]}
    assert {row.number.lstrip("+"): row.result for row in job.rows()} == {
        number.lstrip("+"): batch for number, batch in ids.items()
    }
