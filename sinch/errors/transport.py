"""Errors for requests without a usable answer, and for waiting that took too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sinch.errors.base import Answered, SinchError
from sinch.redaction import mask_path, one_line

if TYPE_CHECKING:
    from sinch_api.models.verification import VerificationStatusResponse


class TransportError(SinchError):
    """No usable answer came; ``method`` and ``path`` say to what.

    ``certainly_not_sent`` is True for :class:`NotSent` only.
    """

    def __init__(self, message: str, method: str = "", path: str = "", *fields: Any) -> None:
        super().__init__(one_line(message), method, path, *fields)
        self.method = method
        self.path = path

    def __str__(self) -> str:
        request = f" [{self.method} {mask_path(self.path)}]" if self.method else ""
        return f"{self.message}{request}"


class NotSent(TransportError):
    """Nothing left this machine (refused, name not found, TLS failed): safe to repeat.

    ``certainly_not_sent`` is True.
    """

    @property
    def certainly_not_sent(self) -> bool:
        """Always True."""
        return True


class OutcomeUnknown(TransportError):
    """The request may have been processed: ask for its status before repeating it.

    ``certainly_not_sent`` is False.
    """


class UnreadableAnswer(OutcomeUnknown, Answered):
    """An answer with a good status came, but its body is not what the API describes.

    What was asked for was most likely done, so ``certainly_not_sent`` is False. ``status``,
    ``headers`` and ``body`` are those of the answer, kept as by :class:`ApiError`: an id that the
    answer holds is still there to be found.
    """

    def __init__(
        self,
        message: str,
        method: str = "",
        path: str = "",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        body: bytes | str = b"",
    ) -> None:
        super().__init__(message, method, path, status, *self.keep(headers, body))
        self.status = status


class TimedOut(TransportError):
    """Time ran out. Always also :class:`NotSent` or :class:`OutcomeUnknown`."""


class TimedOutConnecting(TimedOut, NotSent):
    """Time ran out before the request was sent. ``certainly_not_sent`` is True."""


class TimedOutWaiting(TimedOut, OutcomeUnknown):
    """Time ran out after the request, or part of it, was sent. ``certainly_not_sent`` is False."""


class WaitTimedOut(SinchError, TimeoutError):
    """``wait()`` reached its limit; ``last`` is the newest status seen, None when there was none.

    ``certainly_not_sent`` is False: the verification exists.
    """

    def __init__(
        self, message: str, last: VerificationStatusResponse | Mapping[str, Any] | None
    ) -> None:
        self.last = _status(last)
        super().__init__(message, None if self.last is None else _json(self.last.to_wire()))


def _status(
    last: VerificationStatusResponse | Mapping[str, Any] | None,
) -> VerificationStatusResponse | None:
    if not isinstance(last, Mapping):
        return last
    from sinch_api.models.verification import VerificationStatusResponse

    return VerificationStatusResponse.from_wire(last)


def _json(value: Any) -> Any:
    """What ``to_wire`` gives, in plain JSON types."""
    from sinch_api.codec import dumps, loads

    return loads(dumps(value))
