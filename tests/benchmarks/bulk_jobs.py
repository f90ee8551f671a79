"""Bulk jobs in large: killed a hundred times, a million recipients, one rate, and more workers."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sinch.bulk import SmsJob

from ..bulk.platform import Platform, serving
from .contest import Figure, Row
from .environments import ROOT
from .field import Field

CONCURRENCY = 8


def measure(field: Field) -> list[Row]:
    """Every row stands for one whole run; whoever was lost or sent to twice ends it with an error."""
    few = field.quick
    rows = [killed(workers, kills=10 if few else 100) for workers in (1, 2, 4)]
    rows += remembered(20_000 if few else 1_000_000)
    rows += [rated(workers, seconds=5 if few else 20) for workers in (1, 4)]
    return [*rows, shared(1_000 if few else 4_000)]


def killed(workers: int, *, kills: int) -> Row:
    """How many are unknown after so many kills, with answers cut at random as well."""
    people = kills * 40
    chance = random.Random(workers)
    with _job(people) as (job, journal), serving(Platform(cut=0.01, latency=0.01)) as platform:
        running = [_worker(journal, platform.url) for _ in range(workers)]
        for kill in range(kills):
            goal = people * (kill + 1) // (kills + 1)
            while platform.sent < goal and any(worker.poll() is None for worker in running):
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.02))
            victim = running.pop(chance.randrange(len(running)))
            victim.kill()
            victim.wait()
            running.append(_worker(journal, platform.url))
        for worker in running:
            if worker.wait(120):
                raise AssertionError("a worker failed")
        report, found = job.status(), {row.number: row.state for row in job.rows()}
        lost = [n for n, state in found.items() if n not in platform.counts and state != "unknown"]
        if platform.twice or lost or report.left or report.total != people:
            raise AssertionError(f"twice {platform.twice}, lost {lost}, {report}")
        most = kills * CONCURRENCY
        by_kills = report.unknowns.get("WorkerLost", 0)
    subject = f"bulk, killed {kills} times, {workers} at work: unknown of {people:,}"
    note = f"0 twice, 0 lost; besides {report.unknown - by_kills} whose answers were cut"
    return _row(subject, by_kills, "", f"≤ {most}", by_kills <= most, note)


def remembered(people: int) -> list[Row]:
    """Peak memory of adding so many, sending to some of them and writing all of them out."""
    code = f"""
import resource, sys, tempfile, time
from pathlib import Path
from sinch import SinchClient
from sinch.bulk import SmsJob
with tempfile.TemporaryDirectory() as folder, SinchClient("key", "c2VjcmV0", base_url=sys.argv[1]) as sinch:
    job = SmsJob.create(Path(folder, "journal.db"), name="n")
    started = time.process_time()
    job.add((f"+46{{i:09}}", f"Hello, this is reminder {{i}} of your appointment") for i in range({people}))
    added = time.process_time() - started
    job.run_slice(sinch, size=2000, seconds=60)
    assert job.status().total == {people} and job.status().sent == min(2000, {people})
    with open("/dev/null", "w") as file:
        assert job.export(file, "jsonl") == {people}
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    print(peak, added / {people} * 1e6)
"""
    with serving(Platform()) as platform:
        command = [sys.executable, "-c", code, platform.url]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    peak, added = map(float, done.stdout.split())
    subject = f"bulk, {people:,} recipients"
    return [
        _row(
            f"{subject}, peak memory",
            peak,
            "MiB",
            "≤ 150 MiB",
            peak <= 150,
            "added, sent, exported",
        ),
        _row(f"{subject}, CPU to add one", added, "µs"),
    ]


def rated(workers: int, *, seconds: int) -> Row:
    """The rate that the server sees over all workers, in percent of the one that was asked for."""
    rate = 100
    with (
        _job(rate * seconds, rate=rate) as (_, journal),
        serving(Platform(latency=0.05)) as platform,
    ):
        running = [_worker(journal, platform.url) for _ in range(workers)]
        if any(worker.wait(seconds + 60) for worker in running):
            raise AssertionError("a worker failed")
        times = sorted(platform.times)[rate:]  # the first second is that of starting
        seen = (len(times) - 1) / (times[-1] - times[0])
    off = abs(seen / rate - 1) * 100
    subject = f"bulk, rate {rate}/s, {workers} at work: off by"
    return _row(
        subject, off, "%", "≤ 2 %", off <= 2, f"{seen:.2f}/s over {times[-1] - times[0]:.0f} s"
    )


def shared(people: int) -> Row:
    """Messages a second with four workers against one, and what keeps it from being four times."""
    found = {}
    for workers in (1, 4):
        with _job(people) as (_, journal), serving(Platform(latency=0.05)) as platform:
            running = [_worker(journal, platform.url) for _ in range(workers)]
            if any(worker.wait(300) for worker in running):
                raise AssertionError("a worker failed")
            times = sorted(platform.times)
            found[workers] = len(times) / (times[-1] - times[0])
    subject = f"bulk, messages a second, 4 workers against 1, {CONCURRENCY} requests each"
    note = (
        "answers take 50 ms; limits: the processors shared with the server, then the disk's syncs"
    )
    ours, bare = (Figure(found[n], found[n], found[n]) for n in (4, 1))
    ratio = found[4] / found[1]
    return Row(subject, ours, bare, Figure(ratio, ratio, ratio), "/s", against=note)


@contextmanager
def _job(people: int, rate: float | None = None) -> Iterator[tuple[SmsJob, str]]:
    with tempfile.TemporaryDirectory() as folder:
        job = SmsJob.create(Path(folder, "journal.db"), name="bench", rate=rate)
        job.add((f"+4670{place:07}", "Hello") for place in range(people))
        yield job, job.journal


def _worker(journal: str, url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bulk.worker", journal, url, "blocking"]
    return subprocess.Popen([*command, str(CONCURRENCY)], cwd=ROOT, stdout=subprocess.DEVNULL)


def _row(
    subject: str, value: float, unit: str, aim: str = "", good: bool | None = None, note: str = ""
) -> Row:
    row = Row(subject, Figure(value, value, value), None, None, unit, against=note)
    return replace(row, aim=aim, good=good)
