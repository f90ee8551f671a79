"""The phone for tests that run in an event loop."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator
from typing import Any, Self

from sinch.engine import SimulatedCall
from sinch.testing.delivering import Target
from sinch.testing.errors import LifespanFailed, NotAwaited
from sinch.testing.phone_base import PhoneBase
from sinch.testing.steps import Steps, drive_async
from sinch.testing.switchboard import Switchboard
from sinch.testing.views import CallView, Start

__tracebackhide__ = True


class AsyncPhoneCall(CallView):
    """A call of an :class:`AsyncPhone`: verbs take effect, in order, when the call is awaited.

    .. code-block:: python

        call = await phone.call("+46700000001")
        await call.press("1").press("1234#")
    """

    def __init__(self, board: Switchboard, start: Start) -> None:
        super().__init__(board)
        self._todo: list[Callable[[], Steps[None]]] = [lambda: self._begin(start)]

    def _do(self, steps: Callable[[], Steps[None]]) -> Self:
        self._todo.append(steps)
        return self

    def _begin(self, start: Start) -> Steps[None]:
        with self._board.lock:
            self._id = start()
        yield from self._board.settle(self._id)

    @property
    def _call(self) -> SimulatedCall:
        if self._todo:
            raise NotAwaited("await the call first: its last verbs have not taken effect yet")
        return super()._call

    def __await__(self) -> Generator[Any, None, Self]:
        return self._catch_up().__await__()

    async def _catch_up(self) -> Self:
        try:
            while self._todo:
                await drive_async(self._todo.pop(0)())
        finally:
            self._todo.clear()
        return self

    def __del__(self) -> None:
        # as with coroutines: a forgotten await must not pass for a call that went well
        if getattr(self, "_todo", None):
            warnings.warn("verbs of an AsyncPhoneCall were never awaited", RuntimeWarning, 2)

    def __repr__(self) -> str:
        return "<AsyncPhoneCall, not awaited>" if self._todo else super().__repr__()


class AsyncPhone(PhoneBase[AsyncPhoneCall]):
    """A :class:`Phone` for event loops: the same names and options, and calls are awaited.

    Callbacks run in the running loop; plain handlers of a router run right in it, in a Django
    project in the thread that Django keeps for blocking code.

    .. code-block:: python

        async with AsyncPhone(app, "/sinch") as phone:
            call = await phone.call("+46700000001")
    """

    def _open(self, start: Start) -> AsyncPhoneCall:
        return AsyncPhoneCall(self._board, start)

    async def close(self) -> None:
        """Stop what was started for the target. Raises :class:`.LifespanFailed`."""
        for target in self._targets:
            await target.aclose()

    async def __aenter__(self) -> Self:
        opened: list[Target] = []
        try:
            for target in self._targets:
                await target.aopen()
                opened.append(target)
        except BaseException:
            for target in opened:
                await target.aclose()
            raise
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        try:
            await self.close()
        except LifespanFailed as failure:
            if error is None:
                raise
            error.add_note(str(failure))  # what went wrong first matters more
