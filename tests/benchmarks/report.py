"""The table, on the terminal and as docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from .contest import Figure, Row

_HEADINGS = ("Work", "sinch", "by hand", "Ratio", "Aim", "", "By hand is")
_SHOWN = ("sinch-server-sdk", "requests", "urllib3", "aiohttp", "attrs", "cattrs")


def cells(row: Row) -> tuple[str, ...]:
    """One line of the table."""
    unit = f" {row.unit}" if row.unit else ""
    return (
        row.subject,
        _figure(row.ours, unit),
        "" if row.bare is None else _figure(row.bare, unit),
        "" if row.ratio is None else _ratio(row.ratio),
        row.aim,
        row.verdict,
        row.against,
    )


def _figure(figure: Figure, unit: str) -> str:
    digits = 0 if figure.value >= 100 else 1 if figure.value >= 10 else 2
    return f"{figure.value:,.{digits}f}{unit}"


def _ratio(figure: Figure) -> str:
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})"


def as_text(rows: Iterable[Row]) -> str:
    """The table for a terminal."""
    lines = [_HEADINGS, *map(cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_markdown(rows: Iterable[Row]) -> str:
    """The table for the documentation."""
    lines = [_HEADINGS, ("---",) * len(_HEADINGS), *map(cells, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def conditions(versions: Mapping[str, str], rounds: int) -> str:
    """Machine, versions and how it was measured, as one paragraph."""
    packages = ", ".join(f"{name} {versions[name]}" for name in _SHOWN if name in versions)
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}; {packages}. "
        f"Load average at the end {load}; {rounds} processes of each contestant."
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


MARK = "<!-- Below this line: written by `make bench`. -->"


def write(page: Path, body: str) -> None:
    """Put results into the page, below what is written by hand."""
    before = page.read_text(encoding="utf-8").partition(MARK)[0]
    page.write_text(f"{before}{MARK}\n\n{body}\n", encoding="utf-8")


def write_again(page: Path, rows: Iterable[Row], told: str) -> None:
    """Put rows that were measured once more in the place of those of the same name."""
    before, mark, results = page.read_text(encoding="utf-8").partition(MARK)
    lines = results.splitlines()
    for row in rows:
        begin, line = f"| {row.subject} |", as_markdown([row]).splitlines()[-1]
        places = [place for place, found in enumerate(lines) if found.startswith(begin)]
        if len(places) != 1:
            raise ValueError(
                f"the page has {len(places)} rows for {row.subject}: measure the whole"
            )
        lines[places[0]] = line
    page.write_text(f"{before}{mark}" + "\n".join([*lines, "", told, ""]), encoding="utf-8")
