"""Counts in the memory of one process.

The storage in memory that ``limits`` brings has a thread that looks at all counts every 10 ms, adds
under a lock and reads the sum outside of it, so that two threads can both be told 2, and cannot be
given a clock. This one has one lock for all, and throws away what is over when it has doubled.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from sinch.guard.asking import Rate

_FIRST_SWEEP: Final = 1024


class MemoryStore:
    """What ``memory://`` makes: a :class:`.GuardStore` of dictionaries."""

    never_waits: Final = True

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}
        self._windows: dict[str, tuple[deque[float], int]] = {}
        self._sweep_at = _FIRST_SWEEP

    def hit(self, key: str, rates: tuple[Rate, ...]) -> float:
        """See :meth:`.GuardStore.hit`."""
        now = self._clock()
        with self._lock:
            found = self._windows.get(key)
            if found is None:
                if len(self._counts) + len(self._windows) >= self._sweep_at:
                    self._sweep(now)
                found = self._windows[key] = (deque(), max(rate.seconds for rate in rates))
            times, longest = found
            while times and times[0] <= now - longest:
                times.popleft()
            wait = 0.0
            for rate in rates:
                if len(times) >= rate.amount:
                    wait = max(wait, times[-rate.amount] + rate.seconds - now)
            if wait <= 0:
                times.append(now)
                return 0.0
        return wait

    def add(self, key: str, amount: int, seconds: int) -> int:
        """See :meth:`.GuardStore.add`."""
        now = self._clock()
        with self._lock:
            value, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                if len(self._counts) + len(self._windows) >= self._sweep_at:
                    self._sweep(now)
                value, until = 0, now + seconds
            value += amount
            self._counts[key] = value, until
        return value

    def get(self, key: str) -> int:
        """See :meth:`.GuardStore.get`."""
        value, until = self._counts.get(key, (0, 0.0))
        return value if until > self._clock() else 0

    def left(self, key: str) -> float:
        """See :meth:`.GuardStore.left`."""
        return max(self._counts.get(key, (0, 0.0))[1] - self._clock(), 0.0)

    def clear(self, key: str) -> None:
        """See :meth:`.GuardStore.clear`."""
        with self._lock:
            self._counts.pop(key, None)

    def __len__(self) -> int:
        return len(self._counts) + len(self._windows)

    def _sweep(self, now: float) -> None:
        """Throw away what is over, seldom enough that it costs next to nothing for each count."""
        self._counts = {key: it for key, it in self._counts.items() if it[1] > now}
        self._windows = {
            key: (times, longest)
            for key, (times, longest) in self._windows.items()
            if times and times[-1] + longest > now
        }
        self._sweep_at = max(_FIRST_SWEEP, 2 * len(self))

    def __reduce__(self) -> Any:
        raise TypeError("counts in memory belong to one process")
