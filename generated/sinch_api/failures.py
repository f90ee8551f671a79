# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""How sending can fail, in terms of the wire. ``sinch.errors`` is the friendlier tree above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .headers import Headers

F = TypeVar("F", bound="Failure")


def _restore(kind: type[F], args: tuple[Any, ...], fields: dict[str, Any]) -> F:
    """Rebuild a failure from a pickle without running ``__init__``, which takes keywords."""
    failure = kind.__new__(kind, *args)
    failure.__dict__.update(fields)
    return failure


class Failure(Exception):
    """Base of what the transports raise. Can be pickled, whatever its constructor takes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__.copy())


class NoResponse(Failure):
    """No answer came. ``sent``: bytes may have left this machine. ``timed_out``: the clock ended it."""

    def __init__(self, reason: str, *, sent: bool, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.sent = sent
        self.timed_out = timed_out


class ErrorResponse(Failure):
    """The answer's status is not 2xx. Redirects count: they are never followed.

    ``content`` is the body as the model that the specification has for this status; None where it has
    none, or the body is something else.
    """

    def __init__(
        self, *, status: int, headers: Mapping[str, str], body: bytes, content: object = None
    ) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.content = content
        self.headers = Headers(headers)
        self.body = body


class UnreadableResponse(Failure):
    """An answer came, but its body is too large or not what the API describes.

    ``body`` is as much of it as was read; ``status`` need not be 2xx when it was too large.
    """

    def __init__(
        self,
        *,
        status: int,
        problem: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> None:
        super().__init__(f"HTTP {status}, unreadable body: {problem}")
        self.status = status
        self.problem = problem
        self.headers = Headers(headers or {})
        self.body = body


CLOSED = "the client is closed: make a new one, or close it only when the program ends"


class TransportUnusable(Failure, RuntimeError):
    """The transport is closed, or belongs to another process or event loop."""


class Misconfigured(Failure):
    """A setting cannot work: ``argument`` or ``variable`` says which. Nothing was sent."""

    def __init__(
        self, problem: str, *, argument: str | None = None, variable: str | None = None
    ) -> None:
        super().__init__(problem)
        self.argument = argument
        self.variable = variable
