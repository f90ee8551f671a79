"""Jobs: make one, add recipients, run it anywhere, and look at it from anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, overload

import attrs

from sinch.bulk.asking import Asking, Reconciled
from sinch.bulk.crews import run_async, run_blocking
from sinch.bulk.flow import Options
from sinch.bulk.known import SENDERS
from sinch.bulk.opening import Journal, kept, open_store, opened
from sinch.bulk.records import Report
from sinch.bulk.rows import Given, chunks, recipients
from sinch.bulk.senders import Sender
from sinch.bulk.steering import Steered
from sinch.bulk.steps import Control
from sinch.bulk.working import Slice, drive, drive_async, is_async, options_for
from sinch.core import checks
from sinch.core.flow import AsyncSender
from sinch.core.flow import Sender as BlockingSender
from sinch.errors import ConfigurationError, InvalidArgumentError

_CHUNK = 1000
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


@attrs.frozen
class Job(Steered, Generic[S]):
    """Recipients in a journal, each of whom is sent to once. A value: it holds no connection.

    It can be pickled, used after fork and from any thread; whatever it tells is read from the journal.

    .. code-block:: python

        job = Job.open("reminders.db", "november")  # of any kind
        print(job.name, job.status().left)
    """

    sender: S
    _senders: ClassVar[tuple[type[Any], ...]] = tuple(SENDERS.values())

    @classmethod
    def open(cls, journal: Journal, name: str | None = None) -> Self:
        """The job of that name, or the only one of the journal.

        Raises :class:`~sinch.errors.ConfigurationError`.

        .. code-block:: python

            job = SmsJob.open("reminders.db", "november")
            report = job.run(client)
        """
        where = kept(journal)
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
        journal: Journal,
        sender: S,
        *,
        name: str,
        rate: float | None = None,
    ) -> Self:
        """Make a job with a sender of yours, or give the one that is there.

        .. code-block:: python

            job = Job.create_with("reminders.db", SmsSender(cli="+46700000001"), name="december", rate=50)
        """
        where = kept(journal)
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

    def add(self, rows: Iterable[Given], *, text: str | None = None) -> Added:
        """Add recipients: any iterable of ``(number, text)`` or ``(number, text, key)``; streaming.

        Or of mappings with ``number``, ``text`` and perhaps ``key``, as :class:`csv.DictReader` gives
        them. ``text`` is for all rows then, with ``${column}`` where each has its own words. A
        :class:`MessageJob` has Sinch fill them in, so that 1,000 recipients share a request;
        whatever Sinch would not take or might read otherwise (a value of more than 160 characters,
        an empty one, ``${`` in it) is written out and goes in a request of its own.

        A row whose key is in the job already is left as it is, so adding the same rows again does
        nothing. Without a key, number and text together are it. A row that cannot be sent (a number
        that is none, no text) counts as refused at once. A row of another shape raises
        :class:`~sinch.errors.InvalidArgumentError`; those before it stay added.

        .. code-block:: python

            with open("november.csv", newline="") as file:  # number,text,key without a heading
                added = job.add(csv.reader(file))
            print(added.new, added.repeated)
            with open("guests.csv", newline="") as file:  # number,name,time in its first line
                job.add(csv.DictReader(file), text="Hello ${name}, see you at ${time}")
        """
        new = total = 0
        found = recipients(rows, self.sender, text)
        with opened(self.journal) as store:
            for chunk in chunks(found, _CHUNK):
                total += len(chunk)
                new += store.add(self.row, chunk)
        return Added(new=new, repeated=total - new)

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
        options = options_for(client, concurrency, attempts)
        if is_async(client):
            return self._run_async(client, options)
        self._resume_after_error()
        drive(self, client, options)
        return self.status()

    async def _run_async(self, client: Any, options: Options) -> Report:
        import asyncio

        await asyncio.to_thread(self._resume_after_error)
        await drive_async(self, client, options)
        return await asyncio.to_thread(self.status)

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
            options_for(client, concurrency, attempts), limit=size, seconds=seconds, patient=False
        )
        if is_async(client):
            return self._slice_async(client, options)
        return Slice(drive(self, client, options))

    async def _slice_async(self, client: Any, options: Options) -> Slice:
        return Slice(await drive_async(self, client, options))

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
        size = options_for(client, concurrency, 1).concurrency
        if is_async(client):
            return self._reconcile_async(client, size)
        with opened(self.journal) as store:
            asking, control = Asking(store, self.row, self.sender, client, size), Control()
            return run_blocking(asking.flow(control), client, asking.work, size, control)

    async def _reconcile_async(self, client: Any, size: int) -> Reconciled:
        import asyncio

        store = await asyncio.to_thread(open_store, self.journal)
        try:
            asking, control = Asking(store, self.row, self.sender, client, size), Control()
            return await run_async(asking.flow(control), client, asking.work, size, control)
        finally:
            await asyncio.to_thread(store.close)


def _check_rate(rate: float) -> None:
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < float("inf"):
        raise InvalidArgumentError("rate", "must be a number of messages a second, above 0")
