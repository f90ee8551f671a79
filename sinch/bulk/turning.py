"""What one turn of a worker does to the journal, in one transaction of either database."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, Protocol

from sinch.bulk import schema
from sinch.bulk.records import Batch, Item, JobState, Outcome, State
from sinch.bulk.store import LEASE_SECONDS, Turn, Turned, Worker

#: How far ahead moments are granted, in seconds; what a crash can cost of the rate.
AHEAD = 1.0
#: Moments that passed unused are made up for after a pause no longer than this, in seconds.
BEHIND = 0.5


class Cursor(Protocol):
    """What is used of a cursor; parameters are written ``?``."""

    @property
    def rowcount(self) -> int: ...  # noqa: D102

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any: ...  # noqa: D102

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any: ...  # noqa: D102

    def fetchone(self) -> Any: ...  # noqa: D102

    def fetchall(self) -> list[Any]: ...  # noqa: D102


class Dialect(NamedTuple):
    """What a database that has several writers appends to a SELECT of what will be changed."""

    lock: str = ""
    skip_locked: str = ""


class _Standing(NamedTuple):
    state: JobState
    reason: str
    rate: float | None
    slot: float


def take_turn(cursor: Cursor, turn: Turn, now: float, dialect: Dialect) -> Turned:
    """Keep outcomes, launch, and lease.

    Whatever touches items of other workers locks the row of the job first: so no two transactions
    ever wait for each other.
    """
    job, token = turn.job.id, turn.worker.token
    standing = _stand(cursor, turn, now, dialect)
    _keep(cursor, turn, now)
    if turn.beat:
        _beat(cursor, turn, now)
    state, reason = standing.state, standing.reason
    if state is not JobState.RUNNING:
        cursor.execute(schema.GIVE_BACK, (job, token))
        if state is JobState.CANCELLED:  # also what was tried in vain since it was cancelled
            cursor.execute(schema.CANCEL, (now, job))
        return Turned(now, state, reason, elsewhere=_elsewhere(cursor, turn))
    launched = _launch(cursor, turn, now) if turn.launch else []
    if not turn.want:
        return Turned(now, state, reason, launched)
    leased, begun, again = _lease(cursor, turn, now, standing, dialect)
    nothing = not leased and not begun
    elsewhere = nothing and _elsewhere(cursor, turn)
    return Turned(now, state, reason, launched, leased, begun, again, elsewhere)


def retire(cursor: Cursor, job: int, worker: Worker, now: float) -> None:
    """Forget a worker: what it leased goes back, what it left in flight is unknown."""
    cursor.execute(schema.FORGET, (worker.token,))
    cursor.execute(schema.ORPHANS, (now, job))


def _keep(cursor: Cursor, turn: Turn, now: float) -> None:
    token = turn.worker.token
    sent = [(it.id, it.result) for it in turn.outcomes if it.state is State.SENT]
    _for_pairs(cursor, schema.KEEP_SENT, sent, (now, token))
    if len(sent) < len(turn.outcomes):
        others = (it for it in turn.outcomes if it.state is not State.SENT)
        cursor.executemany(schema.KEEP, [_kept(it, now, token) for it in others])


def _for_pairs(
    cursor: Cursor, sql: str, pairs: Sequence[tuple[int, str]], values: tuple[Any, ...]
) -> None:
    for place in range(0, len(pairs), schema.GROUP):
        part = pairs[place : place + schema.GROUP]
        cursor.execute(schema.for_pairs(sql, len(part)), (*chain.from_iterable(part), *values))


def _stand(cursor: Cursor, turn: Turn, now: float, dialect: Dialect) -> _Standing:
    """State, reason, rate and next free moment of the job, after what the turn does to them."""
    job = turn.job.id
    lock = dialect.lock if turn.beat or turn.stop or turn.hold else ""
    cursor.execute(schema.STANDING + lock, (job,))
    state, reason, rate, slot = cursor.fetchone()
    if rate is not None and turn.want and dialect.lock and not lock:
        # moments are granted one worker after the other; without a rate nobody has to wait
        cursor.execute(schema.STANDING + dialect.lock, (job,))
        state, reason, rate, slot = cursor.fetchone()
    if turn.stop and state == JobState.RUNNING:
        state, reason = JobState.PAUSED, turn.stop
        cursor.execute(schema.STATE, (state.value, reason, job))
    if turn.hold and slot < now + turn.hold:
        slot = now + turn.hold
        cursor.execute(schema.SLOT, (slot, job))
    return _Standing(JobState(state), reason, rate, slot)


def _beat(cursor: Cursor, turn: Turn, now: float) -> None:
    """Be known as alive, and take back what dead workers left."""
    token, host, pid = turn.worker
    cursor.execute(schema.BEAT, (token, turn.job.id, host, pid, now + LEASE_SECONDS))
    cursor.execute(schema.WORKERS)
    for other, its_host, its_pid, until in cursor.fetchall():
        if until < now or (its_host == host and not _alive(its_pid)):
            cursor.execute(schema.FORGET, (other,))
    cursor.execute(schema.ORPHANS, (now, turn.job.id))


def _lease(
    cursor: Cursor, turn: Turn, now: float, standing: _Standing, dialect: Dialect
) -> tuple[list[Batch], list[Batch], float | None]:
    """Batches promised for later, those that may go now, and when to ask again if there are none."""
    job, rate, slot = turn.job.id, standing.rate, standing.slot
    start = slot if rate is not None and slot >= now - BEHIND else now
    room = _room(now, slot, start, rate, turn.reach)
    if room <= 0:
        return [], [], max(0.01, (slot - now) if rate is None else (start - now) - AHEAD / 2)
    cursor.execute(schema.NEXT + dialect.skip_locked, (job, now, room))
    found = cursor.fetchall()
    if not found:
        cursor.execute(schema.DUE, (job,))
        due = cursor.fetchone()[0]
        return [], [], None if due is None else max(0.01, due - now)
    _refuse_suppressed(cursor, found, now)
    batches = turn.bundle([_item(row) for row in found if row[7] is None])[: turn.want]
    placed: list[Batch] = []
    recipients = 0
    for batch in batches:
        placed.append(batch if rate is None else batch._replace(at=start + recipients / rate))
        recipients += len(batch.items)
    if rate is not None and recipients:
        cursor.execute(schema.SLOT, (start + recipients / rate, job))
    begun = [batch for batch in placed if batch.at <= now]
    leased = placed[len(begun) :]
    _hold(cursor, turn, now, begun, "in_flight")
    _hold(cursor, turn, now, leased, "leased")
    return leased, begun, 0.0


def _item(row: Sequence[Any]) -> Item:
    return Item(*row[:6]) if row[6] is None else Item._make((*row[:6], json.loads(row[6])))


def _room(now: float, slot: float, start: float, rate: float | None, reach: int) -> int:
    """How many may be granted now: all within reach, or what fits into the time ahead."""
    if rate is None:
        return reach if slot <= now else 0
    ahead = int((now + AHEAD - start) * rate)
    return min(reach, max(ahead, 1 if start <= now else 0))


def _refuse_suppressed(cursor: Cursor, found: list[Any], now: float) -> None:
    stopped = [(now, row[0]) for row in found if row[7] is not None]
    if stopped:
        cursor.executemany(schema.SUPPRESSED, stopped)


def _hold(cursor: Cursor, turn: Turn, now: float, batches: list[Batch], state: str) -> None:
    held = [(item.id, batch.reference) for batch in batches for item in batch.items]
    _for_pairs(cursor, schema.HOLD, held, (state, turn.worker.token, now))


def _launch(cursor: Cursor, turn: Turn, now: float) -> list[int]:
    ids = [item.id for batch in turn.launch for item in batch.items]
    launched: list[int] = []
    for place in range(0, len(ids), schema.GROUP):
        part = ids[place : place + schema.GROUP]
        sql = schema.LAUNCH.format(ids=schema.marks(len(part)))
        cursor.execute(sql, (now, turn.worker.token, *part))
        launched += [row[0] for row in cursor.fetchall()]
    return launched


def _elsewhere(cursor: Cursor, turn: Turn) -> bool:
    """Whether other workers have something in hand."""
    cursor.execute(schema.ELSEWHERE, (turn.job.id, turn.worker.token))
    return cursor.fetchone() is not None


def _kept(it: Outcome, now: float, token: str) -> tuple[Any, ...]:
    return (
        it.state.value,
        it.result or None,
        it.reason or None,
        it.error or None,
        now + it.delay,
        int(it.attempted),
        it.crowd,
        now,
        it.id,
        token,
    )


def _alive(pid: int) -> bool:
    """Whether a process of this machine lives; where that cannot be asked, its lease decides."""
    if os.name != "posix":
        return True  # on Windows this call would not ask but send Ctrl-C
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is there, and somebody else's
    return True
