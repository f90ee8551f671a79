"""What an error means for a recipient and for the job. A pure decision.

``error.certainly_not_sent`` is what counts: only what certainly was not sent may ever be tried again.
Among that, some errors pass by themselves (the recipient goes back to pending, later), some concern
everybody (the job is paused, nobody is used up), and the rest is this recipient's: refused.
"""

from __future__ import annotations

from collections.abc import Callable

from sinch.bulk.records import Item, Outcome, State
from sinch.errors import (
    ApiError,
    ClientStateError,
    ConfigurationError,
    NotSent,
    PaymentRequired,
    RateLimited,
    ServerError,
    SinchError,
    Unauthorized,
)
from sinch.redaction import mask_numbers

_FIRST_DELAY = 1.0
_LONGEST_DELAY = 60.0
_FOR_EVERYBODY = (Unauthorized, PaymentRequired, ConfigurationError, ClientStateError)
_PASSES = (NotSent, RateLimited, ServerError)
#: The same number again too soon: it is this recipient who waits, not the job.
_SAME_NUMBER = 42901


def decide(
    item: Item, error: Exception, *, attempts: int, random: Callable[[], float]
) -> Outcome:
    """Where the recipient goes; at most ``attempts`` are made."""
    text = mask_numbers(str(error) or type(error).__name__)
    if not isinstance(error, SinchError) or not error.certainly_not_sent:
        return Outcome(item.id, State.UNKNOWN, reason=reason_of(error), error=text)
    if isinstance(error, _FOR_EVERYBODY):
        why = f"{reason_of(error)}: {text}"
        return Outcome(
            item.id, State.PENDING, reason=reason_of(error), error=text, attempted=False, stop=why
        )
    if not isinstance(error, _PASSES) or item.attempts + 1 >= attempts:
        return Outcome(item.id, State.REFUSED, reason=reason_of(error), error=text)
    asked = getattr(error, "retry_after", None) or 0.0
    delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2.0 ** min(item.attempts, 10))
    delay = max(float(asked), delay * (0.5 + random() / 2))
    alone = isinstance(error, ApiError) and error.error_code == _SAME_NUMBER
    return Outcome(
        item.id,
        State.PENDING,
        reason=reason_of(error),
        error=text,
        delay=delay,
        slow=0.0 if alone else max(float(asked), 0.1),
    )


def reason_of(error: Exception) -> str:
    """A short word to count by: ``Unprocessable 42200``, ``TimedOut``."""
    code = error.error_code if isinstance(error, ApiError) else None
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"
