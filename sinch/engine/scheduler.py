"""Simulated time: a clock that tests can push forward, and what happens by itself later.

Nothing sleeps here. Whoever asks for something first lets everything happen that is due by now, in
the order it was due, so a call that should have ended a minute ago has ended a minute ago. Who does
sleep until something is due is told when that is sooner than it was.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

Clock = Callable[[], datetime]
Action = Callable[[datetime], None]
Listener = Callable[[], None]

LONGEST_SHIFT: Final = timedelta(days=3653)


class Scheduler:
    """A shiftable clock with at most one timer for each key.

    ``listener`` is called, from the thread that changes something, whenever the earliest timer is
    due sooner than before: a timer was set, or the time moved. So whoever waits for it in real
    time cannot oversleep, whoever sets a timer. Without one nobody waits in real time.
    """

    def __init__(self, clock: Clock, listener: Listener | None = None) -> None:
        self.real_now = clock
        self._listener = listener
        self._shift = timedelta()
        self._queue: list[tuple[datetime, int, str]] = []
        self._timers: dict[str, tuple[int, Action]] = {}
        self._count = 0

    def now(self) -> datetime:
        """The simulated time: the real time plus every advance so far."""
        return self.real_now() + self._shift

    def advance(self, amount: timedelta) -> datetime:
        """Move the time forward and let everything happen that falls due; returns the new time.

        Raises ValueError for a negative amount, and once it is ten years ahead.
        """
        self.check(amount)
        self._move(self._shift + amount)
        self.run()
        return self.now()

    def check(self, amount: timedelta) -> None:
        """Raise ValueError if the time cannot be moved by ``amount``."""
        if amount < timedelta() or self._shift + amount > LONGEST_SHIFT:
            raise ValueError("time can be moved forward only, and by ten years in all at most")

    def advance_to(self, moment: datetime) -> None:
        """Move the time forward to a moment, if it is not past it; like :meth:`advance`."""
        self.advance(max(moment - self.now(), timedelta()))

    @property
    def ahead(self) -> timedelta:
        """How far it is ahead of the real time."""
        return self._shift

    def resume(self, ahead: timedelta) -> None:
        """Be ahead of the real time as another one was; nothing falls due by itself."""
        self._move(min(max(ahead, timedelta()), LONGEST_SHIFT))

    def _move(self, shift: timedelta) -> None:
        sooner = shift > self._shift
        self._shift = shift
        if sooner:
            self._tell()

    def _tell(self) -> None:
        if self._listener is not None:
            self._listener()

    def next_due(self) -> datetime | None:
        """When the earliest timer is due; None without timers."""
        while self._queue:
            due, number, key = self._queue[0]
            timer = self._timers.get(key)
            if timer is not None and timer[0] == number:
                return due
            heapq.heappop(self._queue)
        return None

    def set(self, key: str, due: datetime, action: Action) -> None:
        """Plan ``action`` for ``due``; an earlier timer under the same key is dropped."""
        self._count += 1
        self._timers[key] = (self._count, action)
        # a dropped timer may lead the queue: who sleeps wakes up for it, and looks again
        sooner = not self._queue or due < self._queue[0][0]
        heapq.heappush(self._queue, (due, self._count, key))
        if len(self._queue) > 2 * len(self._timers) + 64:
            self._compact()
        if sooner:
            self._tell()

    def cancel(self, key: str) -> None:
        """Drop the timer under ``key``, if there is one."""
        self._timers.pop(key, None)

    def run(self) -> None:
        """Do everything that is due, oldest first, each as of the moment it was due."""
        now = self.now()
        while self._queue and self._queue[0][0] <= now:
            due, number, key = heapq.heappop(self._queue)
            timer = self._timers.get(key)
            if timer is not None and timer[0] == number:
                del self._timers[key]
                timer[1](due)

    def clear(self) -> None:
        """Forget every timer and return to the real time."""
        self._shift = timedelta()
        self._queue.clear()
        self._timers.clear()

    def __len__(self) -> int:
        return len(self._timers)

    def _compact(self) -> None:
        alive = {number for number, _ in self._timers.values()}
        self._queue = [entry for entry in self._queue if entry[1] in alive]
        heapq.heapify(self._queue)
