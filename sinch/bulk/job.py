"""Jobs: make one, add recipients, run it anywhere, and look at it from anywhere."""

from __future__ import annotations

import os
import re
import socket
import uuid
from collections.abc import Awaitable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from inspect import iscoroutinefunction
from typing import Any, ClassVar, Generic, Self, TextIO, TypeVar, cast, overload

import attrs

from sinch.bulk.asking import Asking, Reconciled
from sinch.bulk.bundling import Bundler
from sinch.bulk.crews import run_async, run_blocking
from sinch.bulk.export import Form, export
from sinch.bulk.flow import Options, Running
from sinch.bulk.known import SENDERS
from sinch.bulk.opening import name_of, open_store, opened
from sinch.bulk.records import JobRow, JobState, Report, Row, State
from sinch.bulk.rows import chunks, recipients
from sinch.bulk.senders import Sender
from sinch.bulk.steps import Control
from sinch.bulk.store import Store, Worker
from sinch.core import checks
from sinch.core.config import RetryPolicy
from sinch.core.flow import AsyncSender
from sinch.core.flow import Sender as BlockingSender
from sinch.errors import ConfigurationError, InvalidArgumentError
from sinch.redaction import in_repr

_CHUNK = 1000
_PAGE = 1000
S = TypeVar("S", bound=Sender)


@attrs.frozen(kw_only=True)
class Added:
    """What became of added rows: ``new`` ones, and those ``repeated`` whose key was there before.

    .. code-block:: python

        added = job.add(rows)
        print(f"{added.new} are new, {added.repeated} were there before")
    """

    new: int
    repeated: int


def _without_password(journal: str) -> str:
    return re.sub(r"(?<=://)[^@/]*@", "***@", re.sub(r"(?i)(password=)[^&]*", r"\1***", journal))


