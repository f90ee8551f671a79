"""Looks at what there is to do whenever something is due, and whenever it is told to look."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from threading import get_ident

_log = logging.getLogger("sinch.sandbox")
_LONGEST_SLEEP = 3600.0
_SHORTEST_SLEEP = 0.001
_RETRY_SECONDS = 0.05


class Timekeeper:
    """Calls ``look`` in one event loop: when told, and when the time that ``look`` named has come.

    ``look`` returns the seconds until it wants to be called next; None is when told only.
    """

    def __init__(self, look: Callable[[], float | None]) -> None:
        self._look = look
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self._told = False
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start in the running loop, with a first look."""
        self._loop, self._thread, self._told = asyncio.get_running_loop(), get_ident(), False
        self.tell()

    def stop(self) -> None:
        """Look no more."""
        self._loop = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def tell(self) -> None:
        """Have a look soon. From any thread."""
        loop = self._loop
        if loop is None:
            return
        if get_ident() == self._thread:
            self._soon()
            return
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            loop.call_soon_threadsafe(self._soon)

    def _soon(self) -> None:
        if not self._told and self._loop is not None:
            self._told = True
            self._loop.call_soon(self._look_now)

    def _look_now(self) -> None:
        self._told = False
        if self._loop is None:  # stopped since it was told
            return
        try:
            pause = self._look()
        except Exception:  # noqa: BLE001  a bug of ours must not stop the time
            _log.exception("what was due failed")
            pause = _RETRY_SECONDS
        self._sleep(_LONGEST_SLEEP if pause is None else pause)

    def _sleep(self, pause: float) -> None:
        loop = self._loop
        if loop is None:
            return
        until = loop.time() + min(max(pause, _SHORTEST_SLEEP), _LONGEST_SLEEP)
        timer = self._timer
        if timer is not None:
            if loop.time() < timer.when() <= until:
                return  # it looks early enough, and then again
            timer.cancel()
        self._timer = loop.call_at(until, self._look_now)
