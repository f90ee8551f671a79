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

from sinch.errors.api import (
    ApiError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    PaymentRequired,
    RateLimited,
    ServerError,
    Unauthorized,
    Unprocessable,
    api_error,
)
from sinch.errors.base import MAX_KEPT_BODY, SinchError
from sinch.errors.before_sending import (
    ClientStateError,
    ConfigurationError,
    InvalidArgumentError,
    SvamlError,
)
from sinch.errors.callbacks import CallbackRejected, RejectionReason
from sinch.errors.transport import (
    NotSent,
    OutcomeUnknown,
    TimedOut,
    TransportError,
    UnreadableAnswer,
    WaitTimedOut,
)
from sinch.errors.transport import TimedOutConnecting as TimedOutConnecting
from sinch.errors.transport import TimedOutWaiting as TimedOutWaiting

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

# Where they are imported from: what a traceback, a log and a pickle call them.
for _found in [*vars().values()]:
    if isinstance(_found, type) and _found.__module__.startswith(f"{__name__}."):
        _found.__module__ = __name__
