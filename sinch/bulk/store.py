"""What a journal has to do. SQLite and PostgreSQL come with the package; others can be written.

One rule makes the promise: :meth:`Store.turn` returns the items it launched only when it is on disk
that they are in flight. Whoever finds them in flight after a crash does not know whether they were
sent, so they become unknown; whatever was only leased goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from sinch.bulk.records import Batch, Item, JobRow, JobState, Outcome, Recipient, Report, Row, State


class Worker(NamedTuple):
    """Who leases: a token of its own, and where it runs, so that its death is noticed at once."""

    token: str
    host: str
    pid: int


def one_each(items: Sequence[Item]) -> list[Batch]:
    """A batch for each recipient, without a reference."""
    return [Batch("", (item,)) for item in items]


class Turn(NamedTuple):
    """What a worker tells the journal, and asks of it, in one transaction.

    ``outcomes`` are those since the last turn. ``launch`` are leased batches whose time has come.
    ``want`` is how many more batches it would take, made by ``bundle`` of at most ``reach``
    recipients; those that are due go into flight at once.
    ``hold`` seconds is how long the whole job has to wait, ``stop`` the reason to pause it.
    ``beat`` asks to be known as alive for another :data:`LEASE_SECONDS`.
    """

    job: JobRow
    worker: Worker
    outcomes: Sequence[Outcome] = ()
    launch: Sequence[Batch] = ()
    want: int = 0
    reach: int = 0
    bundle: Callable[[Sequence[Item]], list[Batch]] = one_each
    hold: float = 0.0
    stop: str = ""
    beat: bool = False


class Turned(NamedTuple):
    """What the journal answers.

    ``launched`` are the ids of recipients to be launched who are in flight now, durably; those of
    ``begun`` are as well, and all of them have to be sent. ``leased`` are promised, each batch with
    the moment it may go. ``now`` is the journal's time. When nothing was leased, ``again`` is in
    how many seconds asking makes sense, None for when there is nothing to ask for; ``elsewhere``
    tells that other workers still hold some.
    """

    now: float
    state: JobState
    reason: str
    launched: Sequence[int] = ()
    leased: Sequence[Batch] = ()
    begun: Sequence[Batch] = ()
    again: float | None = None
    elsewhere: bool = False


#: Seconds after which a worker that says nothing counts as dead, where its process cannot be seen.
LEASE_SECONDS = 30.0


class Store(Protocol):
    """A journal that is open. Methods raise what their database raises."""

    def create(
        self, name: str, kind: str, settings: dict[str, object], rate: float | None
    ) -> JobRow:
        """Make the job, or give the one of that name."""
        ...

    def jobs(self) -> list[JobRow]:
        """All jobs of the journal, oldest first."""
        ...

    def set_rate(self, job: JobRow, rate: float | None) -> None:
        """Have all workers together send this many a second; None is as many as they can."""
        ...

    def add(self, job: JobRow, recipients: Sequence[Recipient]) -> int:
        """Add those whose key is new, in one transaction; gives how many were."""
        ...

    def turn(self, turn: Turn) -> Turned:
        """Keep outcomes, launch, and lease: one durable transaction."""
        ...

    def retire(self, job: JobRow, worker: Worker) -> None:
        """A worker ends: what it leased goes back, what it left in flight is unknown."""
        ...

    def set_state(self, job: JobRow, state: JobState, reason: str = "") -> None:
        """Pause, resume or cancel; cancelling refuses everything that was not sent."""
        ...

    def now(self) -> float:
        """Seconds since 1970 by the clock of the journal, which decides for all machines."""
        ...

    def report(self, job: JobRow) -> Report:
        """Count the buckets."""
        ...

    def rows(self, job: JobRow, states: Collection[State], after: int, limit: int) -> list[Row]:
        """The next rows in these states, in the order of their ids."""
        ...

    def settle(self, outcomes: Sequence[tuple[State, Outcome]]) -> int:
        """Move items from the first state to their outcome, if they still are in it."""
        ...

    def delivered(self, job: JobRow, result: str, number: str, state: State, reason: str) -> bool:
        """What became of the recipient whom Sinch knows by this id; False if there is none.

        ``number`` tells recipients apart who share an id; empty for the only one.
        """
        ...

    def suppress(self, numbers: Iterable[str]) -> int:
        """Never send to these numbers, in any job of this journal; gives how many were new."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
