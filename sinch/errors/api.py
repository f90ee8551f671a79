"""Errors for answers of Sinch that say no: one class for each status that means something of its own."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from sinch.errors.base import Answered
from sinch.redaction import mask_path, one_line

#: Refusals by which nothing was done. 408 is not among them (a gateway may have given up on a request
#: that got through), nor 409 (the reference was used: perhaps by an earlier try of the same thing).
_REFUSALS: Final = frozenset(
    {400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 417, 421, 422, 429, 431}
)


class ApiError(Answered):
    """Sinch refused the request.

    ``status`` is the HTTP status; ``error_code`` Sinch's five-digit code (text such as
    ``unknown_group`` from the SMS REST API) and ``reference`` the id their support asks for, both ``None`` when the answer had none, as with a gateway's HTML page.
    ``retry_after`` is in seconds. ``headers`` and ``body`` are those of the answer, without secrets,
    the body cut off at :data:`MAX_KEPT_BODY` bytes. ``path`` is unmasked; ``str()`` masks it.

    ``certainly_not_sent`` is True for the refusals 400-406, 410-422, 429 and 431, and False for what
    may come from a gateway after the request went through: 3xx, 408, 409 and 5xx, with the one
    exception that :class:`ServerError` names.
    """

    def __init__(
        self,
        message: str,
        status: int,
        method: str,
        path: str,
        error_code: int | str | None = None,
        reference: str | None = None,
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str = b"",
    ) -> None:
        kept = self.keep(headers, body)
        message = one_line(message)
        reference = None if reference is None else one_line(reference)
        super().__init__(message, status, method, path, error_code, reference, retry_after, *kept)
        self.status = status
        self.method = method
        self.path = path
        self.error_code = error_code
        self.reference = reference
        self.retry_after = retry_after

    @property
    def certainly_not_sent(self) -> bool:
        """Whether the status says that nothing was done; see the class."""
        return self.status in _REFUSALS

    def __str__(self) -> str:
        code = f" ({self.error_code})" if self.error_code is not None else ""
        reference = f", reference {self.reference}" if self.reference else ""
        request = f"{self.method} {mask_path(self.path)}"
        return f"{self.status}{code}: {self.message} [{request}{reference}]"


class BadRequest(ApiError):
    """400: a parameter is missing or wrong (40001-40005). ``certainly_not_sent`` is True."""


class Unauthorized(ApiError):
    """401: key, secret, signature or timestamp not accepted (40100-40108).

    ``certainly_not_sent`` is True.
    """


class PaymentRequired(ApiError):
    """402: not enough credit (40200). ``certainly_not_sent`` is True."""


class Forbidden(ApiError):
    """403: not allowed for this application or destination (40300-40303).

    ``certainly_not_sent`` is True.
    """


class NotFound(ApiError):
    """404: no such call, conference or verification (40400). ``certainly_not_sent`` is True."""


class Conflict(ApiError):
    """409: the reference is already in use (40900).

    ``certainly_not_sent`` is False: what used it may be an earlier try of the same thing.
    """


class Unprocessable(ApiError):
    """422: understood but cannot be done, such as no route to the destination (42200, 42201).

    ``certainly_not_sent`` is True.
    """


class RateLimited(ApiError):
    """429: too many requests (42900), or the same number again too soon (42901).

    ``certainly_not_sent`` is True.
    """


class ServerError(ApiError):
    """5xx: Sinch or a gateway in front of it failed (50000, 50300, 50301).

    ``certainly_not_sent`` is False: it may have failed after the message was on its way. The
    exception is a 503 with a Retry-After, by which a server turns a request away at the door.
    """

    @property
    def certainly_not_sent(self) -> bool:
        """Only for a 503 that names the time to come back."""
        return self.status == HTTPStatus.SERVICE_UNAVAILABLE and self.retry_after is not None


_BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Unprocessable,
    429: RateLimited,
}


def api_error(status: int) -> type[ApiError]:
    """The class for an HTTP status: its own, else :class:`ServerError` for 5xx, else the base."""
    return _BY_STATUS.get(status, ServerError if status >= 500 else ApiError)
