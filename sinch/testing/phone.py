"""The blocking phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from sinch.testing.phone_base import PhoneBase
from sinch.testing.steps import Steps, drive
from sinch.testing.switchboard import Switchboard
from sinch.testing.views import CallView, Start


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

    ``strict`` raises :class:`CallbackRefused` when the application answers a callback with 401, 404
    or the like, instead of going on as Sinch would. ``barge_in`` does not wait for the ends of
    prompts in menus. ``settings`` are the engine's. ``sandbox`` is a :class:`LocalSandbox` to share
    calls with, so that callouts arrive (:meth:`expect_call`) and REST requests reach them; it has
    the clock and the settings then.

    Close it, or use it in a ``with`` statement, when ``target`` has to be served.
    """

    def _open(self, start: Start) -> PhoneCall:
        return PhoneCall(self._board, start)

    def close(self) -> None:
        """Stop what was started for the target."""
        for target in self._targets:
            target.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