@attrs.frozen
class Job(Generic[S]):
    """Recipients in a journal, each of whom is sent to once. A value: it holds no connection.

    It can be pickled, used after fork and from any thread; whatever it tells is read from the journal.

    .. code-block:: python

        job = Job.open("reminders.db", "november")  # of any kind
        print(job.name, job.status().left)
    """

    journal: str = attrs.field(repr=in_repr(_without_password))
    row: JobRow = attrs.field(repr=False)
    sender: S
    _senders: ClassVar[tuple[type[Any], ...]] = tuple(SENDERS.values())

    @property
    def name(self) -> str:
        """The name of the job in its journal.

        .. code-block:: python

            Job.open("reminders.db").name  # "november"
        """
        return self.row.name

    @classmethod
    def open(cls, journal: str | os.PathLike[str], name: str | None = None) -> Self:
        """The job of that name, or the only one of the journal.

        Raises :class:`~sinch.errors.ConfigurationError`.

        .. code-block:: python

            job = SmsJob.open("reminders.db", "november")
            report = job.run(client)
        """
        where = name_of(journal)
        with opened(where, new=False) as store:
            jobs = store.jobs()
        if name is None and len(jobs) > 1:
            names = ", ".join(job.name for job in jobs)
            raise ConfigurationError(f"name must be one of {names}", argument="name")
        for row in jobs:
            if name in (None, row.name):
                kind = SENDERS.get(row.kind)
                if kind is None:
                    rule = (
                        f"journal has a job of the kind {row.kind!r}, which nothing here can send"
                    )
                    raise ConfigurationError(rule, argument="journal")
                if not issubclass(kind, cls._senders):
                    rule = (
                        f"name must be that of a job for {cls.__name__}, not of kind {row.kind!r}"
                    )
                    raise ConfigurationError(rule, argument="name")
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
        """Make a job with a sender of yours, or give the one that is there.

        .. code-block:: python

            job = Job.create_with("reminders.db", SmsSender(cli="+46700000001"), name="december", rate=50)
        """
        where = name_of(journal)
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

        .. code-block:: python

            with open("november.csv", newline="") as file:  # number,text,key without a heading
                added = job.add(csv.reader(file))
            print(added.new, added.repeated)
        """
        new = total = 0
        with opened(self.journal) as store:
            found = recipients(rows, has_text=self.sender.has_text)
            for chunk in chunks(found, _CHUNK):
                total += len(chunk)
                new += store.add(self.row, chunk)
        return Added(new=new, repeated=total - new)

    def suppress(self, numbers: Iterable[str]) -> int:
        """Never send to these numbers, such as those that answered STOP, in any job of this journal.

        Whoever is pending becomes refused, reason ``Suppressed``, when it would be its turn.
        Gives how many numbers were new.

        .. code-block:: python

            job.suppress(["+46700000009"])  # 1; the second time 0
        """
        return suppress_in(self.journal, numbers)

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
    ) -> Any:
        """Send until nobody is left; run again after a crash it goes on by itself.

        ``concurrency`` is how many requests are under way at once: 10 threads by default, 100 tasks
        with an asyncio client. ``attempts`` bounds how often a recipient to whom nothing was sent is
        tried. Any number of processes may run the same job.

        It waits while the job is paused, and returns when it was cancelled, or when an error that
        concerns everybody (no credit, a wrong key) paused it: ``report.reason`` says which; run
        again, it goes on. SIGTERM and Ctrl-C drain: what is in flight is waited for, the rest stays
        pending, and then the process ends as it would have.

        .. code-block:: python

            with SinchClient() as client:
                report = job.run(client)
            print(report.sent, report.refused, report.unknown)
            if not report.complete:
                print(report.reason)  # such as PaymentRequired
        """
        self._resume_after_error()
        options = self._options(client, concurrency, attempts)
        return self._finish(client, options)

    @overload
    def run_slice(
        self,
        client: BlockingSender,
        *,
        size: int = ...,
        seconds: float = ...,
        concurrency: int | None = None,
        attempts: int = 5,
    ) -> Slice: ...
    @overload
    def run_slice(
        self,
        client: AsyncSender,
        *,
        size: int = ...,
        seconds: float = ...,
        concurrency: int | None = None,
        attempts: int = 5,
    ) -> Awaitable[Slice]: ...
    def run_slice(
        self,
        client: BlockingSender | AsyncSender,
        *,
        size: int = 500,
        seconds: float = 60,
        concurrency: int | None = None,
        attempts: int = 5,
    ) -> Any:
        """Send to ``size`` recipients at most, for ``seconds`` at most, and say when to go on.

        For whatever lends processes: a task queue, a timer, cron. It waits for nothing but the
        answers of its own requests and the moments that the rate grants.

        .. code-block:: python

            with SinchClient() as client:
                again = job.run_slice(client, size=500, seconds=30).again
            if again is not None:
                send_slice.apply_async(("november",), countdown=again)
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
            with _abandoning(run):
                return run_blocking(run.flow(), client, work, options.concurrency, control)

    async def _drive_async(self, client: Any, options: Options) -> float | None:
        import asyncio

        store = await asyncio.to_thread(open_store, self.journal)
        try:
            run, work, control = await asyncio.to_thread(self._running, store, client, options)
            with _abandoning(run):
                return await run_async(run.flow(), client, work, options.concurrency, control)
        finally:
            await asyncio.to_thread(store.close)  # the last one to close tidies the file up

    def _running(self, store: Store, client: Any, options: Options) -> tuple[Running, Any, Control]:
        [row] = [row for row in store.jobs() if row.id == self.row.id]
        worker = Worker(uuid.uuid4().hex, _host(), os.getpid())
        control = Control()
        once = client.with_options(retry=RetryPolicy.none())
        bundler = Bundler(f"{row.uid[:12]}-{worker.token[:12]}", self.sender.batch_size)
        run = Running(store, row, worker, bundler, options, control)
        return run, partial(self.sender.send, once), control

    # --- from any process -------------------------------------------------------------------------

    def status(self) -> Report:
        """How many recipients are in which bucket now.

        .. code-block:: python

            report = job.status()
            print(f"{report.left} of {report.total} are left, {report.unknown} are unknown")
        """
        with opened(self.journal) as store:
            return store.report(self.row)

    def pause(self) -> Report:
        """Have all workers stop after what is in flight, until :meth:`resume`.

        .. code-block:: python

            report = job.pause()
            print(report.state, report.in_flight)  # paused, and how many are waited for
        """
        return self._set(JobState.PAUSED)

    def resume(self) -> Report:
        """Go on after a pause. A cancelled job cannot: InvalidArgumentError.

        .. code-block:: python

            if job.status().state is JobState.PAUSED:
                job.resume()
        """
        return self._set(JobState.RUNNING)

    def cancel(self) -> Report:
        """End the job: whoever was not sent to becomes refused, reason ``Cancelled``.

        .. code-block:: python

            report = job.cancel()
            print(report.refusals)  # {"Cancelled": 812}
        """
        return self._set(JobState.CANCELLED)

    def _set(self, state: JobState) -> Report:
        with opened(self.journal) as store:
            [found] = [row for row in store.jobs() if row.id == self.row.id]
            if found.state is JobState.CANCELLED is not state:
                raise InvalidArgumentError("job", "was cancelled: make a new one with what is left")
            store.set_state(self.row, state)
            return store.report(self.row)

    def _resume_after_error(self) -> None:
        with opened(self.journal) as store:
            [found] = [row for row in store.jobs() if row.id == self.row.id]
            if found.state is JobState.PAUSED and found.reason:
                store.set_state(self.row, JobState.RUNNING)

    def rows(self, *states: State | str) -> Iterator[Row]:
        """Every recipient with what became of it, or those in these states; streaming.

        .. code-block:: python

            for row in job.rows(State.REFUSED, State.UNKNOWN):
                print(row.key, row.state, row.reason)
        """
        chosen = [State(state) for state in states]
        last = 0
        while True:
            with opened(self.journal) as store:
                page = store.rows(self.row, chosen, last, _PAGE)
            if not page:
                return
            yield from page
            last = page[-1].id

    def export(self, file: TextIO, form: Form = "csv", *states: State | str) -> int:
        """Write every recipient, or those in these states, to an open file; gives how many.

        ``form`` is ``"csv"``, with a heading, or ``"jsonl"``, an object a line. Streaming. It holds
        numbers and texts in full: keep it where such things are kept.

        .. code-block:: python

            with open("result.csv", "w", newline="") as file:
                job.export(file, "csv", "refused", "unknown")
        """
        return export(self.rows(*states), file, form)

    def note_delivery(
        self, result: str, *, number: str = "", delivered: bool = True, reason: str = ""
    ) -> bool:
        """Note a delivery report: what became of the recipient with this id of Sinch's.

        For callbacks: the end of a call, the result of a verification, the report about a message;
        ``number`` tells apart those who were sent to with one request. False if no recipient of the
        job has that id, or has it yet: a report can come before the answer to the request is kept,
        so give it again later, or leave it to :meth:`reconcile`.

        .. code-block:: python

            @router.dice
            def ended(event: DiceEvent) -> None:
                result = str(event.result)
                job.note_delivery(event.call_id or "", delivered=result == "ANSWERED", reason=result)
        """
        state = State.DELIVERED if delivered else State.FAILED
        with opened(self.journal) as store:
            return store.delivered(self.row, result, number, state, reason)

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
    ) -> Any:
        """Ask Sinch about everybody who is unknown, and what became of everybody who was sent to.

        Unknown becomes sent, or pending if it certainly was not; where the platform cannot be asked
        (classic messages and calls have no reference of ours) it stays unknown, and ``cannot_ask``
        says so.
        Sent becomes delivered or failed.

        .. code-block:: python

            with SinchClient() as client:
                found = job.reconcile(client)
            print(found.found, found.not_sent, found.cannot_ask, found.delivered, found.failed)
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
    """What a slice left: ``again`` is in how many seconds to go on, None when nothing is left.

    A paused job is not at its end: ``again`` says when to look whether it was resumed.

    .. code-block:: python

        left = job.run_slice(client, seconds=30)
        if left.again is None:
            print(job.status().sent)
    """

    again: float | None


def suppress_in(journal: str | os.PathLike[str], numbers: Iterable[str]) -> int:
    """Never send to these numbers in any job of a journal; see :meth:`Job.suppress`.

    .. code-block:: python

        suppress_in("reminders.db", ["+46700000009"])  # also before there is a job
    """
    given = [numbers] if isinstance(numbers, str) else numbers
    found = [checks.phone_number(number, "numbers") for number in given]
    with opened(name_of(journal)) as store:
        return store.suppress(found)


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


def _check_rate(rate: float) -> None:
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < float("inf"):
        raise InvalidArgumentError("rate", "must be a number of messages a second, above 0")


def _is_async(client: object) -> bool:
    return iscoroutinefunction(getattr(type(client), "run", None))
