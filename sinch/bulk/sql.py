"""The journal in SQL, written once; SQLite and PostgreSQL differ in how they connect and lock."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from sinch.bulk import schema, turning
from sinch.bulk.records import JobRow, JobState, Outcome, Recipient, Report, Row, State
from sinch.bulk.store import Turn, Turned, Worker
from sinch.bulk.turning import Cursor, Dialect
from sinch.errors import ConfigurationError


class SqlStore:
    """Everything but connecting."""

    _dialect: ClassVar[Dialect] = Dialect()

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

    def _check_version(self, cursor: Cursor) -> bool:
        """Whether the journal has its tables; of another version, none of ours may touch it."""
        cursor.execute("SELECT version FROM sinch_bulk_schema")
        found = cursor.fetchone()
        if found is not None and found[0] != schema.VERSION:
            raise ConfigurationError(
                f"journal was written by another version of sinch.bulk (its form is {found[0]}, "
                f"this one reads {schema.VERSION}): finish the job with that one",
                argument="journal",
            )
        return found is not None

    def _make_tables(self, cursor: Cursor, id_column: str) -> None:
        for statement in schema.TABLES.format(id=id_column).split(";"):
            if statement.strip():
                cursor.execute(statement)
        if not self._check_version(cursor):
            cursor.execute("INSERT INTO sinch_bulk_schema VALUES (?)", (schema.VERSION,))

    # --- jobs -------------------------------------------------------------------------------------

    def create(
        self, name: str, kind: str, settings: dict[str, object], rate: float | None
    ) -> JobRow:
        """Make the job, or give the one of that name."""
        with self._writing() as cursor:
            values = (name, uuid.uuid4().hex, kind, json.dumps(settings), rate)
            cursor.execute(schema.CREATE, values)
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
            cursor.execute(schema.STATE, (state.value, reason, job.id))
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
            cursor.executemany(schema.SUPPRESS, rows)
            return max(cursor.rowcount, 0)

    def now(self) -> float:
        """The journal's time."""
        with self._reading() as cursor:
            return self._now(cursor)

    def report(self, job: JobRow) -> Report:
        """Count the buckets."""
        with self._reading() as cursor:
            cursor.execute(f"{schema.JOB} WHERE id = ?", (job.id,))
            found = _job(cursor.fetchone())
            cursor.execute(schema.COUNTS, (job.id,))
            counted = cursor.fetchall()
        counts = dict.fromkeys((state.value for state in State), 0)
        for state, _, count in counted:
            counts[state] += count
        return Report(
            name=found.name,
            state=found.state,
            reason=found.reason,
            refusals=_by_reason(counted, State.REFUSED),
            unknowns=_by_reason(counted, State.UNKNOWN),
            failures=_by_reason(counted, State.FAILED),
            **counts,
        )

    def rows(self, job: JobRow, states: Collection[State], after: int, limit: int) -> list[Row]:
        """The next rows in these states (all, if none are named), in the order of their ids."""
        chosen = f" AND state IN ({schema.marks(len(states))})" if states else ""
        values = [job.id, after, *(state.value for state in states), limit]
        with self._reading() as cursor:
            cursor.execute(schema.ROWS.format(states=chosen), values)
            return [_row(row) for row in cursor.fetchall()]

    def settle(self, outcomes: Sequence[tuple[State, Outcome]]) -> int:
        """Move items from the first state to their outcome, if they still are in it."""
        settled = 0
        with self._writing() as cursor:
            now = self._now(cursor)
            for before, it in outcomes:
                values = (it.result or None, it.reason or None, it.error or None)
                cursor.execute(schema.SETTLE, (it.state.value, *values, now, it.id, before.value))
                settled += cursor.rowcount
        return settled

    def delivered(self, job: JobRow, result: str, number: str, state: State, reason: str) -> bool:
        """What became of the recipient whom Sinch knows by this id."""
        with self._writing() as cursor:
            now = self._now(cursor)
            values = (state.value, reason or None, now, job.id, result, number, number)
            cursor.execute(schema.DELIVERED, values)
            return cursor.rowcount > 0

    # --- workers ----------------------------------------------------------------------------------

    def turn(self, turn: Turn) -> Turned:
        """Keep outcomes, launch, and lease: one durable transaction."""
        with self._writing() as cursor:
            return turning.take_turn(cursor, turn, self._now(cursor), self._dialect)

    def retire(self, job: JobRow, worker: Worker) -> None:
        """A worker ends: what it leased goes back, what it left in flight is unknown."""
        with self._writing() as cursor:
            cursor.execute(schema.STANDING + self._dialect.lock, (job.id,))
            state, *_ = cursor.fetchone()
            now = self._now(cursor)
            turning.retire(cursor, job.id, worker, now)
            if state == JobState.CANCELLED:
                cursor.execute(schema.CANCEL, (now, job.id))


def _by_reason(counted: list[Any], wanted: State) -> dict[str, int]:
    return {reason: count for state, reason, count in counted if state == wanted}


def _added(job: JobRow, it: Recipient) -> tuple[Any, ...]:
    state = State.REFUSED if it.refused else State.PENDING
    reason = "InvalidArgumentError" if it.refused else None
    own = json.dumps(dict(it.parameters), ensure_ascii=False) if it.parameters else None
    return job.id, it.key, it.number, it.text, own, state.value, reason, it.refused or None


def _row(row: Sequence[Any]) -> Row:
    return Row._make((*row[:-1], {} if row[-1] is None else json.loads(row[-1])))


def _job(row: Any) -> JobRow:
    id_, name, uid, kind, settings, rate, state, reason = row
    return JobRow(id_, name, uid, kind, json.loads(settings), rate, JobState(state), reason)
