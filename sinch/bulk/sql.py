"""The journal in SQL, written once; SQLite and PostgreSQL differ in how they connect and lock."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Protocol

from sinch.bulk import schema
from sinch.bulk.records import Item, JobRow, JobState, Outcome, Recipient, Report, Row, State
from sinch.bulk.store import LEASE_SECONDS, Turn, Turned, Worker
from sinch.errors import ConfigurationError

#: How far ahead moments are granted, in seconds; what a crash can cost of the rate.
AHEAD = 1.0
#: Moments that passed unused are made up for if they are no older than this, in seconds.
BEHIND = 0.1


class Cursor(Protocol):
    """What is used of a cursor; parameters are written ``?``."""

    @property
    def rowcount(self) -> int: ...  # noqa: D102

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any: ...  # noqa: D102

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any: ...  # noqa: D102

    def fetchone(self) -> Any: ...  # noqa: D102

    def fetchall(self) -> list[Any]: ...  # noqa: D102


class SqlStore:
    """Everything but connecting."""

    _one_at_a_time: ClassVar[str] = ""  # appended to a SELECT of what this transaction will change
    _skip_taken: ClassVar[str] = ""

    def _writing(self) -> AbstractContextManager[Cursor]:
        """A transaction that is durable when it ends well, and undone when it does not."""
        raise NotImplementedError

    def _reading(self) -> AbstractContextManager[Cursor]:
        raise NotImplementedError

    def _now(self, cursor: Cursor) -> float:
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the database."""
        raise NotImplementedError

    def _check_version(self, cursor: Cursor) -> None:
        cursor.execute("SELECT version FROM sinch_bulk_schema")
        found = cursor.fetchone()
        if found is None:
            cursor.execute("INSERT INTO sinch_bulk_schema VALUES (?)", (schema.VERSION,))
        elif found[0] != schema.VERSION:
            raise ConfigurationError(
                f"journal was written by another version of sinch.bulk (its form is {found[0]}, "
                f"this one reads {schema.VERSION}): finish the job with that one",
                argument="journal",
            )

    # --- jobs -------------------------------------------------------------------------------------

    def create(
        self, name: str, kind: str, settings: dict[str, object], rate: float | None
    ) -> JobRow:
        """Make the job, or give the one of that name."""
        with self._writing() as cursor:
            cursor.execute(
                "INSERT INTO sinch_bulk_jobs (name, uid, kind, settings, rate) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                (name, uuid.uuid4().hex, kind, json.dumps(settings), rate),
            )
            cursor.execute(f"{schema.JOB} WHERE name = ?", (name,))
            return _job(cursor.fetchone())

    def jobs(self) -> list[JobRow]:
        """All jobs of the journal, oldest first."""
        with self._reading() as cursor:
            cursor.execute(f"{schema.JOB} ORDER BY id")
            return [_job(row) for row in cursor.fetchall()]

    def set_rate(self, job: JobRow, rate: float | None) -> None:
        """Have all workers together send this many a second."""
        with self._writing() as cursor:
            cursor.execute("UPDATE sinch_bulk_jobs SET rate = ? WHERE id = ?", (rate, job.id))

    def set_state(self, job: JobRow, state: JobState, reason: str = "") -> None:
        """Pause, resume or cancel; cancelling refuses everything that was not sent."""
        with self._writing() as cursor:
            sql = "UPDATE sinch_bulk_jobs SET state = ?, reason = ? WHERE id = ?"
            cursor.execute(sql, (state.value, reason, job.id))
            if state is JobState.CANCELLED:
                cursor.execute(schema.CANCEL, (self._now(cursor), job.id))

    # --- recipients -------------------------------------------------------------------------------

    def add(self, job: JobRow, recipients: Sequence[Recipient]) -> int:
        """Add those whose key is new, in one transaction."""
        with self._writing() as cursor:
            cursor.executemany(schema.ADD, (_added(job, it) for it in recipients))
            return cursor.rowcount

    def suppress(self, numbers: Iterable[str]) -> int:
        """Never send to these numbers, in any job of this journal."""
        rows = [(number,) for number in numbers]
        with self._writing() as cursor:
            sql = "INSERT INTO sinch_bulk_suppressed VALUES (?) ON CONFLICT (number) DO NOTHING"
            cursor.executemany(sql, rows)
            return max(cursor.rowcount, 0)

    def report(self, job: JobRow) -> Report:
        """Count the buckets."""
        with self._reading() as cursor:
            cursor.execute(f"{schema.JOB} WHERE id = ?", (job.id,))
            found = _job(cursor.fetchone())
            cursor.execute(
                "SELECT state, COALESCE(reason, ''), COUNT(*) FROM sinch_bulk_items "
                "WHERE job = ? GROUP BY 1, 2",
                (job.id,),
            )
            counted = cursor.fetchall()
        counts = dict.fromkeys((state.value for state in State), 0)
        for state, _, count in counted:
            counts[state] += count
        return Report(
            name=found.name,
            state=found.state,
            reason=found.reason,
            refusals={reason: count for state, reason, count in counted if state == "refused"},
            unknowns={reason: count for state, reason, count in counted if state == "unknown"},
            **counts,
        )

    def rows(self, job: JobRow, states: Collection[State], after: int, limit: int) -> list[Row]:
        """The next rows in these states (all, if none are named), in the order of their ids."""
        chosen = f" AND state IN ({_marks(states)})" if states else ""
        values = [job.id, after, *(state.value for state in states), limit]
        with self._reading() as cursor:
            cursor.execute(schema.ROWS.format(states=chosen), values)
            return [Row(*row) for row in cursor.fetchall()]

    def settle(self, job: JobRow, outcomes: Sequence[tuple[State, Outcome]]) -> int:
        """Move items from the first state to their outcome, if they still are in it."""
        settled = 0
        with self._writing() as cursor:
            now = self._now(cursor)
            for before, it in outcomes:
                cursor.execute(
                    "UPDATE sinch_bulk_items SET state = ?, result = COALESCE(?, result), "
                    "reason = ?, error = ?, worker = NULL, changed = ? WHERE id = ? AND state = ?",
                    (it.state.value, it.result or None, it.reason or None, it.error or None, now,
                     it.id, before.value),
                )  # fmt: skip
                settled += cursor.rowcount
        return settled

    def delivered(self, job: JobRow, result: str, state: State, reason: str) -> bool:
        """What became of the item that Sinch knows by this id."""
        with self._writing() as cursor:
            cursor.execute(
                "UPDATE sinch_bulk_items SET state = ?, reason = ?, changed = ? WHERE job = ? AND "
                "result = ? AND state IN ('sent', 'delivered', 'failed')",
                (state.value, reason or None, self._now(cursor), job.id, result),
            )
            return cursor.rowcount > 0

    # --- workers ----------------------------------------------------------------------------------

    def turn(self, turn: Turn) -> Turned:
        """Keep outcomes, launch, and lease: one durable transaction."""
        with self._writing() as cursor:
            now = self._now(cursor)
            job, token = turn.job.id, turn.worker.token
            if turn.outcomes:
                kept = (_kept(outcome, now, token) for outcome in turn.outcomes)
                cursor.executemany(schema.KEEP, kept)
            if turn.beat:
                self._beat(cursor, turn, now)
            state, reason, rate, slot = self._standing(cursor, turn, now)
            if state is not JobState.RUNNING:
                back = "UPDATE sinch_bulk_items SET state = 'pending', worker = NULL "
                cursor.execute(back + "WHERE worker = ? AND state = 'leased'", (token,))
                return Turned(now, state, reason, elsewhere=_held(cursor, job, token))
            launched = _launched(cursor, turn, now) if turn.launch else []
            if not turn.want:
                return Turned(now, state, reason, launched)
            leased, begun, again = self._lease(cursor, turn, now, rate, slot)
            waits = not leased and not begun
            return Turned(
                now, state, reason, launched, leased, begun, again,
                elsewhere=waits and _held(cursor, job, token),
            )  # fmt: skip

    def retire(self, job: JobRow, worker: Worker) -> None:
        """A worker ends: what it leased goes back, what it left in flight is unknown."""
        with self._writing() as cursor:
            cursor.execute("DELETE FROM sinch_bulk_workers WHERE token = ?", (worker.token,))
            cursor.execute(schema.ORPHANS, (self._now(cursor), job.id))

    def _standing(
        self, cursor: Cursor, turn: Turn, now: float
    ) -> tuple[JobState, str, float | None, float]:
        """State, reason, rate and next free moment of the job, after what the turn does to them."""
        job = turn.job.id
        if turn.stop:
            sql = "UPDATE sinch_bulk_jobs SET state = 'paused', reason = ? WHERE id = ? AND state = 'running'"
            cursor.execute(sql, (turn.stop, job))
        if turn.hold:
            sql = "UPDATE sinch_bulk_jobs SET slot = ? WHERE id = ? AND slot < ?"
            cursor.execute(sql, (now + turn.hold, job, now + turn.hold))
        locking = self._one_at_a_time if turn.want and turn.job.rate is not None else ""
        sql = f"SELECT state, reason, rate, slot FROM sinch_bulk_jobs WHERE id = ?{locking}"
        cursor.execute(sql, (job,))
        state, reason, rate, slot = cursor.fetchone()
        return JobState(state), reason, rate, slot

    def _beat(self, cursor: Cursor, turn: Turn, now: float) -> None:
        """Be known as alive, and take back what dead workers left."""
        token, host, pid = turn.worker
        cursor.execute(schema.BEAT, (token, turn.job.id, host, pid, now + LEASE_SECONDS))
        cursor.execute("SELECT token, host, pid, until FROM sinch_bulk_workers")
        for other, its_host, its_pid, until in cursor.fetchall():
            if until < now or (its_host == host and not _alive(its_pid)):
                cursor.execute("DELETE FROM sinch_bulk_workers WHERE token = ?", (other,))
        cursor.execute(schema.ORPHANS, (now, turn.job.id))

    def _lease(
        self, cursor: Cursor, turn: Turn, now: float, rate: float | None, slot: float
    ) -> tuple[list[Item], list[Item], float | None]:
        """Items promised for later, items that may go now, and when to ask again if there are none."""
        job, token = turn.job.id, turn.worker.token
        start = now if rate is None else max(slot, now - BEHIND)
        room = _room(now, slot, start, rate, turn.want)
        if room <= 0:
            return [], [], max(0.01, (slot - now) if rate is None else (start - now) - AHEAD / 2)
        cursor.execute(schema.NEXT + self._skip_taken, (job, now, room))
        found = cursor.fetchall()
        if not found:
            cursor.execute(
                "SELECT MIN(due) FROM sinch_bulk_items WHERE job = ? AND state = 'pending'", (job,)
            )
            due = cursor.fetchone()[0]
            return [], [], None if due is None else max(0.01, due - now)
        step = 0.0 if rate is None else 1 / rate
        items = [Item(*row[:5]) for row in found if row[5] is None]
        items = [it._replace(at=start + place * step) for place, it in enumerate(items)]
        begun = [it for it in items if it.at <= now]
        leased = items[len(begun) :]
        taken = [("in_flight", token, now, it.id) for it in begun]
        taken += [("leased", token, now, it.id) for it in leased]
        if taken:
            cursor.executemany(schema.HOLD, taken)
        stopped = [(now, row[0]) for row in found if row[5] is not None]
        if stopped:
            sql = "UPDATE sinch_bulk_items SET state = 'refused', reason = 'Suppressed', changed = ?"
            cursor.executemany(sql + " WHERE id = ?", stopped)
        if rate is not None and items:
            sql = "UPDATE sinch_bulk_jobs SET slot = ? WHERE id = ?"
            cursor.execute(sql, (start + len(items) * step, job))
        return leased, begun, 0.0


