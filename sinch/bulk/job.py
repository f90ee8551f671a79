"""Jobs: make one, add recipients, run it anywhere, and look at it from anywhere."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, overload

import attrs

from sinch.bulk.asking import Asking, Reconciled
from sinch.bulk.crews import run_async, run_blocking
from sinch.bulk.flow import Options, Running
from sinch.bulk.opening import opened
from sinch.bulk.records import JobRow, JobState, Recipient, Report, Row, State
from sinch.bulk.senders import (
    SENDERS,
    CalloutSender,
    Sender,
    SmsSender,
    VerificationSender,
)
from sinch.bulk.sql import chunks
from sinch.bulk.steps import Control
from sinch.bulk.store import Store, Worker
from sinch.core import checks
from sinch.core.config import RetryPolicy
from sinch.core.flow import AsyncSender
from sinch.core.flow import Sender as BlockingSender
from sinch.errors import ConfigurationError, InvalidArgumentError
from sinch.verification import VerificationMethod

_CHUNK = 1000
_PAGE = 1000
S = TypeVar("S", bound=Sender)


@attrs.frozen(kw_only=True)
class Added:
    """What became of added rows: ``new`` ones, and those ``repeated`` whose key was there before."""

    new: int
    repeated: int


@attrs.frozen
class Job(Generic[S]):
    """Recipients in a journal, each of whom is sent to once. A value: it holds no connection.

    It can be pickled, used after fork and from any thread; whatever it tells is read from the journal.
    """

    journal: str
    row: JobRow = attrs.field(repr=False)
    sender: S

    @property
    def name(self) -> str:
        """The name of the job in its journal."""
        return self.row.name

    @classmethod
    def open(cls, journal: str | os.PathLike[str], name: str | None = None) -> Self:
        """The job of that name, or the only one of the journal.

        Raises :class:`~sinch.errors.ConfigurationError`.
        """
        where = os.fspath(journal)
        if "://" not in where and not Path(where).exists():
            raise ConfigurationError(f"journal does not exist: {where}", argument="journal")
        with opened(where) as store:
            jobs = store.jobs()
        if name is None and len(jobs) > 1:
            names = ", ".join(job.name for job in jobs)
            raise ConfigurationError(f"name must be one of {names}", argument="name")
        for row in jobs:
            if name in (None, row.name):
                kind = SENDERS.get(row.kind)
                if kind is None:
                    rule = f"journal has a job of the kind {row.kind!r}, which nothing here can send"
                    raise ConfigurationError(rule, argument="journal")
                return cls(where, row, cast("S", kind.of(row.settings)))
        raise ConfigurationError(
            "name must be that of a job in the journal"
            + (f": {', '.join(row.name for row in jobs)}" if jobs else ", which has none"),
            argument="name",
        )

    @classmethod
    def create_with(
        cls,
        journal: str | os.PathLike[str],
        sender: S,
        *,
        name: str,
        rate: float | None = None,
    ) -> Self:
        """Make a job with a sender of yours, or give the one that is there."""
        where = os.fspath(journal)
        checks.text(name, "name", max_length=200)
        if rate is not None:
            _check_rate(rate)
        settings = sender.settings()
        with opened(where) as store:
            row = store.create(name, sender.kind, settings, rate)
            if (row.kind, dict(row.settings)) != (sender.kind, settings):
                rule = f"belongs to a job with other settings: {row.kind} {dict(row.settings)}"
                raise InvalidArgumentError("name", rule)
            if rate is not None and row.rate != rate:
                store.set_rate(row, rate)
                row = row._replace(rate=rate)
        return cls(where, row, sender)

    # --- recipients -------------------------------------------------------------------------------

    def add(self, rows: Iterable[Sequence[str]]) -> Added:
        """Add recipients: any iterable of ``(number, text)`` or ``(number, text, key)``; streaming.

        A row whose key is in the job already is left as it is, so adding the same rows again does
        nothing. Without a key, number and text together are it. A row that cannot be sent (a number
        that is none, no text) counts as refused at once. A row of another shape raises
        :class:`~sinch.errors.InvalidArgumentError`; those before it stay added.
        """
        new = total = 0
        with opened(self.journal) as store:
            for chunk in chunks(self._recipients(rows), _CHUNK):
                total += len(chunk)
                new += store.add(self.row, chunk)
        return Added(new=new, repeated=total - new)

    def _recipients(self, rows: Iterable[Sequence[str]]) -> Iterator[Recipient]:
        for place, row in enumerate(rows, start=1):
            yield _recipient(row, place, has_text=self.sender.has_text)

    def suppress(self, numbers: Iterable[str]) -> int:
        """Never send to these numbers, such as those that answered STOP, in any job of this journal.

        Whoever is pending becomes refused, reason ``Suppressed``, when it would be its turn.
        Gives how many numbers were new.
        """
        given = [numbers] if isinstance(numbers, str) else numbers
        found = [checks.phone_number(number, "numbers") for number in given]
        with opened(self.journal) as store:
            return store.suppress(found)

    # --- running ----------------------------------------------------------------------------------

    @overload
    def run(
        self, client: BlockingSender, *, concurrency: int | None = None, attempts: int = 5
    ) -> Report: ...
    @overload
    def run(
        self, client: AsyncSender, *, concurrency: int | None = None, attempts: int = 5
    ) -> Awaitable[Report]: ...
    def run(
        self,
        client: BlockingSender | AsyncSender,
        *,
        concurrency: int | None = None,
        attempts: int = 5,
    ) -> Report | Awaitable[Report]:
        """Send until nobody is left; run again after a crash it goes on by itself.

        ``concurrency`` is how many requests are under way at once: 10 threads by default, 100 tasks
        with an asyncio client. ``attempts`` bounds how often a recipient to whom nothing was sent is
        tried. Any number of processes may run the same job.

        It waits while the job is paused, and returns when it was cancelled, or when an error that
        concerns everybody (no credit, a wrong key) paused it: ``report.reason`` says which; run
        again, it goes on. SIGTERM and Ctrl-C drain: what is in flight is waited for, the rest stays
        pending, and then the process ends as it would have.
        """
        self._resume_after_error()
        options = self._options(client, concurrency, attempts)
        return self._finish(client, options)

    @overload
    def run_slice(
        self, client: BlockingSender, *, size: int = ..., seconds: float = ..., concurrency: int | None = None, attempts: int = 5
    ) -> Slice: ...
    @overload
    def run_slice(
        self, client: AsyncSender, *, size: int = ..., seconds: float = ..., concurrency: int | None = None, attempts: int = 5
    ) -> Awaitable[Slice]: ...
    def run_slice(
        self,
        client: BlockingSender | AsyncSender,
        *,
        size: int = 500,
        seconds: float = 60,
        concurrency: int | None = None,
        attempts: int = 5,
    ) -> Slice | Awaitable[Slice]:
        """Send to ``size`` recipients at most, for ``seconds`` at most, and say when to go on.

        For whatever lends processes: a task queue, a timer, cron. It waits for nothing but the
        answers of its own requests and the moments that the rate grants.
        """
        options = attrs.evolve(
            self._options(client, concurrency, attempts), limit=size, seconds=seconds, patient=False
        )
        return self._slice(client, options)

    def _options(self, client: Any, concurrency: int | None, attempts: int) -> Options:
        if concurrency is None:
            concurrency = 100 if _is_async(client) else 10
        for name, value in (("concurrency", concurrency), ("attempts", attempts)):
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InvalidArgumentError(name, "must be a whole number, at least 1")
        return Options(concurrency=concurrency, attempts=attempts)

    def _finish(self, client: Any, options: Options) -> Any:
        if _is_async(client):
            return self._finish_async(client, options)
        self._drive(client, options)
        return self.status()

    async def _finish_async(self, client: Any, options: Options) -> Report:
        import asyncio

        await self._drive_async(client, options)
        return await asyncio.to_thread(self.status)

    def _slice(self, client: Any, options: Options) -> Any:
        if _is_async(client):
            return self._slice_async(client, options)
        return Slice(self._drive(client, options))

    async def _slice_async(self, client: Any, options: Options) -> Slice:
        return Slice(await self._drive_async(client, options))

    def _drive(self, client: Any, options: Options) -> float | None:
        with opened(self.journal) as store:
            run, work, control = self._running(store, client, options)
            try:
                return run_blocking(run.flow(), client, work, options.concurrency, control)
            finally:
                run.abandon()

    async def _drive_async(self, client: Any, options: Options) -> float | None:
        with opened(self.journal) as store:
            run, work, control = self._running(store, client, options)
            try:
                return await run_async(run.flow(), client, work, options.concurrency, control)
            finally:
                run.abandon()

    def _running(self, store: Store, client: Any, options: Options) -> tuple[Running, Any, Control]:
        [row] = [row for row in store.jobs() if row.id == self.row.id]
        worker = Worker(f"{uuid.uuid4().hex}", socket.gethostname(), os.getpid())
        control = Control()
        once = client.with_options(retry=RetryPolicy.none())
        return (
            Running(store, row, worker, options, control),
            partial(self.sender.send, once, row),
            control,
        )

    # --- from any process -------------------------------------------------------------------------

    def status(self) -> Report:
        """How many recipients are in which bucket now."""
        with opened(self.journal) as store:
            return store.report(self.row)

    def pause(self) -> Report:
        """Have all workers stop after what is in flight, until :meth:`resume`."""
        return self._set(JobState.PAUSED)

    def resume(self) -> Report:
        """Go on after a pause. A cancelled job cannot: InvalidArgumentError."""
        return self._set(JobState.RUNNING)

    def cancel(self) -> Report:
        """End the job: whoever was not sent to becomes refused, reason ``Cancelled``."""
        return self._set(JobState.CANCELLED)

    def _set(self, state: JobState) -> Report:
        with opened(self.journal) as store:
            if store.report(self.row).state is JobState.CANCELLED is not state:
                raise InvalidArgumentError("job", "was cancelled: make a new one with what is left")
            store.set_state(self.row, state)
            return store.report(self.row)

    def _resume_after_error(self) -> None:
        with opened(self.journal) as store:
            found = store.report(self.row)
            if found.state is JobState.PAUSED and found.reason:
                store.set_state(self.row, JobState.RUNNING)

    def rows(self, *states: State | str) -> Iterator[Row]:
        """Every recipient with what became of it, or those in these states; streaming."""
        chosen = [State(state) for state in states]
        last = 0
        while True:
            with opened(self.journal) as store:
                page = store.rows(self.row, chosen, last, _PAGE)
            if not page:
                return
            yield from page
            last = page[-1].id

    def delivered(self, result: str, *, delivered: bool = True, reason: str = "") -> bool:
        """Note a delivery report: what became of the recipient with this id of Sinch's.

        For callbacks: the end of a call, the result of a verification. False if no recipient of the
        job has that id.
        """
        state = State.DELIVERED if delivered else State.FAILED
        with opened(self.journal) as store:
            return store.delivered(self.row, result, state, reason)

    @overload
    def reconcile(
        self, client: BlockingSender, *, concurrency: int | None = None
    ) -> Reconciled: ...
    @overload
    def reconcile(
        self, client: AsyncSender, *, concurrency: int | None = None
    ) -> Awaitable[Reconciled]: ...
    def reconcile(
        self, client: BlockingSender | AsyncSender, *, concurrency: int | None = None
    ) -> Reconciled | Awaitable[Reconciled]:
        """Ask Sinch about everybody who is unknown, and what became of everybody who was sent to.

        Unknown becomes sent, or pending if it certainly was not; where the platform cannot be asked
        (messages and calls have no reference of ours) it stays unknown, and ``cannot_ask`` says so.
        Sent becomes delivered or failed.
        """
        size = self._options(client, concurrency, 1).concurrency
        if _is_async(client):
            return self._reconcile_async(client, size)
        with opened(self.journal) as store:
            asking, control = Asking(store, self.row, self.sender, client, size), Control()
            return run_blocking(asking.flow(control), client, asking.work, size, control)

    async def _reconcile_async(self, client: Any, size: int) -> Reconciled:
        with opened(self.journal) as store:
            asking, control = Asking(store, self.row, self.sender, client, size), Control()
            return await run_async(asking.flow(control), client, asking.work, size, control)


@attrs.frozen
class Slice:
    """What a slice left: ``again`` is in how many seconds to go on, None when nothing is left."""

    again: float | None


class SmsJob(Job[SmsSender]):
    """Text messages, each to be sent once.

    .. code-block:: python

        job = SmsJob.create("reminders.db", name="november", rate=50)
        job.add([("+46700000000", "See you tomorrow at 10", "booking-812")])
        report = job.run(client)
    """

    @classmethod
    def create(
        cls,
        journal: str | os.PathLike[str],
        *,
        name: str,
        rate: float | None = None,
        cli: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name.

        ``journal`` is the path of a SQLite file on a local disk, or ``postgresql://...``. ``rate``
        is messages a second over all workers, None as many as they can. ``cli`` as for ``sms``.
        """
        sender = SmsSender(cli=None if cli is None else checks.caller_id(cli))
        return cls.create_with(journal, sender, name=name, rate=rate)


