"""Time limits of many exchanges at once, all kept with one timer of the event loop.

A timer for each would be made, put in order among those of all other calls, taken back, and cleaned
away later; and nearly all exchanges are over long before. So an exchange only notes until when it
may take, and the one timer wakes at the earliest of these moments, to look whose time is over.
"""

from __future__ import annotations

import asyncio
import math


class Limit:
    """Until when the task that made it may take; made by :meth:`Deadlines.begin`."""

    __slots__ = ("_cancelling", "_deadlines", "_task", "_until", "expired", "latest")

    def __init__(self, deadlines: Deadlines, task: asyncio.Task[object], latest: float) -> None:
        self._deadlines = deadlines
        self._task: asyncio.Task[object] | None = task
        self._cancelling = task.cancelling()
        #: The moment, by the clock of the loop, at which all has to be over.
        self.latest = latest
        self._until = latest
        self.expired = False

    @property
    def until(self) -> float:
        """The moment at which the present wait has to be over, which is not after ``latest``."""
        return self._until

    def wait(self, seconds: float) -> None:
        """From now on the task may wait for this long."""
        until = self._deadlines.now() + seconds
        self._until = min(until, self.latest)
        self._deadlines.heed(self._until)

    def expire(self) -> None:
        """End the task where it is, with a cancellation that :meth:`end` takes back."""
        if self._task is not None:
            self.expired = True
            self._task.cancel()

    def end(self) -> bool:
        """Limit the task no longer. Whether its time was over, and nobody else has cancelled it too.

        Then a ``CancelledError`` that came out means that it took too long, and nothing else.
        """
        self._deadlines.forget(self)
        # the traceback of what failed leads here, and would keep the task that failed in memory
        task, self._task = self._task, None
        return self.expired and task is not None and task.uncancel() <= self._cancelling


class Deadlines:
    """The limits of all that is under way in one event loop.

    .. code-block:: python

        limit = deadlines.begin(30)
        try:
            ...
        except BaseException as error:
            if limit.end() and isinstance(error, asyncio.CancelledError):
                raise TimeoutError from None
            raise
        else:
            limit.end()
    """

    __slots__ = ("_closed", "_limits", "_loop", "_timer", "_wakes", "now")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.now = loop.time
        self._limits: set[Limit] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._wakes = math.inf
        self._closed = False

    def begin(self, seconds: float) -> Limit:
        """Limit the running task, from now on. Raises RuntimeError outside of tasks."""
        task = asyncio.current_task(self._loop)
        if task is None:
            raise RuntimeError("a time limit needs a task: await it from within one")
        limit = Limit(self, task, self.now() + seconds)
        self._limits.add(limit)
        self.heed(limit.latest)
        return limit

    def heed(self, moment: float) -> None:
        """Be awake at this moment, by the clock of the loop."""
        if moment < self._wakes:
            self._wake(moment)

    def forget(self, limit: Limit) -> None:
        """What ended is not looked at any more. The timer stays for the next, which is soon there."""
        self._limits.discard(limit)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Take the timer back, as soon as nothing is under way any more that it has to end."""
        self._closed = True
        if self._timer is not None and not self._limits:
            self._timer.cancel()
            self._timer, self._wakes = None, math.inf

    def _wake(self, moment: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._wakes = self._loop.call_at(moment, self._look), moment

    def _look(self) -> None:
        self._timer, self._wakes = None, math.inf
        # A loop that was held up sees what arrived and what is late in the same turn. What arrived
        # counts, so whoever was woken by it comes first.
        self._loop.call_soon(self._end_late, self.now())

    def _end_late(self, now: float) -> None:
        for limit in [limit for limit in self._limits if limit.until <= now]:
            self._limits.remove(limit)
            limit.expire()
        if self._limits:
            self.heed(min(limit.until for limit in self._limits))
        elif self._closed:
            self.close()
