"""The guard: what a decision costs in memory, and what a replayed fraud gets past the recommended rules."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from sinch.guard import Budget, VerificationGuard, recommended_rules

from ..guard import pumping
from .contest import Row
from .environments import ROOT, clean
from .field import Field

STARTS, FEW_STARTS = 10_000, 1_000
LIMITS = {"µs": 50.0, "let through": 1.0, "denied": 0.1}
"""Of a fraud in ranges of numbers; one scattered over a country is shown without."""


class Guarding:
    """This module as a program, in a fresh process."""

    def run(self, url: str, folder: Path) -> dict[str, float]:
        """Microseconds of a decision."""
        command = [sys.executable, "-m", "tests.benchmarks.guarded_starts"]
        done = subprocess.run(
            command, cwd=ROOT, env=clean(), stdout=subprocess.PIPE, text=True, check=True
        )
        found: dict[str, float] = json.loads(done.stdout)
        return found


class Replay:
    """Honest and pumped starts, told apart by what a guard decides; the same in every process."""

    def __init__(self, starts: int, fraud: pumping.Fraud = pumping.pumped) -> None:
        self.starts = starts
        self.fraud = fraud

    def run(self, url: str, folder: Path) -> dict[str, float]:
        """Percent of the pumped starts let through after the first 50, and of the honest denied."""
        replayed = pumping.replay(self.starts, fraud=self.fraud)
        return {"let through": 100 * (1 - replayed.stopped), "denied": 100 * replayed.denied}


def measure(field: Field) -> list[Row]:
    """CPU time of a decision, with every number, address and user a new one; and the replay."""
    starts = FEW_STARTS if field.quick else STARTS
    deciding = field.between({"guard": Guarding()})
    replaying = field.between({"guard": Replay(starts)}, rounds=1)
    scattered = field.between({"guard": Replay(starts, pumping.scattered)}, rounds=1)
    many = f"{starts:,} honest and {starts:,} pumped starts"
    rows = []
    for samples, key, unit, subject in [
        (deciding, "µs", "µs", "guard, a decision in memory"),
        (replaying, "let through", "%", "guard, pumped starts let through after the first 50"),
        (replaying, "denied", "%", "guard, honest starts denied"),
        (scattered, "let through", "%", "guard, the same of a fraud scattered over a country"),
        (scattered, "denied", "%", "guard, honest starts denied by that"),
    ]:
        taken = samples.median("guard", key)
        row = Row(subject, taken, None, None, unit, against="" if key == "µs" else many)
        if samples is not scattered:
            good = taken.value <= LIMITS[key]
            row = replace(row, aim=f"≤ {LIMITS[key]:g} {unit}", good=good)
        rows.append(row)
    return rows


def _decision(*, batches: int = 100, batch: int = 200) -> float:
    """Microseconds of a decision of all recommended rules, of the quickest tenth of batches.

    It is an absolute figure, to which whatever else keeps the processor busy can only add.
    """
    rules = recommended_rules(
        "SE", per_country="1000000 per day", budget=Budget("100000", "EUR", assumed="0.05")
    )
    guard, count = VerificationGuard("memory://", rules), itertools.count()
    taken = []
    for _ in range(batches):
        starts = [
            (f"+4670{index * 7919 % 10**7:07d}", f"10.{index % 251}.{index % 241}.1", f"u{index}")
            for index in itertools.islice(count, batch)
        ]
        started = time.process_time()
        for number, ip, user in starts:
            guard.check(number, ip=ip, user=user)
        taken.append((time.process_time() - started) / batch * 1e6)
        # people enter their codes; else the guard would refuse most of these numbers
        for number, _, _ in starts:
            guard.succeeded(number)
    assert guard.check("+46700000000", ip="192.0.2.1", user="somebody")
    return sorted(taken)[len(taken) // 10]


if __name__ == "__main__":
    print(json.dumps({"µs": _decision()}))