class CalloutJob(Job[CalloutSender]):
    """Calls that read a text, each to be placed once: rows are ``(number, text[, key])``.

    .. code-block:: python

        job = CalloutJob.create("calls.db", name="storm", rate=2, cli="+46700000001")
    """

    @classmethod
    def create(
        cls,
        journal: str | os.PathLike[str],
        *,
        name: str,
        rate: float | None = None,
        cli: str | None = None,
        locale: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name; ``cli`` and ``locale`` as for ``tts``."""
        sender = CalloutSender(cli=None if cli is None else checks.caller_id(cli), locale=locale)
        return cls.create_with(journal, sender, name=name, rate=rate)


class VerificationJob(Job[VerificationSender]):
    """Verifications, each to be started once: rows are ``(number,)`` or ``(number, key)``."""

    @classmethod
    def create(
        cls,
        journal: str | os.PathLike[str],
        *,
        name: str,
        method: VerificationMethod | str,
        rate: float | None = None,
        language: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name; ``method`` as for ``initiate``."""
        how = checks.one_of(VerificationMethod, method, "method").value
        sender = VerificationSender(method=how, language=language)
        return cls.create_with(journal, sender, name=name, rate=rate)


def _recipient(row: Sequence[str], place: int, *, has_text: bool) -> Recipient:
    fields = (row,) if isinstance(row, str) else tuple(row)
    least = 2 if has_text else 1
    if not least <= len(fields) <= least + 1 or not all(isinstance(it, str) for it in fields):
        shape = "(number, text) or (number, text, key)" if has_text else "(number,) or (number, key)"
        raise InvalidArgumentError("rows", f"must be {shape}, all text: row {place} is not")
    number, text = fields[0].strip(), fields[1] if has_text else ""
    key = fields[least] if len(fields) > least else ""
    refused = ""
    try:
        checks.phone_number(number, "number")
        if has_text:
            checks.text(text, "text")
    except InvalidArgumentError as error:
        refused = str(error)
        text = text.encode(errors="replace").decode()  # the journal has to hold it all the same
    return Recipient(key or _default_key(number, text, has_text=has_text), number, text, refused)


def _default_key(number: str, text: str, *, has_text: bool) -> str:
    if not has_text:
        return number
    return f"{number}#{blake2b(text.encode(), digest_size=8).hexdigest()}"


def _check_rate(rate: float) -> None:
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < float("inf"):
        raise InvalidArgumentError("rate", "must be a number of messages a second, above 0")


def _is_async(client: object) -> bool:
    return iscoroutinefunction(getattr(type(client), "run", None))
