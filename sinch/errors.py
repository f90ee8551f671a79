"""Everything this SDK raises, in one tree.

.. code-block:: text

    SinchError
      ConfigurationError          a bad key, secret, URL or option: names the argument and the variable
      ClientStateError            a client used after close, after fork, or from a second event loop
      InvalidArgumentError        refused before anything was sent (also a ValueError)
      SvamlError                  a reply or menu that Sinch would reject (also a ValueError)
      ApiError                    Sinch answered, and the answer was no
        BadRequest 400  Unauthorized 401  PaymentRequired 402  Forbidden 403  NotFound 404
        Conflict 409  Unprocessable 422  RateLimited 429  ServerError 5xx
      TransportError              no usable answer
        NotSent                   nothing left this machine: safe to repeat
        OutcomeUnknown            it may have been processed: an SMS or a call is never repeated blindly
          UnreadableAnswer        an answer came, but not one that the API describes
        TimedOut                  also NotSent or OutcomeUnknown, by what had left when time ran out
      WaitTimedOut                ``wait()`` gave up before the verification was final (also a TimeoutError)
      CallbackRejected            a callback that cannot be trusted or read: has a reason code

Every error can be pickled (Celery and multiprocessing carry errors between processes), prints as one
readable line, and holds neither the application secret nor a signature.
"""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Any

from sinch.core.redaction import mask_path

__all__ = [
    "ApiError",
    "BadRequest",
    "CallbackRejected",
    "ClientStateError",
    "ConfigurationError",
    "Conflict",
    "Forbidden",
    "InvalidArgumentError",
    "NotFound",
    "NotSent",
    "OutcomeUnknown",
    "PaymentRequired",
    "RateLimited",
    "RejectionReason",
    "ServerError",
    "SinchError",
    "SvamlError",
    "TimedOut",
    "TransportError",
    "Unauthorized",
    "Unprocessable",
    "UnreadableAnswer",
    "WaitTimedOut",
    "api_error",
]


def _restore(cls: type[SinchError], message: str, state: dict[str, Any]) -> SinchError:
    """Rebuild an error from a pickle without running ``__init__`` (which takes keywords only)."""
    error = cls.__new__(cls, message)
    error.args = (message,)
    error.__dict__.update(state)
    return error


class SinchError(Exception):
    """Base of every error of this SDK; catch this to catch them all."""

    def __init__(self, message: str) -> None:
        super().__init__(message)

    @property
    def message(self) -> str:
        """What went wrong, in words."""
        return str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.message, self.__dict__.copy())


class ConfigurationError(SinchError):
    """A client, verifier or setting was given something it cannot work with.

    ``argument`` is the name of the parameter, ``variable`` that of the environment variable or
    setting the value came from, when there is one.
    """

    def __init__(
        self, message: str, *, argument: str | None = None, variable: str | None = None
    ) -> None:
        super().__init__(message)
        self.argument = argument
        self.variable = variable


class ClientStateError(SinchError, RuntimeError):
    """A client was used after it was closed, in a forked child, or from another event loop."""


class InvalidArgumentError(SinchError, ValueError):
    """An argument breaks a rule; nothing was sent.

    ``argument`` names the argument, ``rule`` says what it has to be; together they read as a
    sentence.
    """

    def __init__(self, *, argument: str, rule: str) -> None:
        super().__init__(f"{argument} {rule}")
        self.argument = argument
        self.rule = rule


