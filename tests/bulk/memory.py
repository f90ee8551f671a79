"""A journal of one's own, written against ``sinch.bulk.Store`` and nothing else: it is kept in memory.

Whatever holds for the journals that come with the package has to hold for it; the tests run over all.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sinch.bulk import (
    Batch,
    Item,
    JobRow,
    JobState,
    Outcome,
    Recipient,
    Report,
    Row,
    State,
    Turn,
    Turned,
    Worker,
)

LEASE, AHEAD, BEHIND = 30.0, 1.0, 0.5
HELD = (State.LEASED, State.IN_FLIGHT)


@dataclass
class Entry:
    """One recipient."""

    id: int
    job: int
    recipient: Recipient
    state: State
    due: float = 0.0
    attempts: int = 0
    crowd: int = 0
    worker: str = ""
    reference: str = ""
    result: str = ""
    reason: str = ""
    error: str = ""
    changed: float = 0.0

    def become(self, state: State, now: float, reason: str = "") -> None:
        self.state, self.changed, self.reason = state, now, reason


@dataclass
class MemoryStore:
    """Open as long as the process lives."""

    known: dict[int, JobRow] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    keys: set[tuple[int, str]] = field(default_factory=set)
    slots: dict[int, float] = field(default_factory=dict)
    workers: dict[str, float] = field(default_factory=dict)
    suppressed: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def open(self) -> MemoryStore:
        """What is given to a job in place of a path."""
        return self

    def close(self) -> None:
        """There is nothing to let go of."""

    def create(
        self, name: str, kind: str, settings: dict[str, object], rate: float | None
    ) -> JobRow:
        with self.lock:
            for job in self.known.values():
                if job.name == name:
                    return job
            made = len(self.known) + 1
            self.known[made] = JobRow(
                made, name, f"{made:032}", kind, settings, rate, JobState.RUNNING
            )
            return self.known[made]

    def jobs(self) -> list[JobRow]:
        return [*self.known.values()]

    def set_rate(self, job: JobRow, rate: float | None) -> None:
        self.known[job.id] = self.known[job.id]._replace(rate=rate)

    def set_state(self, job: JobRow, state: JobState, reason: str = "") -> None:
        with self.lock:
            self.known[job.id] = self.known[job.id]._replace(state=state, reason=reason)
            self._cancel(job)

    def add(self, job: JobRow, recipients: Sequence[Recipient]) -> int:
        with self.lock:
            before = len(self.entries)
            for it in recipients:
                if (job.id, it.key) not in self.keys:
                    self.keys.add((job.id, it.key))
                    entry = Entry(len(self.entries) + 1, job.id, it, State.PENDING)
                    if it.refused:
                        entry.state, entry.error = State.REFUSED, it.refused
                        entry.reason = "InvalidArgumentError"
                    self.entries.append(entry)
            return len(self.entries) - before

    def suppress(self, numbers: Iterable[str]) -> int:
        before = len(self.suppressed)
        self.suppressed.update(numbers)
        return len(self.suppressed) - before

    def now(self) -> float:
        return self._now(None)

    def _now(self, _: object) -> float:
        return time.time()

    # --- workers ----------------------------------------------------------------------------------

    def turn(self, turn: Turn) -> Turned:
        with self.lock:
            now, token = self.now(), turn.worker.token
            for outcome in turn.outcomes:
                self._keep(outcome, token, now)
            if turn.beat:
                self.workers[token] = now + LEASE
                self.workers = {it: end for it, end in self.workers.items() if end >= now}
                self._orphans(now)
            slot = self.slots.get(turn.job.id, 0.0)
            self.slots[turn.job.id] = max(slot, now + turn.hold if turn.hold else 0.0)
            job = self.known[turn.job.id]
            if turn.stop and job.state is JobState.RUNNING:
                job = self.known[job.id] = job._replace(state=JobState.PAUSED, reason=turn.stop)
            if job.state is not JobState.RUNNING:
                for entry in self._of(job, State.LEASED):
                    if entry.worker == token:
                        entry.become(State.PENDING, now)
                self._cancel(job)
                return Turned(now, job.state, job.reason, elsewhere=self._elsewhere(turn))
            return self._lease(turn, job, now)

    def _keep(self, it: Outcome, token: str, now: float) -> None:
        entry = self.entries[it.id - 1]
        if entry.worker == token:
            entry.become(it.state, now, it.reason)
            entry.worker, entry.result, entry.error = "", it.result, it.error
            entry.due, entry.attempts = now + it.delay, entry.attempts + it.attempted
            entry.crowd = entry.crowd if it.crowd is None else it.crowd

    def _lease(self, turn: Turn, job: JobRow, now: float) -> Turned:
        launched = self._launch(turn, now)
        if not turn.want:
            return Turned(now, job.state, job.reason, launched)
        slot, rate = self.slots[job.id], job.rate
        start = slot if rate is not None and slot >= now - BEHIND else now
        room = turn.reach if slot <= now else 0
        if rate is not None:
            room = min(turn.reach, max(int((now + AHEAD - start) * rate), int(start <= now)))
        if room <= 0:
            again = max(0.01, slot - now if rate is None else start - now - AHEAD / 2)
            return Turned(now, job.state, job.reason, launched, again=again)
        due = sorted((it.due, it.id) for it in self._of(job, State.PENDING) if it.due <= now)
        items = []
        for entry in (self.entries[place - 1] for _, place in due[:room]):
            if entry.recipient.number in self.suppressed:
                entry.become(State.REFUSED, now, "Suppressed")
            else:
                items.append(self._item(entry))
        if not due:
            later = [it.due for it in self._of(job, State.PENDING)]
            again_ = max(0.01, min(later) - now) if later else None
            elsewhere = self._elsewhere(turn)
            return Turned(now, job.state, job.reason, launched, (), (), again_, elsewhere)
        leased, begun, recipients = [], [], 0
        for batch in turn.bundle(items)[: turn.want]:
            at = start if rate is None else start + recipients / rate
            recipients += len(batch.items)
            goes = at <= now or rate is None
            self._hold(batch, State.IN_FLIGHT if goes else State.LEASED, turn.worker, now)
            (begun if goes else leased).append(batch._replace(at=at))
        if rate is not None and recipients:
            self.slots[job.id] = start + recipients / rate
        return Turned(now, job.state, job.reason, launched, leased, begun, 0.0)

    def _launch(self, turn: Turn, now: float) -> list[int]:
        found = [self.entries[it.id - 1] for batch in turn.launch for it in batch.items]
        ours = [it for it in found if it.state is State.LEASED and it.worker == turn.worker.token]
        for entry in ours:
            entry.become(State.IN_FLIGHT, now)
        return [entry.id for entry in ours]

    def _hold(self, batch: Batch, state: State, worker: Worker, now: float) -> None:
        for item in batch.items:
            entry = self.entries[item.id - 1]
            entry.become(state, now)
            entry.worker, entry.reference = worker.token, batch.reference

    def retire(self, job: JobRow, worker: Worker) -> None:
        with self.lock:
            self.workers.pop(worker.token, None)
            self._orphans(self.now())
            self._cancel(job)

    def _orphans(self, now: float) -> None:
        for entry in self.entries:
            if entry.state in HELD and entry.worker not in self.workers:
                lost = entry.state is State.IN_FLIGHT
                since = entry.changed if lost else now
                entry.become(State.UNKNOWN if lost else State.PENDING, since, "WorkerLost" * lost)

    def _cancel(self, job: JobRow) -> None:
        if self.known[job.id].state is JobState.CANCELLED:
            for entry in self._of(job, State.PENDING, State.LEASED):
                entry.become(State.REFUSED, self.now(), "Cancelled")

    def _elsewhere(self, turn: Turn) -> bool:
        return any(it.worker != turn.worker.token for it in self._of(turn.job, *HELD))

    def _of(self, job: JobRow, *states: State) -> list[Entry]:
        return [it for it in self.entries if it.job == job.id and it.state in states]

    # --- afterwards -------------------------------------------------------------------------------

    def report(self, job: JobRow) -> Report:
        with self.lock:
            found = self._of(job, *State)
            reasons = {
                state: Counter(it.reason for it in found if it.state is state)
                for state in (State.REFUSED, State.UNKNOWN, State.FAILED)
            }
            row = self.known[job.id]
        return Report(
            name=row.name,
            state=row.state,
            reason=row.reason,
            refusals=reasons[State.REFUSED],
            unknowns=reasons[State.UNKNOWN],
            failures=reasons[State.FAILED],
            **Counter(it.state.value for it in found),
        )

    def rows(self, job: JobRow, states: Collection[State], after: int, limit: int) -> list[Row]:
        with self.lock:
            found = [it for it in self._of(job, *(states or State)) if it.id > after]
            return [self._row(it) for it in found[:limit]]

    def settle(self, outcomes: Sequence[tuple[State, Outcome]]) -> int:
        with self.lock:
            settled = 0
            for before, it in outcomes:
                entry = self.entries[it.id - 1]
                if entry.state is before:
                    entry.become(it.state, self.now(), it.reason)
                    entry.result, entry.worker = it.result or entry.result, ""
                    settled += 1
            return settled

    def delivered(self, job: JobRow, result: str, number: str, state: State, reason: str) -> bool:
        with self.lock:
            found = [
                it
                for it in self._of(job, State.SENT, State.DELIVERED, State.FAILED)
                if it.result == result and number in ("", it.recipient.number)
            ]
            for entry in found:
                entry.become(state, self.now(), reason)
            return bool(found)

    def _item(self, it: Entry) -> Item:
        who = it.recipient
        return Item(it.id, who.key, who.number, who.text, it.attempts, it.crowd, who.parameters)

    def _row(self, entry: Entry) -> Row:
        it = replace(entry)
        who = it.recipient
        return Row(
            it.id, who.key, who.number, who.text, it.state.value, it.attempts, it.result, it.reason,
            it.error, it.changed, it.reference, who.parameters,
        )  # fmt: skip
