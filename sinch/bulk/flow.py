"""The run of a job as a generator: lease, launch, gather, and keep what came of it, in turns.

A turn is one transaction: it keeps what was finished since the last one, puts in flight what may go
now, and leases more. While it is written, other sends finish; the next turn takes them all. So there
are the fewer transactions a message the more is going on.
"""

from __future__ import annotations

import random as random_module
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

import attrs

from sinch.bulk.bundling import Bundler
from sinch.bulk.deciding import decide
from sinch.bulk.records import Batch, JobRow, JobState, Outcome, State
from sinch.bulk.steps import BulkFlow, Control, Done, Gather, Journal, Start
from sinch.bulk.store import LEASE_SECONDS, Store, Turn, Turned, Worker

#: How often somebody who waits looks whether the job was paused, resumed or cancelled, in seconds.
LOOK = 0.5
#: What is finished waits for company, in parts of what an answer takes, and within these seconds:
#: so a transaction keeps several, and the fewer transactions the less a message costs.
LINGER = 0.2
SHORTEST_LINGER, LONGEST_LINGER = 0.005, 0.1
#: How much too early a batch may go, in seconds, so that those due together share a turn.
EARLY = 0.01
#: When a slice that found nothing should look whether others, who held the rest, are through.
CHECK = 5.0
_LONGEST_HOLD = 30.0


@attrs.frozen(kw_only=True)
class Options:
    """How a run goes: ``limit`` recipients or ``seconds`` at most, or until nothing is left.

    ``concurrency`` counts requests, ``attempts`` those for one recipient.

    A ``patient`` run waits while the job is paused, for recipients that are tried again later, and
    for other workers; a slice returns.
    """

    concurrency: int
    attempts: int = 5
    limit: int | None = None
    seconds: float | None = None
    patient: bool = True
    monotonic: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random_module.random


