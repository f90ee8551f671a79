"""One process works on a job: what a run needs, and both ways to drive it."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from inspect import iscoroutinefunction
from typing import Any, Protocol

import attrs

from sinch.bulk.bundling import Bundler
from sinch.bulk.crews import run_async, run_blocking
from sinch.bulk.flow import Options, Running
from sinch.bulk.opening import Kept, open_store, opened
from sinch.bulk.records import JobRow
from sinch.bulk.senders import Sender
from sinch.bulk.steps import Control
from sinch.bulk.store import Store, Worker
from sinch.core.config import RetryPolicy
from sinch.errors import InvalidArgumentError


@attrs.frozen
class Slice:
    """What a slice left: ``again`` is in how many seconds to go on, None when nothing is left.

    A paused job is not at its end: ``again`` says when to look whether it was resumed.

    .. code-block:: python

        left = job.run_slice(client, seconds=30)
        if left.again is None:
            print(job.status().sent)
    """

    again: float | None


class Working(Protocol):
    """What is needed of a job in order to work on it."""

    @property
    def journal(self) -> Kept: ...  # noqa: D102

    @property
    def row(self) -> JobRow: ...  # noqa: D102

    @property
    def sender(self) -> Sender: ...  # noqa: D102


def options_for(client: Any, concurrency: int | None, attempts: int) -> Options:
    """Checked; raises :class:`~sinch.errors.InvalidArgumentError`."""
    if concurrency is None:
        concurrency = 100 if is_async(client) else 10
    for name, value in (("concurrency", concurrency), ("attempts", attempts)):
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise InvalidArgumentError(name, "must be a whole number, at least 1")
    return Options(concurrency=concurrency, attempts=attempts)


def is_async(client: object) -> bool:
    """Whether a client is one for an event loop."""
    return iscoroutinefunction(getattr(type(client), "run", None))


def drive(job: Working, client: Any, options: Options) -> float | None:
    """Work on a job in this thread and others; gives in how many seconds to go on, None for never."""
    with opened(job.journal) as store:
        run, work, control = _running(job, store, client, options)
        with _abandoning(run):
            return run_blocking(run.flow(), client, work, options.concurrency, control)


async def drive_async(job: Working, client: Any, options: Options) -> float | None:
    """The same in an event loop, which the journal never holds up."""
    import asyncio

    store = await asyncio.to_thread(open_store, job.journal)
    try:
        run, work, control = await asyncio.to_thread(_running, job, store, client, options)
        with _abandoning(run):
            return await run_async(run.flow(), client, work, options.concurrency, control)
    finally:
        await asyncio.to_thread(store.close)  # the last one to close tidies the file up


def _running(
    job: Working, store: Store, client: Any, options: Options
) -> tuple[Running, Any, Control]:
    [row] = [row for row in store.jobs() if row.id == job.row.id]
    worker = Worker(uuid.uuid4().hex, _host(), os.getpid())
    control = Control()
    once = client.with_options(retry=RetryPolicy.none())
    bundler = Bundler(f"{row.uid[:12]}-{worker.token[:12]}", job.sender.batch_size)
    run = Running(store, row, worker, bundler, options, control)
    return run, partial(job.sender.send, once), control


@contextmanager
def _abandoning(run: Running) -> Generator[None]:
    """Leave nothing behind, however a run ends; an error of the journal stays the one that is told."""
    try:
        yield
    except BaseException:
        with suppress(Exception):
            run.abandon()
        raise
    run.abandon()


def _host() -> str:
    """The machine, and the container in it: where process ids mean the same."""
    namespace = "/proc/self/ns/pid"
    within = os.readlink(namespace) if os.path.islink(namespace) else ""  # noqa: PTH114, PTH115
    return f"{socket.gethostname()} {within}".strip()
