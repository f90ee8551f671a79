"""The blocking phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from sinch.testing.delivering import Target
from sinch.testing.errors import LifespanFailed
from sinch.testing.phone_base import PhoneBase
from sinch.testing.steps import Steps, drive
from sinch.testing.switchboard import Switchboard
from sinch.testing.views import CallView, Start

__tracebackhide__ = True


class PhoneCall(CallView):
    """A call of a :class:`Phone`; every verb blocks until the call waits for somebody."""

    def __init__(self, board: Switchboard, start: Start) -> None:
        super().__init__(board)
        with board.lock:
            self._id = start()
        drive(board.settle(self._id))

    def _do(self, steps: Callable[[], Steps[None]]) -> Self:
        drive(steps())
        return self


class Phone(PhoneBase[PhoneCall]):
    """Calls your application as Sinch would, and follows its answers; for blocking tests.

    .. code-block:: python

        call = Phone(router).call("+46700000001")
        assert call.heard("Welcome")

    ``target`` is a :class:`~sinch.callbacks.CallbackRouter` (no port, no HTTP), a WSGI or ASGI
    application, an ``aiohttp.web.Application`` (served on loopback), or a URL. ``path`` is where
    its callback lives, default ``/sinch`` or the path of the URL. ``fallback`` is another target,
    asked when the first one fails. Every callback is signed, with ``credentials``; by default those
    of the router or of Django's setting, else ``SINCH_APPLICATION_KEY`` and ``..._SECRET``.

    Time is simulated: waiting takes no time. It starts now, or at that of ``clock``, which moves
    along. Signatures carry the time of the router's verifier, else of ``clock``, else the real one.

    A broken application fails the test: the verb in which a handler raises, an answer is no legal
    SVAML, an event has no handler or nobody answers raises a :class:`.PhoneError`, from the
    application's own exception where that is in this process. ``strict=False``, or a block
    ``with phone.expect_failure():``, goes on as Sinch would instead. ``barge_in`` does not wait for the ends of
    prompts in menus. ``settings`` are the engine's. ``sandbox`` is a :class:`LocalSandbox` to share
    calls with, so that callouts arrive (:meth:`expect_call`) and REST requests reach them; it has
    the clock and the settings then.

    A ``with`` statement runs the lifespan of an ASGI application (startup and shutdown), and stops
    what was started for the target; without one, :meth:`close` it.
    """

    def _open(self, start: Start) -> PhoneCall:
        return PhoneCall(self._board, start)

    def close(self) -> None:
        """Stop what was started for the target. Raises :class:`.LifespanFailed`."""
        for target in self._targets:
            target.close()

    def __enter__(self) -> Self:
        opened: list[Target] = []
        try:
            for target in self._targets:
                target.open()
                opened.append(target)
        except BaseException:
            for target in opened:
                target.close()
            raise
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        try:
            self.close()
        except LifespanFailed as failure:
            if error is None:
                raise
            error.add_note(str(failure))  # what went wrong first matters more
