"""How sending can fail, in terms of the wire. ``sinch.errors`` is the friendlier tree above it."""

from __future__ import annotations

from collections.abc import Mapping


class Failure(Exception):
    """Base of what the transports raise."""


class NoResponse(Failure):
    """No answer came. ``sent``: bytes may have left this machine. ``timed_out``: the clock ended it."""

    def __init__(self, reason: str, *, sent: bool, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.sent = sent
        self.timed_out = timed_out


class ErrorResponse(Failure):
    """The answer's status is not 2xx. Redirects count: they are never followed."""

    def __init__(self, *, status: int, headers: Mapping[str, str], body: bytes) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.headers = headers
        self.body = body


class UnreadableResponse(Failure):
    """The status is 2xx, but the body is too large, cut short, or not what the API describes."""

    def __init__(self, *, status: int, problem: str) -> None:
        super().__init__(f"HTTP {status}, unreadable body: {problem}")
        self.status = status
        self.problem = problem


class TransportUnusable(Failure, RuntimeError):
    """The transport is closed, or belongs to another process or event loop."""
