"""Who looks over a router's shoulder: test tools, which want to see why an answer is 500.

A router answers errors instead of raising them, as it has to in production. In a test the handler's
own exception is what matters, so :mod:`sinch.testing` leaves a witness in the context of each
delivery it makes. Nobody else does, and then nothing here costs anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from sinch.callbacks.router import CallbackRouter
    from sinch.errors import CallbackRejected


class Witness(Protocol):
    """What a router tells the witness of a delivery."""

    run_sync: Callable[[Callable[[], object]], Awaitable[object]] | None
    """Where plain handlers are to run in an event loop, instead of where the router was told."""

    def saw(self, router: CallbackRouter) -> None:
        """Hear which router answers."""
        ...

    def rejected(self, rejected: CallbackRejected) -> None:
        """The delivery was refused."""
        ...

    def failed(self, what: str, error: BaseException) -> None:
        """A handler, a hook or a store raised."""
        ...

    def unhandled(self, event: str) -> None:
        """No handler takes this event, so the safe default was answered."""
        ...

    def returned_nothing(self, handler: str) -> None:
        """A handler returned None, so the safe default was answered."""
        ...


_WITNESS: Final[ContextVar[Witness | None]] = ContextVar("sinch.callbacks.witness", default=None)


present: Final[Callable[[], Witness | None]] = _WITNESS.get
"""The witness of the delivery that is being answered."""


def testify(witness: Witness) -> Callable[[], None]:
    """Let ``witness`` see what is delivered in this context; returns the function that ends it."""
    token = _WITNESS.set(witness)
    return lambda: _WITNESS.reset(token)
