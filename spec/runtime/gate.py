"""A gate that lets so many pass at once; the rest wait in line, first come, first served."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TypeAlias

Turn: TypeAlias = "asyncio.Future[None]"


class Gate:
    """Like ``asyncio.Semaphore``, without a coroutine for everybody: who finds room just passes.

    .. code-block:: python

        turn = gate.enter()
        if turn is not None:  # no room: wait in line
            try:
                await turn
            except BaseException:
                gate.give_up(turn)
                raise
        try:
            ...
        finally:
            gate.leave()

    Who waits is handed the place of one that leaves, so nobody who comes later gets in between.
    """

    __slots__ = ("_free", "_line")

    def __init__(self, places: int) -> None:
        self._free = places
        self._line: deque[Turn] = deque()

    def enter(self) -> Turn | None:
        """Pass, or get what to wait for; then :meth:`give_up` has to follow if waiting ends early."""
        if self._free:
            self._free -= 1
            return None
        turn: Turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        return turn

    def give_up(self, turn: Turn) -> None:
        """Leave the line. Whose turn had come already, though it did not know, leaves its place."""
        if turn.done() and not turn.cancelled():
            self.leave()
        else:
            turn.cancel()

    def leave(self) -> None:
        """Make room for the next in line, or for whoever comes."""
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