def _room(now: float, slot: float, start: float, rate: float | None, want: int) -> int:
    """How many may be granted now: all that is wanted, or what fits into the time ahead."""
    if rate is None:
        return want if slot <= now else 0
    ahead = int((now + AHEAD - start) * rate)
    return min(want, max(ahead, 1 if start <= now else 0))


def _launched(cursor: Cursor, turn: Turn, now: float) -> list[int]:
    sql = schema.LAUNCH.format(ids=_marks(turn.launch))
    cursor.execute(sql, (now, turn.worker.token, *turn.launch))
    return [row[0] for row in cursor.fetchall()]


def _held(cursor: Cursor, job: int, token: str) -> bool:
    """Whether other workers have something in hand."""
    cursor.execute(
        "SELECT 1 FROM sinch_bulk_items WHERE job = ? AND state IN ('leased', 'in_flight') "
        "AND worker <> ? LIMIT 1",
        (job, token),
    )
    return cursor.fetchone() is not None


def _kept(it: Outcome, now: float, token: str) -> tuple[Any, ...]:
    return (
        it.state.value,
        it.result or None,
        it.reason or None,
        it.error or None,
        now + it.delay,
        int(it.attempted),
        now,
        it.id,
        token,
    )


def _added(job: JobRow, it: Recipient) -> tuple[Any, ...]:
    state = State.REFUSED if it.refused else State.PENDING
    reason = "InvalidArgumentError" if it.refused else None
    return job.id, it.key, it.number, it.text, state.value, reason, it.refused or None


def _job(row: Any) -> JobRow:
    id_, name, uid, kind, settings, rate, state, reason = row
    return JobRow(id_, name, uid, kind, json.loads(settings), rate, JobState(state), reason)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is there, and somebody else's
    return True


def chunks(values: Iterable[Recipient], size: int) -> Iterator[list[Recipient]]:
    """Several at a time, so that a million never are in memory at once."""
    chunk: list[Recipient] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
