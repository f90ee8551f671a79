"""Measuring side by side: short batches in turn, so that a busy machine slows all contestants alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

Batch = Callable[[], object]
Stopwatch = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """One comparison: ``ours`` and ``bare`` in ``unit``, ``ratio`` between them, and its aim."""

    subject: str
    ours: float
    bare: float
    ratio: float
    unit: str
    aim: float | None
    note: str = ""

    def against(self, note: str) -> Row:
        """The same row, saying what the bare figure is."""
        return replace(self, note=note)

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return "-"
        return "good" if self.ratio <= self.aim else "over"


@dataclass
class Samples:
    """What each contestant took, round by round."""

    taken: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        self.taken.setdefault(name, []).append(value)

    def median(self, name: str) -> float:
        return statistics.median(self.taken[name])

    def ratio(self, name: str, to: str) -> float:
        """The median of the rounds' ratios: whatever slowed one round slowed both."""
        pairs = zip(self.taken[name], self.taken[to], strict=True)
        return statistics.median(ours / bare for ours, bare in pairs)

    def row(
        self, subject: str, name: str, to: str, *, unit: str, aim: float | None, per: float = 1.0
    ) -> Row:
        """A comparison; figures are divided by ``per``, the calls of a batch."""
        ours, bare = self.median(name) / per, self.median(to) / per
        return Row(subject, ours, bare, self.ratio(name, to), unit, aim)


def interleave(
    contestants: Mapping[str, Batch], *, rounds: int, clock: Stopwatch = time.process_time
) -> Samples:
    """Run every contestant once a round, in an order that rotates; the first round only warms up."""
    samples = Samples()
    names = list(contestants)
    for turn in range(rounds + 1):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            gc.collect()
            started = clock()
            contestants[name]()
            if turn:
                samples.add(name, clock() - started)
    return samples


def call_by_call(
    contestants: Mapping[str, Batch], *, calls: int, clock: Stopwatch = time.perf_counter
) -> Samples:
    """Alternate after every single call, as in a server, where no one thing runs in a tight loop.

    In a batch of its own, short code lives in the processor's caches alone; between other work,
    which is where callbacks are answered, nobody's does.
    """
    samples = Samples()
    for turn in range(calls + 100):
        for name, contestant in contestants.items():
            started = clock()
            contestant()
            taken = clock() - started
            if turn >= 100:
                samples.add(name, taken)
    return samples


_HEADINGS = ("Subject", "sinch", "bare", "Ratio", "Aim", "Verdict", "Against")


def _cells(row: Row) -> tuple[str, ...]:
    aim = "" if row.aim is None else f"<= {row.aim:.2f}"
    ours, bare = f"{row.ours:.1f} {row.unit}", f"{row.bare:.1f} {row.unit}"
    return (row.subject, ours, bare, f"{row.ratio:.2f}", aim, row.verdict, row.note)


def show(rows: Iterable[Row]) -> None:
    """Print a table, with rich where it is installed."""
    lines = [_cells(row) for row in rows]
    try:
        from rich.console import Console
        from rich.table import Table
    except ImportError:
        widths = [max(map(len, column)) for column in zip(_HEADINGS, *lines, strict=True)]
        for line in (_HEADINGS, *lines):
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
        return
    table = Table(title="Ratios measured in one run, interleaved; lower is better")
    for index, heading in enumerate(_HEADINGS):
        table.add_column(
            heading, justify="right" if 1 <= index <= 4 else "left", no_wrap=index == 0
        )
    for line in lines:
        style = {"good": "green", "over": "yellow"}.get(line[5], "")
        table.add_row(*line[:5], f"[{style}]{line[5]}[/]" if style else line[5], line[6])
    Console(width=120 if not Console().is_terminal else None).print(table)
