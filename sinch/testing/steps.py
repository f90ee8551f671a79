"""What phones do, as generators that yield each callback to deliver and are sent what became of it.

Everything is written once like that, and carried out blocking or in an event loop.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

import attrs

from sinch.core import driving
from sinch.engine import CallbackFailure
from sinch.testing.delivering import Received, Target
from sinch.testing.errors import PhoneError
from sinch.testing.signing import SignedRequest
from sinch.testing.witness import DeliveryWitness

__tracebackhide__ = True
T = TypeVar("T")


@attrs.frozen
class Post:
    """Deliver this request."""

    target: Target
    request: SignedRequest
    limit: float
    """Seconds to wait for the answer."""
    witness: DeliveryWitness = attrs.field(factory=DeliveryWitness)
    """Has seen, afterwards, what became of it inside of the application."""


@attrs.frozen
class Lost:
    """It could not be delivered, or was not answered."""

    failure: CallbackFailure
    detail: str


Steps: TypeAlias = Generator[Post, Received | Lost, T]


def drive(steps: Steps[T]) -> T:
    """Carry out steps in blocking code."""
    try:
        return driving.drive(steps, _deliver)
    except PhoneError as error:
        # for runners that hide no frames: what comes below says nothing to who reads it
        raise error.with_traceback(None) from error.__cause__


async def drive_async(steps: Steps[T]) -> T:
    """Carry out steps in the running event loop."""
    try:
        return await driving.drive_async(steps, _deliver_async)
    except PhoneError as error:
        raise error.with_traceback(None) from error.__cause__


def _deliver(post: Post) -> Received | Lost:
    try:
        with post.witness.watching(post.request):
            return post.target.send(post.request, post.limit)
    except OSError as error:
        return lost(error, post)


async def _deliver_async(post: Post) -> Received | Lost:
    try:
        with post.witness.watching(post.request):
            return await post.target.asend(post.request, post.limit)
    except OSError as error:
        return lost(error, post)


def lost(error: OSError, post: Post) -> Lost:
    """What an exception of a delivery means."""
    if isinstance(error, TimeoutError):
        return Lost(CallbackFailure.TIMEOUT, str(error) or f"no answer within {post.limit:g} s")
    return Lost(CallbackFailure.UNREACHABLE, str(error))