class SvamlError(SinchError, ValueError):
    """A reply or menu that Sinch would reject; ``faults`` lists every fault found."""

    def __init__(self, message: str, *, faults: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults or (message,)


class ApiError(SinchError):
    """Sinch refused the request.

    ``status`` is the HTTP status; ``error_code`` Sinch's five-digit code (facts 10) and
    ``reference`` the id their support asks for, both ``None`` when the answer had none, as with a
    gateway's HTML page. ``retry_after`` is in seconds. ``path`` is unmasked; ``str()`` masks it.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        method: str,
        path: str,
        error_code: int | None = None,
        reference: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.method = method
        self.path = path
        self.error_code = error_code
        self.reference = reference
        self.retry_after = retry_after

    def __str__(self) -> str:
        code = f" ({self.error_code})" if self.error_code is not None else ""
        reference = f", reference {self.reference}" if self.reference else ""
        request = f"{self.method} {mask_path(self.path)}"
        return f"{self.status}{code}: {self.message} [{request}{reference}]"


class BadRequest(ApiError):
    """400: a parameter is missing or wrong (40001-40005)."""


class Unauthorized(ApiError):
    """401: key, secret, signature or timestamp not accepted (40100-40108)."""


class PaymentRequired(ApiError):
    """402: not enough credit (40200)."""


class Forbidden(ApiError):
    """403: not allowed for this application or destination (40300-40303)."""


class NotFound(ApiError):
    """404: no such call, conference or verification (40400)."""


class Conflict(ApiError):
    """409: the reference is already in use (40900)."""


class Unprocessable(ApiError):
    """422: understood but cannot be done, such as no route to the destination (42200, 42201)."""


class RateLimited(ApiError):
    """429: too many requests (42900), or the same number again too soon (42901)."""


class ServerError(ApiError):
    """5xx: Sinch or a gateway in front of it failed (50000, 50300, 50301)."""


class TransportError(SinchError):
    """No usable answer came; ``method`` and ``path`` say to what."""

    def __init__(self, message: str, *, method: str = "", path: str = "") -> None:
        super().__init__(message)
        self.method = method
        self.path = path

    def __str__(self) -> str:
        request = f" [{self.method} {mask_path(self.path)}]" if self.method else ""
        return f"{self.message}{request}"


class NotSent(TransportError):
    """Nothing left this machine (refused, name not found, TLS failed): safe to repeat."""


class OutcomeUnknown(TransportError):
    """The request may have been processed: ask for its status before repeating it."""


class UnreadableAnswer(OutcomeUnknown):
    """An answer with a good status came, but its body is not what the API describes."""


class TimedOut(TransportError):
    """Time ran out. Always also :class:`NotSent` or :class:`OutcomeUnknown`."""


class TimedOutConnecting(TimedOut, NotSent):
    """Time ran out before the request was sent."""


class TimedOutWaiting(TimedOut, OutcomeUnknown):
    """Time ran out after the request, or part of it, was sent."""


class WaitTimedOut(SinchError, TimeoutError):
    """``wait()`` reached its limit; ``last`` is the newest status seen."""

    def __init__(self, message: str, *, last: Any) -> None:
        super().__init__(message)
        self.last = last


class RejectionReason(StrEnum):
    """Why a callback was refused; stable codes for logs and metrics."""

    MISSING_AUTHORIZATION = "missing_authorization"
    MALFORMED_AUTHORIZATION = "malformed_authorization"
    MISSING_TIMESTAMP = "missing_timestamp"
    MALFORMED_TIMESTAMP = "malformed_timestamp"
    STALE_TIMESTAMP = "stale_timestamp"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    REPLAYED = "replayed"
    WRONG_APPLICATION = "wrong_application"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    TOO_DEEP = "too_deep"
    WRONG_TYPE = "wrong_type"


_MALFORMED = frozenset(
    {
        RejectionReason.NOT_JSON,
        RejectionReason.NOT_AN_OBJECT,
        RejectionReason.TOO_DEEP,
        RejectionReason.WRONG_TYPE,
    }
)


class CallbackRejected(SinchError):
    """A callback that cannot be trusted or read.

    ``reason`` is the code for the log; the peer is told only ``status``: 401 for anything about
    authentication, 413 for a body that is too large, 400 for one that cannot be read.
    """

    def __init__(self, message: str, *, reason: RejectionReason) -> None:
        super().__init__(message)
        self.reason = reason

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        if self.reason is RejectionReason.TOO_LARGE:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return HTTPStatus.BAD_REQUEST if self.reason in _MALFORMED else HTTPStatus.UNAUTHORIZED

    def __str__(self) -> str:
        return f"{self.reason.value}: {self.message}"


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
