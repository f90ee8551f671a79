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
    """Who leases: a token of its own, and where it runs, so that its death is noticed at once.

    .. code-block:: python

        worker = Worker(uuid.uuid4().hex, socket.gethostname(), os.getpid())
    """

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

    .. code-block:: python

        turn = Turn(job, worker, want=10, reach=10, beat=True)
        turned = store.turn(turn)
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

    .. code-block:: python

        turned = store.turn(Turn(job, worker, want=10, reach=10))
        for batch in turned.begun:  # on disk as in flight: they have to be sent
            print([item.key for item in batch.items])
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
    """A journal that is open. Methods raise what their database raises.

    .. code-block:: python

        from sinch.bulk.opening import open_store

        store: Store = open_store("reminders.db")
        print([job.name for job in store.jobs()])
        store.close()
    """

    def create(
        self, name: str, kind: str, settings: dict[str, object], rate: float | None
    ) -> JobRow:
        """Make the job, or give the one of that name.

        .. code-block:: python

            job = store.create("november", "sms", {"cli": None}, 50.0)
        """
        ...

    def jobs(self) -> list[JobRow]:
        """All jobs of the journal, oldest first.

        .. code-block:: python

            [job] = [job for job in store.jobs() if job.name == "november"]
        """
        ...

    def set_rate(self, job: JobRow, rate: float | None) -> None:
        """Have all workers together send this many a second; None is as many as they can.

        .. code-block:: python

            store.set_rate(job, 20.0)
        """
        ...

    def add(self, job: JobRow, recipients: Sequence[Recipient]) -> int:
        """Add those whose key is new, in one transaction; gives how many were.

        .. code-block:: python

            store.add(job, [Recipient("booking-812", "+46700000000", "See you at 10")])  # 1; again: 0
        """
        ...

    def turn(self, turn: Turn) -> Turned:
        """Keep outcomes, launch, and lease: one durable transaction.

        .. code-block:: python

            done = [Outcome(item.id, State.SENT, result=message_id) for item in batch.items]
            turned = store.turn(Turn(job, worker, outcomes=done, want=10, reach=10))
        """
        ...

    def retire(self, job: JobRow, worker: Worker) -> None:
        """A worker ends: what it leased goes back, what it left in flight is unknown.

        .. code-block:: python

            store.retire(job, worker)
        """
        ...

    def set_state(self, job: JobRow, state: JobState, reason: str = "") -> None:
        """Pause, resume or cancel; cancelling refuses everything that was not sent.

        .. code-block:: python

            store.set_state(job, JobState.PAUSED, "PaymentRequired")
        """
        ...

    def now(self) -> float:
        """Seconds since 1970 by the clock of the journal, which decides for all machines.

        .. code-block:: python

            waits = max(0.0, batch.at - store.now())
        """
        ...

    def report(self, job: JobRow) -> Report:
        """Count the buckets.

        .. code-block:: python

            print(store.report(job).left)
        """
        ...

    def rows(self, job: JobRow, states: Collection[State], after: int, limit: int) -> list[Row]:
        """The next rows in these states, in the order of their ids.

        .. code-block:: python

            last = 0
            while page := store.rows(job, [State.UNKNOWN], after=last, limit=100):
                last = page[-1].id
        """
        ...

    def settle(self, outcomes: Sequence[tuple[State, Outcome]]) -> int:
        """Move items from the first state to their outcome, if they still are in it.

        .. code-block:: python

            store.settle([(State.UNKNOWN, Outcome(row.id, State.PENDING))])  # 1, or 0 if it is not unknown
        """
        ...

    def delivered(self, job: JobRow, result: str, number: str, state: State, reason: str) -> bool:
        """What became of the recipient whom Sinch knows by this id; False if there is none.

        ``number`` tells recipients apart who share an id; empty for the only one.

        .. code-block:: python

            store.delivered(job, message_id, "", State.FAILED, "Faulted")  # True if it is of the job
        """
        ...

    def suppress(self, numbers: Iterable[str]) -> int:
        """Never send to these numbers, in any job of this journal; gives how many were new.

        .. code-block:: python

            store.suppress(["+46700000009"])  # 1; the second time 0
        """
        ...

    def close(self) -> None:
        """Let go of the database.

        .. code-block:: python

            with closing(open_store("reminders.db")) as store:
                print(store.jobs())
        """
        ...
