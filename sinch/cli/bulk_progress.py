"""How a running job is shown: a bar on a terminal, a line now and then where there is none."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from sinch.bulk import Job, Report

#: Seconds between two looks at a terminal, and between two lines without one.
LOOK = 0.5
LINE = 5.0
#: Looking counts all rows; it may take this share of the time.
_SHARE = 0.05
#: Seconds over which the rate is taken.
_WINDOW = 10.0


@asynccontextmanager
async def watching(job: Job[Any], file: TextIO) -> AsyncGenerator[None]:
    """Show how a job gets on while the block runs, and once more at its end."""
    view = _Bar(file) if file.isatty() else _Lines(file)
    task = asyncio.create_task(_look(job, view))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        view.show(await asyncio.to_thread(job.status))
        view.end()


async def _look(job: Job[Any], view: _View) -> None:
    while True:
        started = time.monotonic()
        report = await asyncio.to_thread(job.status)
        view.show(report)
        await asyncio.sleep(max(view.every, (time.monotonic() - started) / _SHARE))


class _View:
    every = LOOK

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._seen: deque[tuple[float, int]] = deque()

    def show(self, report: Report) -> None:
        raise NotImplementedError

    def end(self) -> None:
        """Leave the terminal as it was."""

    def _rate(self, report: Report) -> float:
        """Recipients done with a second, lately."""
        now = time.monotonic()
        self._seen.append((now, report.total - report.left))
        while now - self._seen[0][0] > _WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        (since, before), (until, after) = self._seen[0], self._seen[-1]
        return (after - before) / (until - since) if until > since else 0.0

    def _words(self, report: Report) -> str:
        rate = self._rate(report)
        words = [f"{report.sent + report.delivered + report.failed} sent"]
        words += [f"{report.refused} refused"] if report.refused else []
        words += [f"{report.unknown} unknown", f"{rate:.1f}/s"]
        if report.state != "running":
            words.append(f"{report.state}{': ' if report.reason else ''}{report.reason}")
        elif rate and report.left:
            words.append(f"{_time(report.left / rate)} left")
        return ", ".join(words)


class _Lines(_View):
    every = LINE

    def show(self, report: Report) -> None:
        done = report.total - report.left
        click.echo(f"{done} of {report.total}: {self._words(report)}", self._file)


class _Bar(_View):
    def __init__(self, file: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        super().__init__(file)
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(file=file),
        )
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def show(self, report: Report) -> None:
        done = report.total - report.left
        self._progress.update(
            self._task, total=report.total, completed=done, description=self._words(report)
        )

    def end(self) -> None:
        self._progress.stop()


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
