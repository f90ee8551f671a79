"""Contestants side by side: fresh processes in turns, so that a busy machine slows all alike.

Every process differs by itself (where its memory lies, how names hash), by up to a quarter; so
each contestant runs in ten or more, and what counts is the median over them. One round starts every
contestant once, in an order that rotates. A control, the same program under another name, shows
what the bench itself does: its ratio has to be 1.00 within its interval.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from .environments import Environment, clean

Value = Mapping[str, float]
_RESAMPLES = 2000


class Figure(NamedTuple):
    """A median with the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Row:
    """One comparison: ours, theirs and the ratio of both, with its aim."""

    subject: str
    ours: Figure
    bare: Figure | None
    ratio: Figure | None
    unit: str
    aim: str = ""
    good: bool | None = None
    against: str = ""

    @property
    def verdict(self) -> str:
        """``good``, ``over``, or nothing where there is no aim."""
        return {True: "good", False: "over", None: ""}[self.good]

    def named(self, subject: str) -> Row:
        """The same row under another name."""
        return replace(self, subject=subject)


@dataclass(frozen=True)
class Contestant:
    """A program to start: ``who`` of ``subject``, in an environment."""

    subject: str
    who: str
    environment: Environment
    options: Mapping[str, Any] = field(default_factory=dict)

    def run(self, url: str, folder: Path) -> Value:
        """Start it, and read the numbers it prints."""
        command = [
            self.environment.python, "-m", "benchmarks.work",
            self.subject, self.who, url, json.dumps(self.options),
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=folder, env=clean(), stdout=subprocess.PIPE, text=True, check=True
        )
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found


class Samples:
    """What each contestant measured, round by round."""

    def __init__(self) -> None:
        self.rounds: list[dict[str, Value]] = []

    def figure(self, of: Callable[[Callable[[str, str], float]], float]) -> Figure:
        """A statistic of medians, with its interval by bootstrap over whole rounds.

        ``of`` gets a function that gives the median of one contestant's number. Whole rounds are
        drawn, since what disturbed one contestant of a round most likely disturbed its neighbours.
        """
        draw = random.Random(4711)
        value = of(_medians(self.rounds))
        drawn = sorted(
            of(_medians(draw.choices(self.rounds, k=len(self.rounds)))) for _ in range(_RESAMPLES)
        )
        cut = _RESAMPLES // 40
        return Figure(value, drawn[cut], drawn[-cut - 1])

    def median(self, who: str, key: str, per: float = 1.0) -> Figure:
        """The median of one contestant's number."""
        return self.figure(lambda median: median(who, key) / per)

    def ratio(self, who: str, to: str, key: str) -> Figure:
        """The ratio of two contestants' medians."""
        return self.figure(lambda median: median(who, key) / median(to, key))

    def row(
        self,
        subject: str,
        who: str,
        to: str,
        *,
        key: str = "us",
        unit: str = "µs",
        aim: float | None = None,
        per: float = 1.0,
        against: str = "",
    ) -> Row:
        """A comparison by ratio."""
        ratio = self.ratio(who, to, key)
        ours, bare = self.median(who, key, per), self.median(to, key, per)
        if aim is None:
            return Row(subject, ours, bare, ratio, unit, against=against)
        return Row(subject, ours, bare, ratio, unit, f"≤ {aim:.2f}", ratio.value <= aim, against)

    def control(
        self,
        subject: str,
        who: str,
        to: str,
        *,
        key: str = "us",
        unit: str = "µs",
        per: float = 1.0,
    ) -> Row:
        """The row of the control: good when 1.00 lies in its interval."""
        row = self.row(subject, who, to, key=key, unit=unit, per=per)
        assert row.ratio is not None
        return replace(row, aim="1.00", good=row.ratio.holds(1.0), against="the same program again")


def _medians(rounds: list[dict[str, Value]]) -> Callable[[str, str], float]:
    def median(who: str, key: str) -> float:
        return statistics.median(values[who][key] for values in rounds)

    return median


def compete(
    contestants: Mapping[str, Contestant], url: str, folder: Path, *, rounds: int
) -> Samples:
    """Start every contestant once a round, in turns."""
    samples = Samples()
    names = list(contestants)
    for turn in range(rounds):
        shift = turn % len(names)
        order = names[shift:] + names[:shift]
        if turn % 2:  # nobody always follows the same neighbour
            order.reverse()
        samples.rounds.append({name: contestants[name].run(url, folder) for name in order})
        print(".", end="", flush=True, file=sys.stderr)
    return samples
