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

``error.certainly_not_sent`` says of every one of them whether trying again could do a thing twice.

Every error prints as one readable line and holds neither the application secret nor a signature.
Errors travel between processes unharmed: they can be pickled, and ``type(error)(*error.args)`` is the
same error again, with ``args`` of nothing but JSON types, which is how Celery carries them. Arguments
may also be given by keyword; new ones are only ever added at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from sinch.errors.base import MAX_KEPT_BODY, Answered, NothingSent, SinchError
from sinch.redaction import mask_path
from sinch_api.arguments import refuse_with

if TYPE_CHECKING:
    from sinch_api.models.verification import VerificationStatusResponse

__all__ = [
    "MAX_KEPT_BODY",
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


class ConfigurationError(NothingSent):
    """A client, verifier or setting was given something it cannot work with.

    ``argument`` is the name of the parameter, ``variable`` that of the environment variable or
    setting the value came from, when there is one. ``certainly_not_sent`` is True.
    """

    def __init__(
        self, message: str, argument: str | None = None, variable: str | None = None
    ) -> None:
        super().__init__(message, argument, variable)
        self.argument = argument
        self.variable = variable


class ClientStateError(NothingSent, RuntimeError):
    """A client was used after it was closed, in a forked child, or from another event loop.

    Also one entered with the wrong kind of ``with``. ``certainly_not_sent`` is True.
    """


class InvalidArgumentError(NothingSent, ValueError):
    """An argument breaks a rule; nothing was sent, and ``certainly_not_sent`` is True.

    ``argument`` names the argument, ``rule`` says what it has to be; together they read as a
    sentence.
    """

    def __init__(self, argument: str, rule: str) -> None:
        super().__init__(argument, rule)
        self.argument = argument
        self.rule = rule

    @property
    def message(self) -> str:
        """Argument and rule, as a sentence."""
        return f"{self.argument} {self.rule}"


def _refused(argument: str, rule: str) -> InvalidArgumentError:
    return InvalidArgumentError(argument=argument, rule=rule)


# The models of sinch_api know nothing of this tree; what they refuse is an error of it all the same.
refuse_with(_refused)


class SvamlError(NothingSent, ValueError):
    """A reply or menu that Sinch would reject; ``faults`` lists every fault found.

    ``certainly_not_sent`` is True.
    """

    def __init__(self, message: str, faults: Sequence[str] = ()) -> None:
        self.faults = tuple(faults) or (message,)
        super().__init__(message, list(self.faults))


#: Refusals by which nothing was done. 408 is not among them (a gateway may have given up on a request
#: that got through), nor 409 (the reference was used: perhaps by an earlier try of the same thing).
_REFUSALS: Final = frozenset(
    {400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 417, 421, 422, 429, 431}
)


class ApiError(Answered):
    """Sinch refused the request.

    ``status`` is the HTTP status; ``error_code`` Sinch's five-digit code and ``reference`` the id
    their support asks for, both ``None`` when the answer had none, as with a gateway's HTML page.
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
        error_code: int | None = None,
        reference: str | None = None,
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str = b"",
    ) -> None:
        kept = self.keep(headers, body)
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


class TransportError(SinchError):
    """No usable answer came; ``method`` and ``path`` say to what.

    ``certainly_not_sent`` is True for :class:`NotSent` only.
    """

    def __init__(self, message: str, method: str = "", path: str = "", *fields: Any) -> None:
        super().__init__(message, method, path, *fields)
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
    authentication, 413 for a body that is too large, 400 for one that cannot be read. It is about
    no request of yours, so ``certainly_not_sent`` is False.
    """

    def __init__(self, message: str, reason: RejectionReason | str) -> None:
        super().__init__(message, str(reason))
        self.reason = RejectionReason(reason)

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