class Running:
    """One worker's part of a job; its state between two turns."""

    def __init__(
        self,
        store: Store,
        job: JobRow,
        worker: Worker,
        bundler: Bundler,
        options: Options,
        control: Control,
    ) -> None:
        self._store, self._job, self._worker = store, job, worker
        self._bundler, self._options, self._control = bundler, options, control
        self._leased: deque[Batch] = deque()
        self._outcomes: list[Outcome] = []
        self._in_flight = 0
        self._taken = 0
        self._strikes = 0
        self._offset = 0.0
        self._launching: list[Batch] = []
        self._begun: list[Batch] = []
        self._since: dict[int, float] = {}
        self._latency = 0.0
        self._asked = False
        self._retired = False
        self._beat_at = float("-inf")
        self._ask_at = float("-inf")
        self._standing = Turned(0.0, JobState.RUNNING, "")
        started = options.monotonic()
        self._until = float("inf") if options.seconds is None else started + options.seconds

    def flow(self) -> BulkFlow[float | None]:
        """Run until the end; gives in how many seconds going on makes sense, None for never."""
        while True:
            turn = self._turn()
            if turn is not None:
                try:
                    turned: Turned = yield Journal(partial(self._store.turn, turn))
                except Exception:
                    yield from self._rescue(turn)
                    raise
                self._note(turned)
                begun = self._begun
                if begun:
                    self._in_flight += len(begun)
                    self._since |= dict.fromkeys(map(id, begun), self._options.monotonic())
                    yield Start(begun)
            if self._in_flight == 0 and not self._outcomes and self._over():
                yield Journal(self.abandon)
                return self._later()
            self._take((yield self._wait()))

    def _rescue(self, failed: Turn) -> BulkFlow[None]:
        """The journal fails, as on a full disk: try to keep at least what was sent, all of it known."""
        while self._in_flight:
            self._take((yield self._wait()))
        outcomes = [*failed.outcomes, *self._outcomes]
        with suppress(Exception):  # the first error is the one that is told
            yield Journal(partial(self._store.turn, Turn(self._job, self._worker, outcomes)))

    def abandon(self) -> None:
        """Let go of what is still leased; what is still in flight is unknown from now on."""
        if not self._retired:
            self._store.retire(self._job, self._worker)
            self._retired = True

    # --- turns ------------------------------------------------------------------------------------

    def _turn(self) -> Turn | None:
        """What there is to tell or to ask now; None if nothing."""
        now = self._options.monotonic()
        if any(it.state is State.PENDING for it in self._outcomes):
            self._ask_at = now  # what comes back is there to be asked for
        want = self._want(now)
        self._due(now)
        # whoever waits for others only has to notice when they die
        beat = now >= self._beat_at or (bool(want) and self._standing.elsewhere)
        if not (self._outcomes or self._launching or want or beat):
            return None
        if beat:
            self._beat_at = now + LEASE_SECONDS / 3
        outcomes, self._outcomes = self._outcomes, []
        self._asked = want > 0
        return Turn(
            job=self._job,
            worker=self._worker,
            outcomes=outcomes,
            launch=self._launching,
            want=want,
            reach=self._reach(want),
            bundle=self._bundler.bundle,
            hold=self._hold(outcomes),
            stop=next((it.stop for it in outcomes if it.stop), ""),
            beat=beat,
        )

    def _due(self, now: float) -> None:
        """Take out of line what may go now."""
        self._launching = []
        while self._leased and not self._ending():
            if self._leased[0].at - self._offset > now + EARLY:
                break
            self._launching.append(self._leased.popleft())

    def _want(self, now: float) -> int:
        if self._ending() or now < self._ask_at or self._full():
            return 0
        return self._options.concurrency - self._in_flight - len(self._leased)

    def _reach(self, want: int) -> int:
        """How many recipients to look at for this many batches."""
        limit = self._options.limit
        reach = self._bundler.reach(want)
        return reach if limit is None else min(reach, limit - self._taken)

    def _note(self, turned: Turned) -> None:
        """Take in the journal's answer."""
        now = self._options.monotonic()
        self._offset = turned.now - now
        if self._asked or turned.state is not JobState.RUNNING:
            self._standing = turned  # of somebody who asked for nothing it says nothing
        self._begun = [*_in_flight(self._launching, turned.launched), *turned.begun]
        if turned.state is not JobState.RUNNING:
            self._leased.clear()
            self._ask_at = now + LOOK
            return
        new = [*turned.leased, *turned.begun]
        self._leased.extend(turned.leased)
        self._taken += sum(len(batch.items) for batch in new)
        self._bundler.note(new)
        if turned.again is not None:
            self._ask_at = now + turned.again
        elif self._asked and not new:
            self._ask_at = now + LOOK

    def _hold(self, outcomes: list[Outcome]) -> float:
        """Seconds that the whole job waits, growing while nothing gets through."""
        slow = max((it.slow for it in outcomes), default=0.0)
        if not slow:
            if outcomes:
                self._strikes = 0
            return 0.0
        self._strikes += 1
        return max(slow, min(_LONGEST_HOLD, 0.1 * 2.0**self._strikes))

    def _take(self, finished: Sequence[Done]) -> None:
        """What became of those, and how long it took."""
        now, options = self._options.monotonic(), self._options
        self._in_flight -= len(finished)
        for batch, result in finished:
            self._latency += 0.05 * (now - self._since.pop(id(batch)) - self._latency)
            if isinstance(result, Exception):
                self._outcomes += decide(
                    batch, result, attempts=options.attempts, random=options.random
                )
            else:
                self._outcomes += [Outcome(it.id, State.SENT, result) for it in batch.items]

    # --- the end ----------------------------------------------------------------------------------

    def _ending(self) -> bool:
        late = self._options.monotonic() >= self._until
        return self._control.draining or late

    def _full(self) -> bool:
        limit = self._options.limit
        return limit is not None and self._taken >= limit

    def _over(self) -> bool:
        """Whether this worker is done; asked when nothing of its own is in flight."""
        if self._ending():
            return True
        if self._leased:
            return False
        standing = self._standing
        if standing.state is JobState.CANCELLED or self._full():
            return True
        if standing.state is JobState.PAUSED:
            return not self._options.patient or bool(standing.reason)
        if standing.leased or standing.begun:
            return False
        if not self._options.patient:
            return self._ask_at > self._options.monotonic()
        return standing.again is None and not standing.elsewhere

    def _later(self) -> float | None:
        standing = self._standing
        if standing.state is JobState.CANCELLED:
            return None
        if standing.state is JobState.PAUSED:
            return 10 * LOOK
        if self._full() or self._ending() or standing.again is not None:
            return max(0.0, self._ask_at - self._options.monotonic())
        return CHECK if standing.elsewhere else None

    def _wait(self) -> Gather:
        now = self._options.monotonic()
        moments = [self._beat_at, now + LOOK]
        if not self._ending():
            moments.append(self._until)
            moments += [self._leased[0].at - self._offset] if self._leased else []
            if self._in_flight + len(self._leased) < self._options.concurrency and not self._full():
                moments.append(self._ask_at)
        seconds = max(0.0, min(moments) - now)
        linger = min(LONGEST_LINGER, max(SHORTEST_LINGER, LINGER * self._latency))
        return Gather(seconds, self._options.concurrency, linger)


def _in_flight(batches: list[Batch], ids: Sequence[int]) -> Iterator[Batch]:
    """Batches that were launched; recipients who are not ours any more are left out."""
    launched = {*ids}
    for batch in batches:
        items = [item for item in batch.items if item.id in launched]
        if items:
            yield batch._replace(items=items)
