"""What phones do, as generators that yield each callback to deliver and are sent what became of it.

Everything is written once like that; the two drivers below deliver, blocking and in an event loop.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Final, TypeAlias, TypeVar

import attrs

from sinch.core.signing import Credentials
from sinch.engine import Failure
from sinch.testing.delivering import Received, Target
from sinch.testing.signing import SignedRequest

T = TypeVar("T")

#: What only a wrong test setup brings about; the platform would retry, fail over and hang up.
_REFUSALS: Final = frozenset({400, 401, 403, 404, 405, 411, 413, 415})


class CallbackRefused(AssertionError):
    """The application under test did not accept a callback: wrong path, key, secret or clock."""


@attrs.frozen
class Post:
    """Deliver this request."""

    target: Target
    request: SignedRequest
    limit: float
    """Seconds to wait for the answer."""


@attrs.frozen
class Lost:
    """It could not be delivered, or was not answered."""

    failure: Failure
    detail: str


Steps: TypeAlias = Generator[Post, Received | Lost, T]


def drive(steps: Steps[T]) -> T:
    """Carry out steps in blocking code."""
    try:
        post = next(steps)
        while True:
            try:
                outcome: Received | Lost = post.target.send(post.request, post.limit)
            except OSError as error:
                outcome = lost(error)
            post = steps.send(outcome)
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        steps.close()


async def drive_async(steps: Steps[T]) -> T:
    """Carry out steps in the running event loop."""
    try:
        post = next(steps)
        while True:
            try:
                outcome: Received | Lost = await post.target.asend(post.request, post.limit)
            except OSError as error:
                outcome = lost(error)
            post = steps.send(outcome)
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        steps.close()


def lost(error: OSError) -> Lost:
    """What an exception of a delivery means."""
    late = isinstance(error, TimeoutError)
    return Lost(Failure.TIMEOUT if late else Failure.UNREACHABLE, str(error))


def refusal(
    event: str, path: str, answer: Received | Lost, credentials: Credentials
) -> CallbackRefused | None:
    """What is wrong with the setup of a test whose application answers like this, if anything."""
    if isinstance(answer, Lost) or answer.status not in _REFUSALS:
        return None
    hint = {
        400: "the body could not be read",
        401: f"are key ({credentials.application_key}), secret and clock those of its verifier?",
        404: f"is {path} the path of the callback?",
        405: f"is {path} the path of the callback?",
        403: "is there a CSRF check or a login in front of it?",
    }.get(answer.status, "")
    body = answer.body[:200].decode("utf-8", "replace")
    return CallbackRefused(f"the app answered {event} with HTTP {answer.status}: {hint or body}")
