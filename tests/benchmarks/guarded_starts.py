"""The guard: what a decision costs in memory, and what a replayed fraud gets past the recommended rules.

The bare figures are the limits: 50 us for a decision, 1 % of the pumped starts after the first 50,
0.1 % of the honest ones.
"""

from __future__ import annotations

import itertools
import time

from sinch.guard import Budget, VerificationGuard, recommended_rules

from ..guard import pumping
from .harness import Row

LIMIT, LET_THROUGH, DENIED = 50.0, 1.0, 0.1


def measure(url: str, *, quick: bool) -> list[Row]:
    """CPU time of a decision, with every number, address and user a new one; and the replay."""
    taken = _decision(batches=10 if quick else 100)
    replayed = pumping.replay(1_000 if quick else 10_000)
    let_through, denied = 100 * (1 - replayed.stopped), 100 * replayed.denied
    many = f"{replayed.honest:,} honest and {replayed.pumped:,} pumped starts"
    return [
        Row("guard, a decision in memory", taken, LIMIT, taken / LIMIT, "us", 1.0, "the limit"),
        Row(
            "guard, pumped let through after 50",
            let_through,
            LET_THROUGH,
            let_through / LET_THROUGH,
            "%",
            1.0,
            f"the limit; {many}",
        ),
        Row("guard, honest denied", denied, DENIED, denied / DENIED, "%", 1.0, "the limit"),
    ]


def _decision(*, batches: int, batch: int = 200) -> float:
    """Microseconds of a decision that asks all recommended rules, as the median of batches."""
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
    return sorted(taken)[len(taken) // 2]
